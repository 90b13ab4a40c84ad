"""Compares the output folder with the record of what was published."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from generator.digest import digest_file
from generator.index.outputs import mark_differing_stale, published_files

_REASON = "the published file is not what was written"


def mark_differing(connection: sqlite3.Connection, output: Path) -> int:
    """Mark outputs as stale whose published file is missing or changed; return how many."""
    differing = [
        file.id
        for file in published_files(connection)
        if not (output / file.path).is_file() or digest_file(output / file.path) != file.digest
    ]
    mark_differing_stale(connection, _REASON, differing)
    return len(differing)
