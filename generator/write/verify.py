"""Compares the output folder with the record of what was published."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from generator.index.connection import inside_output

_REASON = "the published file is not what was written"


def mark_differing(connection: sqlite3.Connection, output: Path) -> int:
    """Mark every output whose published file is missing or has other bytes; returns how many."""
    from generator.parse.parser import file_fingerprint

    rows = connection.execute(
        "SELECT id, path, digest FROM output WHERE wanted AND digest IS NOT NULL"
    ).fetchall()
    differing = [
        (_REASON, number)
        for number, path, digest in rows
        if not (output / inside_output(path)).is_file() or file_fingerprint(output / path) != digest
    ]
    connection.executemany(
        "UPDATE output SET stale = 1, digest = NULL, reason = ? WHERE id = ?", differing
    )
    return len(differing)
