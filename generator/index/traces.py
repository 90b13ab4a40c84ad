"""Who read what: the record that leads from a query to the outputs that asked it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from generator.index.recorder import Read

_KNOWN_QUERIES = 4096


class TraceWriter:
    """Stores reads as they come in; a question that several outputs asked is stored once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._known: dict[str, int] = {}
        connection.execute("CREATE TEMP TABLE unread (query INTEGER PRIMARY KEY)")

    def write(self, reads: Sequence[Read], outputs: Sequence[tuple[int, Sequence[int]]]) -> None:
        """Store what some outputs read, each as numbers into `reads`, and forget what they had."""
        numbers = [self._query(read) for read in reads]
        made = [(output,) for output, _ in outputs]
        self._db.executemany(
            "INSERT OR IGNORE INTO unread SELECT query FROM read WHERE output = ?", made
        )
        self._db.executemany("DELETE FROM read WHERE output = ?", made)
        self._db.executemany(
            "INSERT OR IGNORE INTO read VALUES (?, ?)",
            ((numbers[read], output) for output, own in outputs for read in own),
        )

    def forget_unread(self) -> None:
        """Forget queries that none of these outputs asks any more, nor another."""
        _forget_unread(self._db)

    def _query(self, read: Read) -> int:
        number = self._known.get(read.key)
        if number is None:
            number = self._store(read)
            if len(self._known) < _KNOWN_QUERIES:
                self._known[read.key] = number
        return number

    def _store(self, read: Read) -> int:
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
    connection.execute(
        """INSERT OR IGNORE INTO unread SELECT query FROM read
            WHERE output IN (SELECT id FROM output WHERE NOT wanted)"""
    )
    connection.execute("DELETE FROM read WHERE output IN (SELECT id FROM output WHERE NOT wanted)")
    connection.execute("DELETE FROM output WHERE NOT wanted")
    _forget_unread(connection)


def _forget_unread(connection: sqlite3.Connection) -> None:
    connection.execute(
        """DELETE FROM unread WHERE EXISTS (
            SELECT 1 FROM read WHERE read.query = unread.query)"""
    )
    connection.execute("DELETE FROM facet WHERE query IN (SELECT query FROM unread)")
    connection.execute("DELETE FROM query WHERE id IN (SELECT query FROM unread)")
    connection.execute("DROP TABLE unread")
