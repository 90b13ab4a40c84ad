"""The list of the files that Broadsheet wrote into an output folder.

It is stored apart from the index, so that files of pages that are gone can be removed after a new
index was created. Names are only appended, so a build writes as many as it has new files.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# Before each name, so that a truncated one does not spoil others.
_WRITTEN, _REMOVED = "\0+", "\0-"


def note_written(manifest: Path, paths: Iterable[str], *, anew: bool = False) -> None:
    """Append files that are about to be written, or begin the list with them."""
    _add(manifest, _WRITTEN, paths, "w" if anew else "a")


def note_removed(manifest: Path, paths: Iterable[str]) -> None:
    """Mark files as removed."""
    _add(manifest, _REMOVED, paths, "a")


def written_files(manifest: Path) -> list[str]:
    """Return the files that were written and not removed since; none if there is no list."""
    try:
        noted = manifest.read_text("utf-8", "replace").split("\0")
    except OSError:
        return []
    files: dict[str, None] = {}
    for note in noted:
        sign, path = note[:1], note[1:]
        if sign == "+" and path:
            files[path] = None
        elif sign == "-":
            files.pop(path, None)
    return list(files)


def _add(manifest: Path, sign: str, paths: Iterable[str], mode: str) -> None:
    noted = "".join(f"{sign}{path}" for path in paths)
    if noted or mode == "w":
        with manifest.open(mode, encoding="utf-8", newline="") as file:
            file.write(noted)
