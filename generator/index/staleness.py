"""From what changed to the outputs that must be made again.

Touched facets lead to the queries that they can alter; those are asked again, and only where the
answer is another are the outputs that read it marked. Marks last until an output is published.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from generator.index.changes import Changes
from generator.index.facets import Facet
from generator.index.queries.registry import ask_again
from generator.index.reasons import nearness, other_answer, other_inputs
from generator.index.recorder import BUNDLE_PREFIX, digest


def touch_inputs(
    connection: sqlite3.Connection, changes: Changes, now: Mapping[str, bytes]
) -> set[str]:
    """Compare inputs that are no queries with those of the last build; returns what differs."""
    before = dict(connection.execute("SELECT key, digest FROM input"))
    differing = {key for key in now.keys() | before.keys() if now.get(key) != before.get(key)}
    changes.touch(*map(Facet, differing))
    changes.altered = {key: _what_became(key, before, now) for key in differing}
    connection.executemany("DELETE FROM input WHERE key = ?", [(key,) for key in differing])
    connection.executemany(
        "INSERT INTO input VALUES (?, ?)",
        [(key, now[key]) for key in sorted(differing) if key in now],
    )
    return differing


def _what_became(key: str, before: Mapping[str, bytes], now: Mapping[str, bytes]) -> str:
    if key not in before:
        return "is new"
    return "changed" if key in now else "is gone"


def mark_all(connection: sqlite3.Connection, reason: str) -> None:
    """Mark every output."""
    connection.execute("UPDATE output SET stale = 1, reason = ? WHERE NOT stale", [reason])


def mark_stale(connection: sqlite3.Connection, changes: Changes) -> int:
    """Mark the outputs whose answers are others now; returns how many queries were asked again."""
    asked = 0
    for number, key, known in _touched(connection, changes):
        asked += 1
        reason = _changed(connection, changes, number, key, known)
        if reason:
            connection.execute(
                """UPDATE output SET stale = 1, reason = ?
                    WHERE NOT stale AND id IN (SELECT output FROM read WHERE query = ?)""",
                [reason, number],
            )
    return asked


def _touched(connection: sqlite3.Connection, changes: Changes) -> list[tuple[int, str, bytes]]:
    connection.execute("CREATE TEMP TABLE touched (facet TEXT, low INTEGER, high INTEGER)")
    connection.executemany("INSERT INTO touched VALUES (?, ?, ?)", sorted(changes.facets))
    found = connection.execute(
        """SELECT DISTINCT query.id, query.key, query.digest FROM touched
            CROSS JOIN facet ON facet.facet = touched.facet
                AND facet.low <= touched.high AND facet.high >= touched.low
            JOIN query ON query.id = facet.query ORDER BY query.id"""
    ).fetchall()
    connection.execute("DROP TABLE touched")
    return sorted(found, key=lambda query: nearness(query[1]))


def _changed(
    connection: sqlite3.Connection, changes: Changes, number: int, key: str, known: bytes
) -> str:
    """Why the readers of a query are stale, or nothing if its answer is as it was."""
    if key.startswith(BUNDLE_PREFIX):
        read = connection.execute("SELECT facet FROM facet WHERE query = ?", [number])
        return other_inputs(changes.altered, {row[0] for row in read} & changes.altered.keys())
    now = digest(ask_again(connection, key))
    if now == known:
        return ""
    connection.execute("UPDATE query SET digest = ? WHERE id = ?", [now, number])
    return other_answer(connection, key)
