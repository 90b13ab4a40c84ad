"""What a build leaves for the next one beside the archive: notes by key, and digests of inputs.

The only module that writes the tables `meta` and `input`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from enum import StrEnum


class MetaKey(StrEnum):
    """The notes in the table `meta`."""

    DRAFTS = "drafts"
    """Whether drafts were published."""
    UNCHECKED = "unchecked"
    """Whether the last build had errors, so that the next one checks all sources."""
    GAVE_WAY = "gave way"
    """Whether an output was dropped because another one has its path."""
    UNEXPECTED = "unexpected"
    """Messages of errors that a new index did not prevent, one a line."""
    OUTPUT_TIME = "output time"
    """The time of the output folder after the last build, in nanoseconds since the epoch."""


def meta(connection: sqlite3.Connection, key: MetaKey) -> str:
    """Return a note, empty if there is none."""
    found = connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return str(found[0]) if found else ""


def set_meta(connection: sqlite3.Connection, key: MetaKey, value: str) -> None:
    """Store a note; an empty one is the same as none."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])


def inputs(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Return the digests of all inputs of the last build: theme files, settings, versions."""
    return dict(connection.execute("SELECT key, digest FROM input"))


def input_digest(connection: sqlite3.Connection, key: str) -> bytes:
    """Return the digest of one input, empty if the last build did not have it."""
    row = connection.execute("SELECT digest FROM input WHERE key = ?", [key]).fetchone()
    return row[0] if row else b""


def has_inputs(connection: sqlite3.Connection) -> bool:
    """Return whether any build has used this index."""
    return connection.execute("SELECT 1 FROM input LIMIT 1").fetchone() is not None


def record_inputs(connection: sqlite3.Connection, now: Mapping[str, bytes]) -> dict[str, str]:
    """Store the inputs of this build.

    Return those that differ from the last build's, each with `was added`, `changed` or
    `was removed`.
    """
    before = inputs(connection)
    differing = {
        key: _difference(key, before, now)
        for key in now.keys() | before.keys()
        if now.get(key) != before.get(key)
    }
    connection.executemany("DELETE FROM input WHERE key = ?", [(key,) for key in differing])
    connection.executemany(
        "INSERT INTO input VALUES (?, ?)",
        [(key, now[key]) for key in sorted(differing) if key in now],
    )
    return differing


def _difference(key: str, before: Mapping[str, bytes], now: Mapping[str, bytes]) -> str:
    if key not in before:
        return "was added"
    return "changed" if key in now else "was removed"
