"""The names of the files that Broadsheet wrote into an output folder, apart from the index.

An index that is damaged is begun anew; with this list the files of pages that are gone since do not
stay in the output for ever. Names are only ever added at its end, so that a build writes as many
as it has new files.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# Before each name, so that one which was cut short spoils no other.
_WRITTEN, _REMOVED = "\0+", "\0-"


def note_written(manifest: Path, paths: Iterable[str], *, anew: bool = False) -> None:
    """Add files that are about to be written, after those that are there or in their place."""
    _add(manifest, _WRITTEN, paths, "w" if anew else "a")


def note_removed(manifest: Path, paths: Iterable[str]) -> None:
    """Take back files that are gone."""
    _add(manifest, _REMOVED, paths, "a")


def written_files(manifest: Path) -> list[str]:
    """All files that were written and not removed since, none if there is no list."""
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
