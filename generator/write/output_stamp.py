"""Whether the output folder is as the last build left it.

Each build that moves a file sets the folder's time, and notes it. Another time means other hands:
an output or a state that came from elsewhere, or files that were added or deleted in the folder.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

_KEY = "output as left"
_SECOND = 1_000_000_000


def is_unchanged(connection: sqlite3.Connection, output: Path) -> bool:
    """Whether the folder has the time that was noted, or its whole seconds, as archives keep it."""
    found = connection.execute("SELECT value FROM meta WHERE key = ?", [_KEY]).fetchone()
    if found is None:
        return False
    time, noted = output.stat().st_mtime_ns, int(found[0])
    return time == noted or (time % _SECOND == 0 and time // _SECOND == noted // _SECOND)


def note_unchanged(connection: sqlite3.Connection, output: Path) -> None:
    """Remember the time that the folder has now."""
    time = str(output.stat().st_mtime_ns)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [_KEY, time])


def was_left(connection: sqlite3.Connection) -> bool:
    """Whether a build with this index has published into the folder, and ended."""
    return connection.execute("SELECT 1 FROM meta WHERE key = ?", [_KEY]).fetchone() is not None


def forget_as_left(connection: sqlite3.Connection) -> None:
    """Forget the folder's time, as the folder is gone."""
    connection.execute("DELETE FROM meta WHERE key = ?", [_KEY])
