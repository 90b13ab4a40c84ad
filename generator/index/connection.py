"""Opens the SQLite file under `.broadsheet/`, and says what is wrong with it.

The file holds nothing that can't be created again from the portal's sources. If another version
wrote it, or if it is damaged, a new one replaces it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from generator.index.schema import SCHEMA, SCHEMA_VERSION
from generator.model.permalink import lies_inside

# Low bytes of SQLite's result codes (https://sqlite.org/rescode.html), without those of the disk.
_FAULTS_OF_INDEX = frozenset(
    (
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_NOTADB,
    )
)
# Files that SQLite keeps beside a database (https://sqlite.org/tempfiles.html).
_BESIDE = ("-wal", "-shm", "-journal")


class UnsafePathError(sqlite3.DatabaseError):
    """The index has the path of an output that no build could have planned."""


class SchemaMismatchError(sqlite3.DatabaseError):
    """The index was written by another version."""


class NotADatabaseError(sqlite3.DatabaseError):
    """Something that is not a database has the name of the index."""


def damage(problem: Exception) -> str:
    """Return what is wrong with the index, empty if the error has a different cause."""
    if isinstance(problem, SchemaMismatchError):
        return "was written by another version of Broadsheet"
    if isinstance(problem, msgspec.DecodeError | UnsafePathError | NotADatabaseError) or _is_damage(
        problem
    ):
        return f"is damaged: {problem}"
    return ""


def _is_damage(problem: Exception) -> bool:
    code = getattr(problem, "sqlite_errorcode", None)
    if code is None:
        # Python's module finds text that is not UTF-8, for which SQLite has no code.
        return type(problem) is sqlite3.OperationalError
    return code & 0xFF in _FAULTS_OF_INDEX


def open_index(path: Path) -> sqlite3.Connection:
    """Open the index for reading and writing; create it if it is missing.

    Raises `SchemaMismatchError`, or another `sqlite3.DatabaseError` if the file is damaged.
    """
    for part in (path, *(Path(f"{path}{ending}") for ending in _BESIDE)):
        if part.is_dir():
            raise NotADatabaseError(f"{part.name} is a folder")
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _prepare(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def check_schema(connection: sqlite3.Connection) -> None:
    """Raise `SchemaMismatchError` if another version wrote the index."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise SchemaMismatchError(f"schema {version}, expected {SCHEMA_VERSION}")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the index for a process that only reads."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA mmap_size = 67108864")
    connection.execute("PRAGMA cache_size = -16384")
    return connection


def inside_output(path: object) -> str:
    """Return an output's path. Raises `UnsafePathError` if it leads out of the output folder.

    Call this before a file at the path is written, replaced or removed.
    """
    if not isinstance(path, str) or not lies_inside(path):
        raise UnsafePathError(f"it has the output path {path!r}")
    return path


def enable_wal(connection: sqlite3.Connection) -> None:
    """Use a write-ahead log from now on, so that workers can read meanwhile.

    The first sources of a new index are written to the database directly: nobody reads it yet, and
    a log would be as large as they are.
    """
    connection.execute("PRAGMA journal_mode = WAL")


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move the log into the database.

    Closing the database leaves this undone while workers have it open, and the next build would
    start by reading the whole log.
    """
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in a transaction: all of its writes are kept, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def rolled_back(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in a transaction of which nothing is kept."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def read_lock(connection: sqlite3.Connection) -> Iterator[None]:
    """Lock the index for reading once, and not for each query inside."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32768")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        connection.execute("PRAGMA page_size = 8192")
        connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    else:
        check_schema(connection)
