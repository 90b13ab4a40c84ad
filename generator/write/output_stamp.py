"""Whether the output folder is as the last build left it.

Each build that moves a file sets the folder's time, and notes it. Another time means other hands:
an output or a state that came from elsewhere, or files that were added or deleted in the folder.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from generator.index.build_state import MetaKey, meta, set_meta

_SECOND = 1_000_000_000


def is_unchanged(connection: sqlite3.Connection, output: Path) -> bool:
    """Whether the folder has the time that was noted, or its whole seconds, as archives keep it."""
    found = meta(connection, MetaKey.OUTPUT_TIME)
    if not found:
        return False
    time, noted = output.stat().st_mtime_ns, int(found)
    return time == noted or (time % _SECOND == 0 and time // _SECOND == noted // _SECOND)


def note_unchanged(connection: sqlite3.Connection, output: Path) -> None:
    """Remember the time that the folder has now."""
    time = str(output.stat().st_mtime_ns)
    set_meta(connection, MetaKey.OUTPUT_TIME, time)


def was_left(connection: sqlite3.Connection) -> bool:
    """Whether a build with this index has published into the folder, and ended."""
    return meta(connection, MetaKey.OUTPUT_TIME) != ""


def forget_as_left(connection: sqlite3.Connection) -> None:
    """Forget the folder's time, as the folder is gone."""
    set_meta(connection, MetaKey.OUTPUT_TIME, "")
