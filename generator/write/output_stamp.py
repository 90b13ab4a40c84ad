"""Detects changes of the output folder that are not Broadsheet's, by the folder's time.

Each build that moves a file sets the time of the folder, and records it. A different time means
that the output or the state was copied, or that files were added to or deleted from the folder.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from generator.index.build_state import MetaKey, meta, set_meta

_SECOND = 1_000_000_000


def is_unchanged(connection: sqlite3.Connection, output: Path) -> bool:
    """Return whether the folder has the recorded time.

    Its whole seconds are enough, because archives keep no more.
    """
    found = meta(connection, MetaKey.OUTPUT_TIME)
    if not found:
        return False
    time, noted = output.stat().st_mtime_ns, int(found)
    return time == noted or (time % _SECOND == 0 and time // _SECOND == noted // _SECOND)


def note_unchanged(connection: sqlite3.Connection, output: Path) -> None:
    """Record the time that the folder has now."""
    time = str(output.stat().st_mtime_ns)
    set_meta(connection, MetaKey.OUTPUT_TIME, time)


def has_published(connection: sqlite3.Connection) -> bool:
    """Return whether a build with this index has published into the folder."""
    return meta(connection, MetaKey.OUTPUT_TIME) != ""


def forget_stamp(connection: sqlite3.Connection) -> None:
    """Forget the recorded time, because the folder is gone."""
    set_meta(connection, MetaKey.OUTPUT_TIME, "")
