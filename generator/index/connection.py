"""The SQLite file under `.broadsheet/`: how it is opened, and what is wrong with one that can't be.

The file holds nothing that can't be made again from the portal's sources. One that another
version wrote, or that is damaged, is set aside and begun anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from generator.index.schema import SCHEMA, SCHEMA_VERSION
from generator.model.permalink import lies_inside

# Low bytes of SQLite's result codes (https://sqlite.org/rescode.html). The disk is not among them.
_FAULTS_OF_INDEX = frozenset(
    (
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_NOTADB,
    )
)
# What SQLite keeps beside a database (https://sqlite.org/tempfiles.html).
_BESIDE = ("-wal", "-shm", "-journal")


class UnsafePathError(sqlite3.DatabaseError):
    """The index has the path of an output that no build could have planned."""


class SchemaMismatchError(sqlite3.DatabaseError):
    """The index was written by another version."""


class NotADatabaseError(sqlite3.DatabaseError):
    """There is something else where the index should be."""


def damage(problem: Exception) -> str:
    """What is wrong with the index, or nothing if something else is at fault."""
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
        # Text that is not UTF-8 is found by Python's module, for which SQLite has no code.
        return type(problem) is sqlite3.OperationalError
    return code & 0xFF in _FAULTS_OF_INDEX


def open_index(path: Path) -> sqlite3.Connection:
    """The index for reading and writing, made if it is missing.

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
    """The index for a process that only asks."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA mmap_size = 67108864")
    connection.execute("PRAGMA cache_size = -16384")
    return connection


def inside_output(path: object) -> str:
    """An output's path as the index has it. Raises `UnsafePathError` if it leads out of the output.

    To be asked before a file at the path is written, replaced or removed.
    """
    if not isinstance(path, str) or not lies_inside(path):
        raise UnsafePathError(f"it has the output path {path!r}")
    return path


def enable_wal(connection: sqlite3.Connection) -> None:
    """From now on, write by way of a log, so that workers can read meanwhile.

    The first sources of a new index go into the database itself: nobody reads it yet, there is
    nothing that they replace, and a log would be as large as they are.
    """
    connection.execute("PRAGMA journal_mode = WAL")


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move what was written from the log into the database, which closing it leaves undone while
    workers have it open; the next build would begin with reading the whole log."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is written inside, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


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
