"""The source files that the index knows, and the folders in which they lie.

The only module that writes the tables `source` and `folder`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple

from generator.model.source import SourceFile


class FolderRow(NamedTuple):
    """A folder; an empty `signature` means that it has to be read again."""

    path: str
    signature: bytes
    files: int


def signatures(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Return the signature of each folder."""
    return dict(connection.execute("SELECT path, signature FROM folder"))


def files_in(connection: sqlite3.Connection, folders: Collection[str]) -> int:
    """Return how many files some folders held when they were last read."""
    if not folders:
        return 0
    rows = connection.execute("SELECT path, files FROM folder")
    return sum(files for path, files in rows if path in folders)


def record_folders(
    connection: sqlite3.Connection, existing: Collection[str], read: Iterable[FolderRow]
) -> None:
    """Store the folders that were read, and forget those that no longer exist."""
    gone = [(path,) for path in signatures(connection) if path not in existing]
    connection.executemany("DELETE FROM folder WHERE path = ?", gone)
    connection.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?, ?)", read)


def paths_in(connection: sqlite3.Connection, folder: str) -> list[str]:
    """Return the sources in a folder, without those in its subfolders."""
    rows = connection.execute("SELECT path FROM source WHERE folder = ?", [folder])
    return [path for (path,) in rows]


def known_in(connection: sqlite3.Connection, folder: str) -> dict[str, tuple[bytes, str]]:
    """Return the fingerprint and the stamp of each source in a folder."""
    rows = connection.execute(
        "SELECT path, fingerprint, stamp FROM source WHERE folder = ?", [folder]
    )
    return {path: (fingerprint, stamp) for path, fingerprint, stamp in rows}


def source_file(connection: sqlite3.Connection, path: str) -> SourceFile | None:
    """Return a source as it was last read, None if it is not known."""
    row = connection.execute("SELECT kind, stamp FROM source WHERE path = ?", [path]).fetchone()
    return SourceFile(path, *row) if row else None


def fingerprint_of(connection: sqlite3.Connection, path: str) -> bytes | None:
    """Return the digest of a source's bytes, None if it is not known."""
    row = connection.execute("SELECT fingerprint FROM source WHERE path = ?", [path]).fetchone()
    return row[0] if row else None


def record_source(connection: sqlite3.Connection, source: SourceFile, fingerprint: bytes) -> None:
    """Store the bytes that a source was read from, by their digest."""
    connection.execute(
        "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?)",
        [source.path, source.folder, source.kind, fingerprint, source.stamp],
    )


def restamp_source(connection: sqlite3.Connection, source: SourceFile) -> None:
    """Store the new stamp of a source whose bytes are unchanged."""
    connection.execute("UPDATE source SET stamp = ? WHERE path = ?", [source.stamp, source.path])


def forget_source(connection: sqlite3.Connection, path: str) -> str | None:
    """Forget a source; return its kind, None if it is not known."""
    found = connection.execute(
        "DELETE FROM source WHERE path = ? RETURNING kind", [path]
    ).fetchall()
    return found[0][0] if found else None


def forget_fingerprints(connection: sqlite3.Connection, paths: Iterable[str] | None = None) -> None:
    """Make sources count as changed: all, or those of some texts."""
    forget = "UPDATE source SET fingerprint = x'', stamp = ''"
    if paths is None:
        connection.execute(forget)
    else:
        # The fingerprint of a file that is copied is part of its plan.
        texts = f"{forget} WHERE path = ? AND kind NOT IN ('media', 'static')"
        connection.executemany(texts, [(path,) for path in paths])
