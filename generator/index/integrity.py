"""Errors between sources: two that clash, or one that points to nothing.

A `SourceProblem` names its source and the front matter key that is wrong. The caller, which can
read the source, finds the line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from shlex import quote
from typing import NamedTuple

from generator.errors import Severity, did_you_mean
from generator.index.source_lookup import sources_meant
from generator.model.paths import media_candidates, ref_name
from generator.model.taxonomy import front_matter_key, slug_setting, term_key


class Spelling(NamedTuple):
    """A term in a source's front matter: under `key`, alone or as an item of a list."""

    path: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """An error in a source. `key` is a front matter key, or `line` and `column` are known.

    `others` are sources that the error concerns equally. If `term` is wrong, `clash` is the term
    that it conflicts with, and the message ends where the position of that one follows. `news_id`
    is the News ID that is used twice or by no article. `missing` are sources any of which would fix
    the error, as would any source that `ref` names.
    """

    path: str
    message: str
    hint: str = ""
    key: str = ""
    line: int = 0
    column: int = 0
    others: tuple[str, ...] = ()
    term: Spelling | None = None
    clash: Spelling | None = None
    news_id: str = ""
    missing: tuple[str, ...] = ()
    ref: str = ""
    severity: Severity = "error"
    code: str = ""


def across_sources(
    connection: sqlite3.Connection, fresh: Collection[str] | None
) -> Iterator[SourceProblem]:
    """Yield every error between sources, or those that involve the sources in `fresh`."""
    with fresh_sources(connection, fresh):
        yield from _same_news_id(connection, fresh is None)
        yield from _same_term_slug(connection, fresh is None)
        yield from _lost_news_ids(connection, fresh is None)
        yield from _lost_files(connection, fresh is None)
        yield from _refused_files(connection, fresh is None)
        yield from _lost_refs(connection, fresh)


@contextmanager
def fresh_sources(connection: sqlite3.Connection, fresh: Collection[str] | None) -> Iterator[None]:
    """Provide the sources in `fresh` as a table within the block."""
    connection.execute("CREATE TEMP TABLE fresh (path TEXT PRIMARY KEY)")
    connection.executemany("INSERT INTO fresh VALUES (?)", [(path,) for path in fresh or ()])
    try:
        yield
    finally:
        connection.execute("DROP TABLE fresh")


def those_of(table: str, everything: bool) -> str:
    """Return a table, or those of its rows that a fresh source owns."""
    return table if everything else f"fresh CROSS JOIN {table} ON {table}.owner = fresh.path"


def _same_news_id(connection: sqlite3.Connection, everything: bool) -> Iterator[SourceProblem]:
    suspects = (
        "SELECT news_id FROM article GROUP BY news_id COLLATE NOCASE HAVING count(*) > 1"
        if everything
        else "SELECT news_id FROM fresh CROSS JOIN article USING (path)"
    )
    published = """EXISTS (SELECT 1 FROM output WHERE output.scope = 'source/' || article.path
        AND output.kind = 'article' AND digest IS NOT NULL)"""
    rows = connection.execute(
        f"""SELECT path, news_id, first_value(path) OVER same FROM article
            WHERE news_id COLLATE NOCASE IN ({suspects})
            WINDOW same AS (PARTITION BY news_id COLLATE NOCASE
                ORDER BY {published} DESC, live_from, path)
            ORDER BY path"""
    )
    for path, news_id, first in rows:
        if path != first:
            yield SourceProblem(
                path,
                f"News ID '{news_id}' is also that of {first}",
                "News IDs are unique, whatever their case, and are never reused; if this story is "
                f"not published yet, run: broadsheet renumber {quote(path)}",
                key="news_id",
                others=(first,),
                news_id=news_id,
            )


def _same_term_slug(connection: sqlite3.Connection, everything: bool) -> Iterator[SourceProblem]:
    """Find two names that are different terms but would share a listing."""
    suspects = (
        "SELECT term FROM tagging WHERE name != '' GROUP BY term HAVING min(name) < max(name)"
        if everything
        else """SELECT DISTINCT term FROM fresh CROSS JOIN article USING (path)
            CROSS JOIN tagging ON tagging.article = article.id WHERE name != ''"""
    )
    for (term,) in connection.execute(suspects).fetchall():
        if len(set(map(term_key, _spellings(connection, term)))) > 1:
            yield from _clashing(connection, term)


def _spellings(connection: sqlite3.Connection, term: int) -> Iterator[str]:
    """Yield the spellings of a term, with one look-up each, however many articles have it."""
    spelling = ""
    while True:
        (spelling,) = connection.execute(
            "SELECT min(name) FROM tagging WHERE term = ? AND name > ?", [term, spelling]
        ).fetchone()
        if spelling is None:
            return
        yield spelling


def _clashing(connection: sqlite3.Connection, term: int) -> Iterator[SourceProblem]:
    rows = connection.execute(
        """SELECT taxonomy, slug, name, min(path) FROM term
            JOIN tagging ON tagging.term = term.id JOIN article ON article.id = tagging.article
            WHERE term.id = ? GROUP BY name ORDER BY min(position)""",
        [term],
    ).fetchall()
    taxonomy, slug, known, where = rows[0]
    for _, _, name, path in rows[1:]:
        if term_key(known) != term_key(name):
            key = front_matter_key(taxonomy)
            line = slug_setting(taxonomy, name, _free_slug(connection, taxonomy, slug))
            yield SourceProblem(
                path,
                f"'{name}' would have the slug '{slug}', which is that of '{known}'",
                f"spell both alike, or {line}",
                term=Spelling(path, key, name),
                clash=Spelling(where, key, known),
            )


def _free_slug(connection: sqlite3.Connection, taxonomy: str, slug: str) -> str:
    """Return a slug that no other term of a taxonomy has."""
    taken = "SELECT 1 FROM term WHERE taxonomy = ? AND slug = ?"
    candidates = (f"{slug}-{number}" for number in count(2))
    return next(
        free for free in candidates if not connection.execute(taken, [taxonomy, free]).fetchone()
    )


def _lost_news_ids(connection: sqlite3.Connection, everything: bool) -> Iterator[SourceProblem]:
    rows = connection.execute(
        f"""SELECT owner, kind, written, line, column FROM {those_of("reference", everything)}
            WHERE kind IN ('news', 'related', 'translation') AND NOT EXISTS (
                SELECT 1 FROM article WHERE news_id = target COLLATE NOCASE)
            ORDER BY owner, line, column"""
    )
    keys = {"related": "related", "translation": "translation_of", "news": ""}
    for number, (owner, kind, written, line, column) in enumerate(rows.fetchall()):
        yield SourceProblem(
            owner,
            f"there is no article with the News ID '{written}'",
            _near_news_id(connection, written) if number < MOST_HINTS else "",
            key=keys[kind],
            line=line,
            column=column,
            news_id=written,
        )


# Each hint searches the whole archive.
MOST_HINTS = 200


def _near_news_id(connection: sqlite3.Connection, written: str) -> str:
    start = written[: max(1, len(written) - 1)]
    rows = connection.execute(
        "SELECT news_id FROM article WHERE news_id LIKE ? || '%' ORDER BY news_id LIMIT 50",
        [start],
    )
    return did_you_mean(written, [row[0] for row in rows])


def _lost_files(connection: sqlite3.Connection, everything: bool) -> Iterator[SourceProblem]:
    rows = connection.execute(
        f"""SELECT owner, kind, target, written, line, column
            FROM {those_of("reference", everything)}
            WHERE (kind IN ('media', 'image') AND target = '')
            OR (kind = 'source' AND NOT EXISTS (SELECT 1 FROM source WHERE path = target))
            ORDER BY owner, line, column"""
    )
    for number, (owner, kind, target, written, line, column) in enumerate(rows.fetchall()):
        if kind == "source":
            message = f"the link leads to {target}, which does not exist"
            missing: tuple[str, ...] = (target,)
        else:
            message = f"the file '{written}' is neither beside this one nor under content/media/"
            missing = media_candidates(owner, written)
        hint = _near_path(connection, target or written) if number < MOST_HINTS else ""
        key = "image" if kind == "image" else ""
        yield SourceProblem(
            owner, message, hint, key=key, line=line, column=column, missing=missing
        )


def _refused_files(connection: sqlite3.Connection, everything: bool) -> Iterator[SourceProblem]:
    rows = connection.execute(
        f"""SELECT owner, kind, written, line, column, refused
            FROM {those_of("reference", everything)} CROSS JOIN media ON media.path = target
            WHERE kind IN ('media', 'image') AND refused != '' ORDER BY owner, line, column"""
    )
    hint = "with trusted_html under [markdown] in site.toml it is; or put it in content/static/"
    for owner, kind, written, line, column, refused in rows.fetchall():
        message = f"the file '{written}' {refused}"
        key = "image" if kind == "image" else ""
        yield SourceProblem(owner, message, hint, key=key, line=line, column=column)


def _lost_refs(
    connection: sqlite3.Connection, fresh: Collection[str] | None
) -> Iterator[SourceProblem]:
    """Find calls of `ref` that match no source, or several.

    Only calls in fresh sources, or by the name of one, are checked.
    """
    concerned = ""
    if fresh is not None:
        names = sorted(set(map(ref_name, fresh)))
        connection.execute("CREATE TEMP TABLE fresh_name (name TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO fresh_name VALUES (?)", [(name,) for name in names])
        concerned = """AND (owner IN (SELECT path FROM fresh)
            OR target IN (SELECT name FROM fresh_name))"""
    rows = connection.execute(
        f"""SELECT owner, written, line, column FROM reference
            WHERE kind = 'ref' {concerned} ORDER BY owner, line, column"""
    ).fetchall()
    connection.execute("DROP TABLE IF EXISTS fresh_name")
    for number, (owner, written, line, column) in enumerate(rows):
        meant = sources_meant(connection, owner, written)
        if len(meant) > 1:
            message = f"'{written}' may be {meant[0]} or {meant[1]}"
            yield SourceProblem(owner, message, "write more of the path", line=line, column=column)
        elif not meant:
            message = f"'{written}' leads to no article or page"
            near = number < MOST_HINTS
            hint = _near_path(connection, f"{ref_name(written)}.md") if near else ""
            yield SourceProblem(
                owner, message, hint, line=line, column=column, ref=ref_name(written)
            )


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
