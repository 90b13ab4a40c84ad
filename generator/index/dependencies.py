"""Which outputs depend on which queries: the record that leads from a change to stale outputs.

The only module that writes the tables `query`, `facet` and `read`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from generator.index.cache import LruCache
from generator.index.facets import Facet
from generator.index.recorder import Dependency

_KNOWN_QUERIES = 16384


class OutputReads(NamedTuple):
    """What one output depends on, as numbers into a list of dependencies."""

    output: int
    numbers: tuple[int, ...]


class RecordedQuery(NamedTuple):
    """A query with the digest of the answer that outputs were rendered from."""

    id: int
    key: str
    digest: bytes


class DependencyWriter:
    """Stores what outputs depend on, batch by batch; a query that several asked is stored once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._known: LruCache[str, int] = LruCache(_KNOWN_QUERIES)
        self._first = connection.execute("SELECT 1 FROM read LIMIT 1").fetchone() is None
        self._last = connection.execute("SELECT ifnull(max(id), 0) FROM query").fetchone()[0]
        _begin_unread(connection)

    def write(self, dependencies: Sequence[Dependency], outputs: Iterable[OutputReads]) -> None:
        """Replace what some outputs depend on."""
        ids = self._store(dependencies)
        reads = {each.output: {ids[number] for number in each.numbers} for each in outputs}
        if not self._first:
            before = self._reads(reads)
            reads = {output: now for output, now in reads.items() if before.get(output) != now}
            for output in reads:
                _forget_reads(self._db, output)
        self._db.executemany(
            "INSERT INTO read VALUES (?, ?)",
            ((query, output) for output, now in reads.items() for query in sorted(now)),
        )

    def close(self) -> None:
        """Forget the queries on which no output depends any more."""
        _forget_unread(self._db)

    def _reads(self, outputs: Collection[int]) -> dict[int, set[int]]:
        marks = ", ".join("?" * len(outputs))
        rows = self._db.execute(
            f"SELECT output, query FROM read WHERE output IN ({marks})", list(outputs)
        )
        found: dict[int, set[int]] = {}
        for output, query in rows:
            found.setdefault(output, set()).add(query)
        return found

    def _store(self, dependencies: Sequence[Dependency]) -> list[int]:
        """Store queries with their answers; return the id of each."""
        ids = [self._known.get(each.key) for each in dependencies]
        unknown = [each for each, known in zip(dependencies, ids, strict=True) if known is None]
        found = self._find(unknown)
        self._db.executemany(
            "UPDATE query SET digest = ? WHERE id = ?",
            [
                (each.digest, found[each.key].id)
                for each in unknown
                if each.key in found and found[each.key].digest != each.digest
            ],
        )
        stored = {key: query.id for key, query in found.items()}
        new = {each.key: each for each in unknown if each.key not in stored}
        stored |= {key: number for number, key in enumerate(new, self._last + 1)}
        self._last += len(new)
        self._db.executemany(
            "INSERT INTO query VALUES (?, ?, ?)",
            [(stored[key], key, each.digest) for key, each in new.items()],
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO facet VALUES (?, ?, ?, ?)",
            [
                (facet.name, stored[key], facet.low, facet.high)
                for key, each in new.items()
                for facet in each.facets
            ],
        )
        for key, number in stored.items():
            self._known.put(key, number)
        return [
            stored[each.key] if known is None else known
            for each, known in zip(dependencies, ids, strict=True)
        ]

    def _find(self, dependencies: Sequence[Dependency]) -> dict[str, RecordedQuery]:
        """Return the queries that are stored already, by key."""
        marks = ", ".join("?" * len(dependencies))
        keys = [each.key for each in dependencies]
        rows = self._db.execute(f"SELECT id, key, digest FROM query WHERE key IN ({marks})", keys)
        return {key: RecordedQuery(number, key, digest) for number, key, digest in rows}


def forget_outputs(connection: sqlite3.Connection, outputs: Iterable[int]) -> None:
    """Forget what some outputs depend on, and the queries on which they alone depend."""
    _begin_unread(connection)
    for output in outputs:
        _forget_reads(connection, output)
    _forget_unread(connection)


def touched_queries(
    connection: sqlite3.Connection, facets: Collection[Facet]
) -> list[RecordedQuery]:
    """Return the recorded queries whose answers a change of some facets can alter."""
    connection.execute("CREATE TEMP TABLE touched (facet TEXT, low INTEGER, high INTEGER)")
    connection.executemany("INSERT INTO touched VALUES (?, ?, ?)", sorted(facets))
    rows = connection.execute(
        """SELECT DISTINCT query.id, query.key, query.digest FROM touched
            CROSS JOIN facet ON facet.facet = touched.facet
                AND facet.low <= touched.high AND facet.high >= touched.low
            JOIN query ON query.id = facet.query ORDER BY query.id"""
    ).fetchall()
    connection.execute("DROP TABLE touched")
    return [RecordedQuery(*row) for row in rows]


def facets_of(connection: sqlite3.Connection, query: int) -> list[str]:
    """Return the names of a recorded query's facets; those of an input set are its inputs."""
    rows = connection.execute("SELECT facet FROM facet WHERE query = ?", [query])
    return [name for (name,) in rows]


def record_answer(connection: sqlite3.Connection, query: int, digest: bytes) -> None:
    """Store the digest of a query's answer as it is now."""
    connection.execute("UPDATE query SET digest = ? WHERE id = ?", [digest, query])


def _begin_unread(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TEMP TABLE unread (query INTEGER PRIMARY KEY)")


def _forget_reads(connection: sqlite3.Connection, output: int) -> None:
    """Forget what an output depends on, and note these queries in the table `unread`."""
    connection.execute(
        "INSERT OR IGNORE INTO unread SELECT query FROM read WHERE output = ?", [output]
    )
    connection.execute("DELETE FROM read WHERE output = ?", [output])


def _forget_unread(connection: sqlite3.Connection) -> None:
    connection.execute(
        """DELETE FROM unread WHERE EXISTS (
            SELECT 1 FROM read WHERE read.query = unread.query)"""
    )
    connection.execute("DELETE FROM facet WHERE query IN (SELECT query FROM unread)")
    connection.execute("DELETE FROM query WHERE id IN (SELECT query FROM unread)")
    connection.execute("DROP TABLE unread")
