"""Who read what: the record that leads from a change to the outputs that it can touch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from generator.index.facets import Facet
from generator.index.recorder import Dependencies, Dependency

_KNOWN_QUERIES = 4096

_pack = msgspec.msgpack.Encoder().encode
own_reads = msgspec.msgpack.Decoder(list[Dependency]).decode
"""The reads in a row of the table `own_read`."""


class Trace(NamedTuple):
    """What an output read, ready to be stored.

    `shared` are numbers of reads that are stored once, `own` are all others as one value, and
    `facets` those of them.
    """

    output: int
    shared: tuple[int, ...]
    own: bytes
    facets: tuple[Facet, ...]


def trace_of(output: int, reads: Dependencies, numbers: dict[Dependency, int]) -> Trace:
    """The trace of an output; new shared reads get the next of `numbers`."""
    shared = tuple(numbers.setdefault(read, len(numbers)) for read in reads.shared)
    return Trace(output, shared, _pack(reads.own), _merged(reads.own))


def _merged(reads: Iterable[Dependency]) -> tuple[Facet, ...]:
    """Their facets, each name once; one that names places covers all that the reads name."""
    found: dict[str, Facet] = {}
    for read in reads:
        for facet in read.facets:
            known = found.get(facet.name, facet)
            low, high = min(known.low, facet.low), max(known.high, facet.high)
            found[facet.name] = Facet(facet.name, low, high)
    return tuple(found.values())


class TraceWriter:
    """Stores traces as they come in; a question that several outputs asked is stored once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._known: dict[str, int] = {}
        self._first = connection.execute("SELECT 1 FROM own_read LIMIT 1").fetchone() is None
        connection.execute("CREATE TEMP TABLE unread (query INTEGER PRIMARY KEY)")

    def write(self, reads: Sequence[Dependency], traces: Sequence[Trace]) -> None:
        """Store what some outputs read, shared ones as numbers into `reads`."""
        numbers = [self._query(read) for read in reads]
        if not self._first:
            traces = [trace for trace in traces if self._differs(trace, numbers)]
            self._forget([trace.output for trace in traces])
        self._db.executemany(
            "INSERT INTO read VALUES (?, ?)",
            ((numbers[read], trace.output) for trace in traces for read in trace.shared),
        )
        self._db.executemany(
            "INSERT INTO own_read VALUES (?, ?)", [(trace.output, trace.own) for trace in traces]
        )
        self._db.executemany(
            "INSERT INTO own_facet VALUES (?, ?, ?, ?)",
            [
                (facet.name, trace.output, facet.low, facet.high)
                for trace in traces
                for facet in trace.facets
            ],
        )

    def forget_unread(self) -> None:
        """Forget queries that none of these outputs asks any more, nor another."""
        _forget_unread(self._db)

    def _differs(self, trace: Trace, numbers: Sequence[int]) -> bool:
        """Whether an output read something else than it did, or something that says another."""
        own = self._db.execute("SELECT reads FROM own_read WHERE output = ?", [trace.output])
        if own.fetchone() != (trace.own,):
            return True
        shared = self._db.execute("SELECT query FROM read WHERE output = ?", [trace.output])
        return {row[0] for row in shared} != {numbers[read] for read in trace.shared}

    def _forget(self, outputs: Iterable[int]) -> None:
        for output in outputs:
            _forget_trace(self._db, output)

    def _query(self, read: Dependency) -> int:
        number = self._known.get(read.key)
        if number is None:
            number = self._store(read)
            if len(self._known) < _KNOWN_QUERIES:
                self._known[read.key] = number
        return number

    def _store(self, read: Dependency) -> int:
        known = self._db.execute(
            "UPDATE query SET digest = ? WHERE key = ? RETURNING id", [read.digest, read.key]
        ).fetchone()
        if known:
            return int(known[0])
        inserted = self._db.execute(
            "INSERT INTO query (key, digest) VALUES (?, ?)", [read.key, read.digest]
        )
        number = int(inserted.lastrowid or 0)
        self._db.executemany(
            "INSERT OR IGNORE INTO facet VALUES (?, ?, ?, ?)",
            [(facet.name, number, facet.low, facet.high) for facet in read.facets],
        )
        return number


def forget_outputs(connection: sqlite3.Connection) -> None:
    """Forget the outputs that nobody wants, and what they alone read."""
    connection.execute("CREATE TEMP TABLE unread (query INTEGER PRIMARY KEY)")
    unwanted = "SELECT id FROM output INDEXED BY output_unwanted WHERE NOT wanted"
    for (output,) in connection.execute(unwanted).fetchall():
        _forget_trace(connection, output)
        connection.execute("DELETE FROM output WHERE id = ?", [output])
    _forget_unread(connection)


def _forget_trace(connection: sqlite3.Connection, output: int) -> None:
    """Forget what an output read; shared queries are noted in the table `unread`."""
    connection.execute(
        "INSERT OR IGNORE INTO unread SELECT query FROM read WHERE output = ?", [output]
    )
    connection.execute("DELETE FROM read WHERE output = ?", [output])
    own = connection.execute(
        "DELETE FROM own_read WHERE output = ? RETURNING reads", [output]
    ).fetchall()
    for (reads,) in own:
        connection.executemany(
            "DELETE FROM own_facet WHERE facet = ? AND output = ?",
            [(facet.name, output) for facet in _merged(own_reads(reads))],
        )


def _forget_unread(connection: sqlite3.Connection) -> None:
    connection.execute(
        """DELETE FROM unread WHERE EXISTS (
            SELECT 1 FROM read WHERE read.query = unread.query)"""
    )
    connection.execute("DELETE FROM facet WHERE query IN (SELECT query FROM unread)")
    connection.execute("DELETE FROM query WHERE id IN (SELECT query FROM unread)")
    connection.execute("DROP TABLE unread")
