"""Moves staged files into the output folder, in an order that keeps every link working.

New files come first, turn by turn: nothing that readers can reach links to them yet. Then come
files that replace others: what they link to is there, and so is what the old versions link to. Last
come removals, because nothing links to those files any more. Within each group, a file's turn
(`generator.model.output.Turn`) puts it after the files that it links to, as far as possible: a
story and its tag's page link to each other, and no order suits both. That is harmless, because
readers reach new pages only through pages that change. A reader on a page that is being removed may
find links to files that were removed before it.

A file that replaces a folder, or a folder that replaces a file, is missing for a moment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model.output import Turn
from generator.write.ownership import Claim
from generator.write.preflight import OccupiedPaths
from generator.write.staging import FIRST, LOOSE, TREE


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of one build; `occupied` is what was found at their targets."""

    staging: Path
    output: Path
    staged: Sequence[Claim]
    gone: Sequence[Claim]
    occupied: OccupiedPaths

    def carry_out(self) -> None:
        """Carry out all moves and removals."""
        self._graft(self.staging / TREE / FIRST)
        waiting = _waiting(self.staging / LOOSE)
        loose = sorted(claim for claim in self.staged if claim.number in waiting)
        files = self.occupied.files
        for turn in Turn:
            self._graft(self.staging / TREE / f"{turn:d}")
            for claim in loose:
                if claim.turn == turn and claim.path not in files:
                    self._put(waiting[claim.number], claim.path)
        for claim in loose:
            if claim.path in files:
                self._put(waiting[claim.number], claim.path)
        removed = {path for paths in self.occupied.first.values() for path in paths}
        for claim in sorted(self.gone, reverse=True):
            if claim.path not in removed:
                _remove(self.output, claim.path)

    def _graft(self, tree: Path, within: str = "") -> None:
        """Move a tree into the output by renames, whole folders where they are new."""
        if not within and not tree.is_dir():
            return
        target = self.output / within
        if not within and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.rename(tree, target)
            return
        with os.scandir(tree) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                path = f"{within}/{entry.name}" if within else entry.name
                if entry.is_dir(follow_symlinks=False) and (self.output / path).is_dir():
                    self._graft(Path(entry.path), path)
                else:
                    self._put(entry.path, path)

    def _put(self, waiting: str, path: str) -> None:
        """Move a file or a new folder to its target."""
        for standing in self.occupied.first.get(path, ()):
            _remove(self.output, standing)
        target = f"{self.output}/{path}"
        try:
            os.replace(waiting, target)
        except FileNotFoundError:
            # Its folder was removed with the last file in it.
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(waiting, target)


def _waiting(loose: Path) -> Mapping[int, str]:
    """Return the staged files that are named by their numbers."""
    return {int(name): f"{folder}/{name}" for folder, _, names in os.walk(loose) for name in names}


def _remove(output: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    target = output / path
    target.unlink(missing_ok=True)
    folder = target.parent
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
