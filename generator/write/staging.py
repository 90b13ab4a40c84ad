"""The folder in which files wait until they are moved into the output.

The folder is marked when it is created, and only a marked folder is ever deleted.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from generator.errors import OutputError, Problem

LOOSE, TREE = "loose", "tree"
"""Subfolders: files by number, and trees as they are to lie in the output, one for each turn."""

FIRST = "first"
"""The tree of a build whose output folder is missing or empty: nobody sees an order there."""

_MARK = "broadsheet-staging"


def staging_folder(output: Path) -> Path:
    """Return the staging folder of an output folder: beside it, so that moves are renames.

    It is inside the output folder if that is a file system of its own, or if its parent can't be
    written.
    """
    parent = output.parent
    apart = output.is_dir() and parent.stat().st_dev != output.stat().st_dev
    if apart or (output.is_dir() and not os.access(parent, os.W_OK)):
        return output / ".broadsheet-new"
    return parent / f".{output.name}.broadsheet-new"


def open_staging(folder: str) -> None:
    """Create the folder, and mark it before anything else is in it."""
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{_MARK}", "ab"):
        pass


def clear_staging(folder: Path) -> None:
    """Delete what an earlier build left. Raises `OutputError` if the folder is not Broadsheet's."""
    if not os.path.lexists(folder):
        return
    if not _is_ours(folder):
        message = "was not made by Broadsheet, which needs a folder of this name while it builds"
        raise OutputError(Problem(str(folder), 0, 0, message, "move it away"))
    discard_staging(folder)


def discard_staging(folder: Path) -> None:
    """Delete the folder as far as possible, and its mark last, in case of an interruption."""
    with suppress(OSError):
        if _is_ours(folder):
            for name in (LOOSE, TREE):
                shutil.rmtree(folder / name, ignore_errors=True)
            (folder / _MARK).unlink(missing_ok=True)
            folder.rmdir()


def _is_ours(folder: Path) -> bool:
    """Return whether a build created the folder: it is marked, or still empty."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / _MARK).is_file() or not any(folder.iterdir())
