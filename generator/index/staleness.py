"""From what changed to the outputs that must be made again.

Touched facets lead to the queries that they can alter; those are asked again, and only where the
answer is another are the outputs that read it marked. Marks last until an output is published.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from generator.index.changes import Changes
from generator.index.dependencies import own_reads
from generator.index.facets import Facet
from generator.index.queries.registry import ask_again
from generator.index.reader import IndexReader
from generator.index.reasons import nearness, other_answer, other_inputs
from generator.index.recorder import INPUT_SET_PREFIX, digest


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


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A recorded query under a touched facet: one of several outputs, or of `output` alone."""

    key: str
    digest: bytes
    query: int = 0
    output: int = 0


def mark_stale(connection: sqlite3.Connection, changes: Changes) -> int:
    """Mark the outputs whose answers are others now; returns how many queries were asked again."""
    touched = _touched(connection, changes.facets)
    reader = IndexReader(connection)
    for recorded in touched:
        reason = _changed(connection, reader, changes, recorded)
        if reason:
            connection.execute(
                """UPDATE output SET stale = 1, reason = :reason WHERE NOT stale AND (id = :output
                    OR id IN (SELECT output FROM read WHERE query = :query))""",
                {"reason": reason, "output": recorded.output, "query": recorded.query},
            )
    return len(touched)


def _touched(connection: sqlite3.Connection, facets: Collection[Facet]) -> list[_Recorded]:
    """The recorded queries that a change can touch, those first that explain an output best."""
    connection.execute("CREATE TEMP TABLE touched (facet TEXT, low INTEGER, high INTEGER)")
    connection.executemany("INSERT INTO touched VALUES (?, ?, ?)", sorted(facets))
    shared = connection.execute(
        """SELECT DISTINCT query.id, query.key, query.digest FROM touched
            CROSS JOIN facet ON facet.facet = touched.facet
                AND facet.low <= touched.high AND facet.high >= touched.low
            JOIN query ON query.id = facet.query ORDER BY query.id"""
    ).fetchall()
    own = connection.execute(
        """SELECT DISTINCT own_read.output, own_read.reads FROM touched
            CROSS JOIN own_facet ON own_facet.facet = touched.facet
                AND own_facet.low <= touched.high AND own_facet.high >= touched.low
            JOIN own_read ON own_read.output = own_facet.output ORDER BY own_read.output"""
    ).fetchall()
    connection.execute("DROP TABLE touched")
    found = [_Recorded(key, known, query=number) for number, key, known in shared]
    by_name: dict[str, list[Facet]] = {}
    for facet in facets:
        by_name.setdefault(facet.name, []).append(facet)
    for output, reads in own:
        found += [
            _Recorded(read.key, read.digest, output=output)
            for read in own_reads(reads)
            if any(_meet(by_name.get(facet.name, ()), facet) for facet in read.facets)
        ]
    return sorted(found, key=lambda recorded: nearness(recorded.key))


def _meet(touched: Iterable[Facet], facet: Facet) -> bool:
    return any(facet.low <= other.high and facet.high >= other.low for other in touched)


def _changed(
    connection: sqlite3.Connection, reader: IndexReader, changes: Changes, recorded: _Recorded
) -> str:
    """Why the readers of a query are stale, or nothing if its answer is as it was."""
    key = recorded.key
    if key.startswith(INPUT_SET_PREFIX):
        read = connection.execute("SELECT facet FROM facet WHERE query = ?", [recorded.query])
        return other_inputs(changes.altered, {row[0] for row in read} & changes.altered.keys())
    now = digest(ask_again(reader, key))
    if now == recorded.digest:
        return ""
    # An output's own record stays as it is until the output, which is stale now, is made.
    connection.execute("UPDATE query SET digest = ? WHERE id = ?", [now, recorded.query])
    return other_answer(connection, key)
