"""The folder in which files wait until they are moved into the output.

Nothing but what a build left there is ever deleted: the folder is marked when it is made.
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
    """Where files wait for their move: beside the output, so that it is a rename.

    Inside it where the output is a file system of its own, or its parent can't be written.
    """
    parent = output.parent
    apart = output.is_dir() and parent.stat().st_dev != output.stat().st_dev
    if apart or (output.is_dir() and not os.access(parent, os.W_OK)):
        return output / ".broadsheet-new"
    return parent / f".{output.name}.broadsheet-new"


def open_staging(folder: str) -> None:
    """Make the folder, and mark it before anything else is in it."""
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
    """Delete the folder as far as possible; the mark goes last, in case this is interrupted."""
    with suppress(OSError):
        if _is_ours(folder):
            for name in (LOOSE, TREE):
                shutil.rmtree(folder / name, ignore_errors=True)
            (folder / _MARK).unlink(missing_ok=True)
            folder.rmdir()


def _is_ours(folder: Path) -> bool:
    """Whether a build made the folder: it is marked, or still empty."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / _MARK).is_file() or not any(folder.iterdir())
