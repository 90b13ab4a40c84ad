"""No question that a page asks is answered by looking through the whole archive."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from generator.index.connection import open_for_reading
from generator.index.input_keys import is_input_set
from generator.index.queries.registry import ask_again
from generator.index.reader import IndexReader
from generator.index.timetable import timed_changes
from generator.index.visibility import is_settled, next_change
from generator.pipeline.state import index_path
from tests.support.fixtures import picture
from tests.support.portal import Portal, story

# Tables with at least a row for each article.
LARGE = ("article", "body", "membership", "output", "source", "tagging")
# Indexes of the few articles that a condition holds for.
OF_FEW = (
    "article_pinned",
    "article_breaking",
    "article_recent",
    "article_draft",
    "article_translation",
)
# Indexes with many articles under one key: good for the first few, in the order that they give.
OF_MANY = ("article_kind", "article_lang", "article_from", "article_listed")
# Counts the listed articles of each month, which one index holds.
COUNTS_ALL = "listed_months"
LOOPS = """
{% for lang in ("de", none) %}{% for kind in ("opinion", none) %}
{% for section in ("world", none) %}{% for tag in ("iran", none) %}
{{ latest(3, lang=lang, kind=kind, section=section, tag=tag) | length }}
{% endfor %}{% endfor %}{% endfor %}{% endfor %}
{{ terms("tags", 3, order="count") | length }}
"""
NOW = 1_706_788_800


def portal_with_everything(root: Path) -> Portal:
    """A portal whose pages ask all that pages ask, each of them with as many related as can be."""
    portal = Portal(root)
    portal.settings("")
    portal.stories(
        story(1, "tags: [Iran]\nauthors: [leila]\nseries: Rivers\nimage: hill.png"),
        story(2, "tags: [Iran]\nkind: opinion\nrelated: [1]\nseries: Rivers"),
        story(3, "tags: [Iran]\nlang: de\ntranslation_of: 1"),
        story(4, "pinned: true\nbreaking: true", body="See [one](news:1)."),
        story(5, "draft: true"),
        *(story(number, "tags: [Iran, Peru]") for number in range(10, 50)),
    )
    portal.write(
        {
            "content/authors/leila.md": "---\nname: Leila Karimi\n---\n\nA reporter.\n",
            "content/media/hill.png": picture(),
            "content/pages/a.md": "---\ntitle: About us\nmenu: true\n---\n\nWho we are.\n",
            "templates/page.html": LOOPS,
        }
    )
    portal.built()
    return portal


def recorded(connection: sqlite3.Connection) -> set[str]:
    """The keys of all recorded queries."""
    keys = {row[0] for row in connection.execute("SELECT key FROM query")}
    return {key for key in keys if not is_input_set(key)}


def errors(connection: sqlite3.Connection, sql: str) -> list[str]:
    """The steps of a statement that look at many articles to find few."""
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    sorts = any("TEMP B-TREE FOR ORDER BY" in step for step in steps)
    found = []
    for step in steps:
        words = step.split()
        looks_at_all = words[0] == "SCAN" and words[1] in LARGE
        if looks_at_all and not any(index in words for index in OF_FEW):
            found.append(step)
        elif any(index in words for index in OF_MANY) and (sorts or "LIMIT" not in sql):
            found.append(step)
    return found


def test_no_recorded_query_looks_through_all_articles(tmp_path: Path) -> None:
    portal = portal_with_everything(tmp_path)
    index = index_path((portal.root / ".broadsheet/build").resolve())
    with closing(open_for_reading(index)) as connection:
        keys = recorded(connection)
        names = {key.partition("{")[0] for key in keys}
        assert {"latest", "listing_page", "related", "neighbours", "terms", "translations"} <= names
        for key in sorted(keys):
            asked: list[str] = []
            connection.set_trace_callback(asked.append)
            ask_again(IndexReader(connection), key)
            connection.set_trace_callback(None)
            assert asked
            if not key.startswith(COUNTS_ALL):
                assert [error for sql in asked for error in errors(connection, sql)] == [], key


def test_time_is_asked_about_the_few_articles_that_it_can_change(tmp_path: Path) -> None:
    portal = portal_with_everything(tmp_path)
    asked: list[str] = []
    with closing(sqlite3.connect(portal.root / ".broadsheet/build/index.sqlite")) as connection:
        connection.set_trace_callback(asked.append)
        assert is_settled(connection, NOW, drafts=False)
        next_change(connection, NOW, drafts=False)
        connection.set_trace_callback(None)
        looks = [sql for sql in asked if "SELECT" in sql]
        assert looks
        scans = [
            step
            for sql in looks
            for (_, _, _, step) in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
            if step.startswith("SCAN article") and not any(name in step for name in OF_FEW)
        ]
        assert scans == []


def test_what_changes_next_is_found_without_a_look_at_all_articles(tmp_path: Path) -> None:
    portal = portal_with_everything(tmp_path)
    asked: list[str] = []
    with closing(sqlite3.connect(portal.root / ".broadsheet/build/index.sqlite")) as connection:
        connection.set_trace_callback(asked.append)
        list(timed_changes(connection, NOW))
        connection.set_trace_callback(None)
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked[-1]}")]
    looks = [step for step in steps if " article" in step]
    assert looks
    assert [step for step in looks if " USING " not in step] == []
