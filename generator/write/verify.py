"""Compares the output folder with the record of what was published."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from generator.index.outputs import mark_differing_stale, published_files

_REASON = "the published file is not what was written"


def mark_differing(connection: sqlite3.Connection, output: Path) -> int:
    """Mark every output whose published file is missing or has other bytes; returns how many."""
    from generator.parse.parser import file_fingerprint

    differing = [
        file.id
        for file in published_files(connection)
        if not (output / file.path).is_file() or file_fingerprint(output / file.path) != file.digest
    ]
    mark_differing_stale(connection, _REASON, differing)
    return len(differing)
