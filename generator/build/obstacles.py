"""What stands in the output folder where files are to be moved: found before the first move."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

from generator.errors import OutputError, Problem


def refuse_obstacles(
    connection: sqlite3.Connection, written: list[str], gone: set[str], output: Path
) -> None:
    """Name every file of somebody else's that stands where a file or folder must go.

    `written` and `gone` are paths in the output folder. Raises `OutputError`.
    """
    if not output.is_dir():
        if output.exists():
            raise OutputError(Problem(str(output), 0, 0, "is a file where a folder should be"))
        return
    parents = _parents([*written, *gone])
    obstacles = _closed_folders(output, parents) if written or gone else []
    for parent in _parents(written):
        standing = f"{output}/{parent}"
        if parent not in gone and os.path.exists(standing) and not os.path.isdir(standing):
            message = "is a file where a folder should be"
            obstacles.append(Problem(standing, 0, 0, message, "move it away"))
    ours = _claimed(connection)
    for path in written:
        if obstacle := _obstacle(output, path, gone, ours):
            obstacles.append(obstacle)
    if obstacles:
        raise OutputError(*obstacles)


def _claimed(connection: sqlite3.Connection) -> set[str] | None:
    """Those of the files to move that are ours where they stand; None if nothing is known yet."""
    if connection.execute("SELECT 1 FROM output WHERE claimed LIMIT 1").fetchone() is None:
        return None
    rows = connection.execute(
        """SELECT path FROM made CROSS JOIN output ON id = made.output
            WHERE made.staged AND claimed"""
    )
    return {path for (path,) in rows}


def _obstacle(output: Path, path: str, gone: set[str], ours: set[str] | None) -> Problem | None:
    """What stands where a file must go and is not ours, if anything does."""
    target = f"{output}/{path}"
    try:
        standing = os.lstat(target)
    except OSError:
        return None
    if stat.S_ISDIR(standing.st_mode):
        if _will_be_gone(Path(target), output, gone):
            return None
        return Problem(target, 0, 0, "is a folder where a file should be", "move it away")
    if ours is None or path in ours:
        return None
    message = "was not written by Broadsheet, and the site has a page there"
    hint = "move it away, or to content/static/ under another name"
    return Problem(target, 0, 0, message, hint)


def _closed_folders(output: Path, parents: Iterable[str]) -> list[Problem]:
    """Folders that may not be written, found before the first move and not after half of them."""
    folders = [str(output), *(f"{output}/{parent}" for parent in sorted(parents))]
    closed = [
        folder
        for folder in folders
        if not os.access(folder, os.W_OK | os.X_OK) and os.path.isdir(folder)
    ]
    more = f"and {len(closed) - 1} more folders" if closed[1:] else ""
    message = "can't be written: Permission denied"
    return [Problem(folder, 0, 0, message, more) for folder in closed[:1]]


def _will_be_gone(folder: Path, output: Path, gone: set[str]) -> bool:
    """Whether a folder holds nothing but files that are about to be removed."""
    for inside, folders, names in os.walk(folder):
        relative = Path(inside).relative_to(output)
        if not folders and not names:
            return False
        if any((relative / name).as_posix() not in gone for name in names):
            return False
    return True


def _parents(paths: Iterable[str]) -> list[str]:
    """The folders in which some files lie, each once, with those that they lie in."""
    found: dict[str, None] = {}
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in found:
            found[parent] = None
            parent = parent.rpartition("/")[0]
    return list(found)
