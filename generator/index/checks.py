"""Faults that no source has by itself: two that clash, or one that points to nothing.

A `Fault` names its source and the front matter key at fault; whoever can read the source finds
the line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.errors import did_you_mean


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a source. `key` is a front matter key, or `line` and `column` are known.

    `others` are sources that the fault is about just as much.
    """

    path: str
    message: str
    hint: str = ""
    key: str = ""
    line: int = 0
    column: int = 0
    others: tuple[str, ...] = ()


def across_sources(
    connection: sqlite3.Connection, fresh: Collection[str] | None
) -> Iterator[Fault]:
    """Every fault between sources, or those that the sources in `fresh` have part in."""
    connection.execute("CREATE TEMP TABLE fresh (path TEXT PRIMARY KEY)")
    connection.executemany("INSERT INTO fresh VALUES (?)", [(path,) for path in fresh or ()])
    try:
        yield from _same_news_id(connection, fresh is None)
        yield from _same_term_slug(connection, fresh is None)
        yield from _lost_news_ids(connection, fresh is None)
        yield from _lost_files(connection, fresh is None)
    finally:
        connection.execute("DROP TABLE fresh")


def unknown_shortcodes(connection: sqlite3.Connection, known: Iterable[str]) -> Iterator[Fault]:
    """Every call of a shortcode for which the theme has no template."""
    names = sorted(known)
    rows = connection.execute(
        f"""SELECT owner, name, line, column FROM shortcode
            WHERE name NOT IN ({", ".join("?" * len(names))})""",
        names,
    )
    for owner, name, line, column in rows:
        hint = did_you_mean(name, names) or (
            f"make templates/shortcodes/{name}.html, or set markdown.unknown_shortcodes "
            'to "text" or "drop" in site.toml'
        )
        yield Fault(owner, f"unknown shortcode '{name}'", hint, line=line, column=column)


def _same_news_id(connection: sqlite3.Connection, everything: bool) -> Iterator[Fault]:
    rows = connection.execute(
        """SELECT path, news_id, min(path) OVER same FROM article
            WHERE news_id COLLATE NOCASE IN (
                SELECT news_id FROM article
                WHERE :all OR news_id COLLATE NOCASE IN (
                    SELECT article.news_id FROM article JOIN fresh USING (path))
                GROUP BY news_id COLLATE NOCASE HAVING count(*) > 1)
            WINDOW same AS (PARTITION BY news_id COLLATE NOCASE)
            ORDER BY path""",
        {"all": everything},
    )
    for path, news_id, first in rows:
        if path != first:
            yield Fault(
                path,
                f"News ID '{news_id}' is also that of {first}",
                "News IDs are unique, whatever their case, and are never reused",
                key="news_id",
                others=(first,),
            )


_TAXONOMY_KEYS = {"tags": "tags", "authors": "authors", "sources": "source", "series": "series"}


def _same_term_slug(connection: sqlite3.Connection, everything: bool) -> Iterator[Fault]:
    """Two names that differ by more than case, spaces and hyphens but would share a listing."""
    rows = connection.execute(
        """SELECT taxonomy, slug, name, min(path) FROM term
            JOIN tagging ON tagging.term = term.id JOIN article ON article.id = tagging.article
            WHERE term.id IN (SELECT term FROM tagging WHERE name != '' AND (:all OR term IN (
                    SELECT tagging.term FROM fresh JOIN article USING (path)
                    JOIN tagging ON tagging.article = article.id))
                GROUP BY term HAVING count(DISTINCT name) > 1)
            GROUP BY term.id, name ORDER BY taxonomy, slug, min(position)""",
        {"all": everything},
    )
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for taxonomy, slug, name, path in rows:
        known, where = first.setdefault((taxonomy, slug), (name, path))
        if taxonomy in _TAXONOMY_KEYS and _folded(known) != _folded(name):
            yield Fault(
                path,
                f"'{name}' would have the same address as '{known}' in {where}: '{slug}'",
                "spell both alike, or rename one",
                key=_TAXONOMY_KEYS[taxonomy],
            )


def _folded(name: str) -> str:
    return " ".join(name.casefold().translate(_SPACES).split())


_SPACES = str.maketrans(dict.fromkeys("-_‐‑–’'\u200c\xa0", " "))


def _lost_news_ids(connection: sqlite3.Connection, everything: bool) -> Iterator[Fault]:
    rows = connection.execute(
        """SELECT owner, kind, written, line, column FROM reference
            WHERE (:all OR owner IN (SELECT path FROM fresh))
            AND kind IN ('news', 'related', 'translation') AND NOT EXISTS (
                SELECT 1 FROM article WHERE news_id = target COLLATE NOCASE)
            ORDER BY owner, line, column""",
        {"all": everything},
    )
    keys = {"related": "related", "translation": "translation_of", "news": ""}
    for owner, kind, written, line, column in rows.fetchall():
        yield Fault(
            owner,
            f"there is no article with the News ID '{written}'",
            _near_news_id(connection, written),
            key=keys[kind],
            line=line,
            column=column,
        )


def _near_news_id(connection: sqlite3.Connection, written: str) -> str:
    start = written[: max(1, len(written) - 1)]
    rows = connection.execute(
        "SELECT news_id FROM article WHERE news_id LIKE ? || '%' ORDER BY news_id LIMIT 50",
        [start],
    )
    return did_you_mean(written, [row[0] for row in rows])


def _lost_files(connection: sqlite3.Connection, everything: bool) -> Iterator[Fault]:
    rows = connection.execute(
        """SELECT owner, kind, target, written, line, column FROM reference
            WHERE (:all OR owner IN (SELECT path FROM fresh))
            AND ((kind IN ('media', 'image') AND target = '')
            OR (kind = 'source' AND NOT EXISTS (SELECT 1 FROM source WHERE path = target)))
            ORDER BY owner, line, column""",
        {"all": everything},
    )
    for owner, kind, target, written, line, column in rows.fetchall():
        if kind == "source":
            message = f"the link leads to {target}, which does not exist"
            hint = _near_path(connection, target)
        else:
            message = f"the file '{written}' is neither beside this one nor under content/media/"
            hint = _near_path(connection, written)
        key = "image" if kind == "image" else ""
        yield Fault(owner, message, hint, key=key, line=line, column=column)


def _near_path(connection: sqlite3.Connection, path: str) -> str:
    name = path.rpartition("/")[2]
    rows = connection.execute(
        "SELECT path FROM source WHERE path LIKE '%/' || ? ORDER BY path LIMIT 5", [name]
    ).fetchall()
    if rows:
        return f"did you mean '{rows[0][0]}'?"
    start = name[:3]
    near = connection.execute(
        "SELECT path FROM source WHERE path LIKE '%/' || ? || '%' ORDER BY path LIMIT 200", [start]
    )
    names = {row[0].rpartition("/")[2] for row in near}
    return did_you_mean(name, sorted(names))
