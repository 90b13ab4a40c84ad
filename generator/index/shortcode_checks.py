"""Finds calls of shortcodes that the theme does not have, or that can't be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator

from generator.errors import Problem, did_you_mean
from generator.index.integrity import SourceProblem, fresh_sources, those_of
from generator.model.body import ShortcodeCall
from generator.model.rules import Rule
from generator.model.site import UnknownShortcodes

MOST_NAMES = 50

_BECOMES = {
    "text": "is printed as it is written",
    "drop": "is left out, but for what it encloses",
}


def shortcode_problems(
    connection: sqlite3.Connection,
    known: Iterable[str],
    unknown: UnknownShortcodes,
    fresh: Collection[str] | None,
) -> Iterator[SourceProblem]:
    """Yield the errors of calls in all sources, or in those in `fresh`.

    `known` are the shortcodes of the theme. Unless unknown ones are errors, each of their names is
    reported once as a warning, at its first position.
    """
    names = sorted(known)
    with fresh_sources(connection, fresh):
        calls = those_of("shortcode", fresh is None)
        yield from _unreadable(connection, calls, names)
        if unknown == "error":
            yield from _unknown(connection, calls, names)
        else:
            yield from _passed_over(connection, names, _BECOMES[unknown])


def _unreadable(
    connection: sqlite3.Connection, calls: str, names: list[str]
) -> Iterator[SourceProblem]:
    rows = connection.execute(
        f"""SELECT owner, line, column, error, hint FROM {calls}
            WHERE error != '' AND name IN ({_marks(names)}) ORDER BY owner, line, column""",
        names,
    )
    for owner, line, column, message, hint in rows.fetchall():
        yield SourceProblem(owner, message, hint, line=line, column=column)


def _unknown(
    connection: sqlite3.Connection, calls: str, names: list[str]
) -> Iterator[SourceProblem]:
    rows = connection.execute(
        f"""SELECT owner, name, line, column FROM {calls}
            WHERE name NOT IN ({_marks(names)})""",
        names,
    )
    hints: dict[str, str] = {}
    for owner, name, line, column in rows.fetchall():
        if name not in hints:
            hints[name] = _unknown_hint(name, names)
        yield SourceProblem(
            owner, f"unknown shortcode '{name}'", hints[name], line=line, column=column
        )


def _unknown_hint(name: str, names: Collection[str]) -> str:
    return did_you_mean(name, names) or (
        f"make templates/shortcodes/{name}.html, or set markdown.unknown_shortcodes "
        'to "text" or "drop" in site.toml'
    )


def call_problems(
    path: str, calls: Iterable[ShortcodeCall], known: Collection[str], unknown: UnknownShortcodes
) -> Iterator[Problem]:
    """Yield the errors of the calls in a source that is not in the index, as it has others."""
    for call in calls:
        place = (call.line, call.column)
        if call.name in known:
            if call.error:
                yield Problem(path, *place, call.error, call.hint)
        elif unknown == "error":
            hint = _unknown_hint(call.name, known)
            yield Problem(path, *place, f"unknown shortcode '{call.name}'", hint)


def _passed_over(
    connection: sqlite3.Connection, names: list[str], becomes: str
) -> Iterator[SourceProblem]:
    """Yield one warning for each name, for those that are called most."""
    rows = connection.execute(
        f"""SELECT name, count(*), min(owner) FROM shortcode
            WHERE name NOT IN ({_marks(names)}) GROUP BY name ORDER BY 2 DESC, 1""",
        names,
    ).fetchall()
    for name, count, owner in rows[:MOST_NAMES]:
        line, column = connection.execute(
            "SELECT line, column FROM shortcode WHERE owner = ? AND name = ? ORDER BY 1, 2",
            [owner, name],
        ).fetchone()
        more = f"; it is called {count:,} times" if count > 1 else ""
        message = f"unknown shortcode '{name}' {becomes}{more}"
        hint = did_you_mean(name, names) or f"make templates/shortcodes/{name}.html to show it"
        yield SourceProblem(
            owner,
            message,
            hint,
            line=line,
            column=column,
            severity="warning",
            code=Rule.UNKNOWN_SHORTCODE,
        )
    if len(rows) > MOST_NAMES:
        message = f"{len(rows) - MOST_NAMES:,} more unknown shortcodes are not listed"
        yield SourceProblem(rows[MOST_NAMES][2], message, severity="warning")


def _marks(names: list[str]) -> str:
    return ", ".join("?" * len(names))
