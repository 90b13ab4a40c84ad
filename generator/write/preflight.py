"""Checks what exists at the paths of files that are to be moved, before the first move."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.errors import OutputError, Problem
from generator.model.permalink import collision_key
from generator.write.ownership import Claim, Ownership

_NAMED = 10
_ASK = "move it away, choose another folder with --output, or take it over with --adopt"


@dataclass(slots=True)
class OccupiedPaths:
    """What exists at the targets of moves, all of it Broadsheet's.

    Paths are relative to the output folder. `files` are targets where a file is replaced. `first`
    has, by target, the files that must be removed just before the move: a file where a folder is
    needed, the files of a folder where a file is needed, or a file that the file system takes for
    the same.
    """

    files: set[str] = field(default_factory=set)
    first: dict[str, list[str]] = field(default_factory=dict)


def survey(
    ownership: Ownership, staged: Sequence[Claim], gone: Collection[str], *, adopt: bool
) -> OccupiedPaths:
    """Check every target of a move or removal.

    Raises `OutputError` with everything there that is not Broadsheet's, unless `adopt` takes over
    files; the error names only a few of them.
    """
    output = ownership.output
    if not output.is_dir():
        if output.exists():
            raise OutputError(Problem(str(output), 0, 0, "is a file where a folder should be"))
        return OccupiedPaths()
    found = _Inspection(ownership, gone, adopt=adopt)
    if staged or gone:
        found.look_at_folders([claim.path for claim in staged])
    for claim in staged:
        found.look_at(claim)
    if found.obstacles or found.closed:
        raise OutputError(*_bounded(found.closed, 1), *_bounded(found.obstacles, _NAMED))
    return found.occupied


class _Inspection:
    """The targets that were checked so far."""

    def __init__(self, ownership: Ownership, gone: Collection[str], *, adopt: bool) -> None:
        self.occupied = OccupiedPaths()
        self.obstacles: list[Problem] = []
        self.closed: list[Problem] = []
        self._ownership = ownership
        self._output = str(ownership.output)
        self._adopt = adopt
        self._gone = gone
        self._keys = {collision_key(path): path for path in gone}
        self._linked: list[str] = []

    def look_at_folders(self, staged: Iterable[str]) -> None:
        """Check every folder in which a file is moved or removed."""
        needed = _parents(staged)
        self._look_at_folder(self._output)
        for parent in sorted({*needed, *_parents(self._gone)}):
            folder = f"{self._output}/{parent}"
            try:
                standing = os.lstat(folder).st_mode
            except OSError:
                continue
            if stat.S_ISLNK(standing):
                self._look_at_link(parent)
            elif stat.S_ISDIR(standing):
                self._look_at_folder(folder)
            elif parent in needed:
                self._look_at_file(parent)

    def look_at(self, claim: Claim) -> None:
        """Check the target of a file."""
        target = f"{self._output}/{claim.path}"
        try:
            standing = os.lstat(target)
        except OSError:
            return
        if self._linked and claim.path.startswith(tuple(self._linked)):
            return
        if stat.S_ISDIR(standing.st_mode):
            self._look_at_full_folder(claim.path)
            return
        self.occupied.files.add(claim.path)
        if not self._adopt and not self._ownership.may_replace(claim, standing):
            if same := self._same_file(claim.path):
                self.occupied.first[claim.path] = [same]
                return
            message = (
                f"was not written by Broadsheet{_what(standing)}, and the site needs its place"
            )
            self.obstacles.append(Problem(target, 0, 0, message, _ASK))

    def _look_at_link(self, parent: str) -> None:
        if self._linked and parent.startswith(tuple(self._linked)):
            return
        self._linked.append(f"{parent}/")
        folder = f"{self._output}/{parent}"
        message = "is a symbolic link, and the site has files in a folder of this name"
        self.obstacles.append(Problem(folder, 0, 0, message, "move it away"))

    def _look_at_folder(self, folder: str) -> None:
        if not os.access(folder, os.W_OK | os.X_OK):
            message = "can't be written: Permission denied"
            self.closed.append(Problem(folder, 0, 0, message))

    def _look_at_file(self, parent: str) -> None:
        """Check a file where a folder is needed."""
        if gone := parent if parent in self._gone else self._same_file(parent):
            self.occupied.first[parent] = [gone]
            return
        message = "is a file where a folder should be"
        self.obstacles.append(Problem(f"{self._output}/{parent}", 0, 0, message, "move it away"))

    def _look_at_full_folder(self, path: str) -> None:
        """Check a folder where a file is needed: everything in it must be about to be removed."""
        held = list(_files_below(self._output, path))
        if held and all(file in self._gone for file in held):
            self.occupied.first[path] = held
            return
        message = "is a folder where a file should be"
        self.obstacles.append(Problem(f"{self._output}/{path}", 0, 0, message, "move it away"))

    def _same_file(self, path: str) -> str:
        """Return the file to be removed that is the same one on a file system that ignores case."""
        twin = self._keys.get(collision_key(path))
        if twin and os.path.samefile(f"{self._output}/{twin}", f"{self._output}/{path}"):
            return twin
        return ""


def _what(standing: os.stat_result) -> str:
    return " (it is a symbolic link)" if stat.S_ISLNK(standing.st_mode) else ""


def _bounded(problems: list[Problem], most: int) -> list[Problem]:
    """Return the first few problems; the last one says how many more there are."""
    shown, more = problems[:most], len(problems) - most
    if more > 0:
        last = shown[-1]
        rest = f"and {more} more like it"
        shown[-1] = replace(last, hint=f"{last.hint}; {rest}" if last.hint else rest)
    return shown


def _files_below(output: str, path: str) -> Iterator[str]:
    """Yield all files in a folder; an empty folder, or a link, counts as one."""
    for inside, folders, names in os.walk(f"{output}/{path}"):
        relative = Path(inside).relative_to(output).as_posix()
        links = [name for name in folders if os.path.islink(f"{inside}/{name}")]
        yield from (f"{relative}/{name}" for name in (*names, *links))
        if not folders and not names:
            yield relative


def _parents(paths: Iterable[str]) -> dict[str, None]:
    """Return the folders that contain some files, and their parents, each once."""
    found: dict[str, None] = {}
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in found:
            found[parent] = None
            parent = parent.rpartition("/")[0]
    return found
