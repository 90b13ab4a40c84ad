"""Finds the files under `content/` that may have changed, and says what each of them is.

Sizes and times are only a hint that saves reading: a folder whose names, sizes, times and inodes
are as they were is passed over, and in others each file whose stamp is another is read. A file
that was changed within the clock's grain of the scan has no stamp, as it could change again
without a trace ("racily clean", https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import Problem
from generator.model.paths import ARTICLES, AUTHORS, MEDIA, PAGES, STATIC
from generator.model.source import SourceFile
from generator.scan.directory import DirectoryContent, content_of
from generator.scan.ignore import is_path_ignored
from generator.scan.second_look import can_share, second_look

_ROOTS = (ARTICLES, PAGES, AUTHORS, MEDIA, STATIC)
# Coarser than any file system's clock: FAT keeps times to two seconds.
_GRAIN_NS = 3_000_000_000
# With so many folders half of the look takes longer than to start another process.
_MANY_FOLDERS = 400


@dataclass(frozen=True, slots=True)
class DirectoryRecord:
    """A folder that is not as it was: its files, and the signature under which it is settled.

    `signature` is empty while the folder holds something too new, or something with a problem.
    """

    path: str
    files: tuple[SourceFile, ...]
    signature: bytes


@dataclass(slots=True)
class Scan:
    """What a look over `content/` found.

    `standing` names all folders, `passed` those of them that were not looked at; `seen` counts
    the files in the others.
    """

    seen: int = 0
    changed: list[DirectoryRecord] = field(default_factory=list)
    standing: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """How many files lie in folders that are not as they were."""
        return sum(len(folder.files) for folder in self.changed)


def scan(
    root: Path,
    known: Mapping[str, bytes],
    started: int | None = None,
    among: Collection[str] | None = None,
    *,
    many: int = _MANY_FOLDERS,
) -> Scan:
    """Look over the portal's content; `known` has the signatures of folders by path.

    `started` is the system's clock as the look begins, in nanoseconds; it is read if left out.
    With `among` only those paths can have changed since the signatures were taken, so that other
    folders are passed over, but for those that were not settled. Otherwise a second process looks
    at every other folder, if there are `many`.
    """
    settled = (time.time_ns() if started is None else started) - _GRAIN_NS
    look = _Scanner(root, known, settled)
    if among is not None:
        suspects = _suspects(root, known, among)
        look.found.passed = known.keys() - set(suspects)
        look.at(suspects)
    elif len(known) >= many and can_share():
        others = sorted(known)[::2]
        look.found.passed = set(others)
        with second_look(others, look.is_same) as differing:
            look.at([*_ROOTS, *known])
            look.found.passed -= (unsure := differing())
            look.at(unsure)
    else:
        look.at(_ROOTS)
    look.found.standing |= look.found.passed
    look.found.changed.sort(key=lambda folder: folder.path)
    return look.found


class _Scanner:
    """One look over content, and what it found so far."""

    def __init__(self, root: Path, known: Mapping[str, bytes], settled: int) -> None:
        self._root = root
        self._known = known
        self._settled = settled
        self.found = Scan()

    def at(self, folders: Iterable[str]) -> None:
        """Look at folders and those inside them, but for what is passed over."""
        found, waiting = self.found, list(folders)
        while waiting:
            folder = waiting.pop()
            if folder in found.standing or folder in found.passed:
                continue
            try:
                content = content_of(self._root, _root_of(folder), folder)
            except FileNotFoundError:
                found.passed = {path for path in found.passed if not _is_in(path, folder)}
                continue
            except OSError as error:
                # What it holds is not gone, as far as anybody knows.
                found.passed |= {path for path in self._known if _is_in(path, folder)}
                found.problems.append(Problem(folder, 0, 0, f"can't be read: {error.strerror}"))
                continue
            waiting += content.folders
            self._take(folder, content)

    def _take(self, folder: str, content: DirectoryContent) -> None:
        found, settled = self.found, self._settled
        found.standing.add(folder)
        found.seen += len(content.names)
        found.problems += content.problems
        signature = content.signature(settled)
        if not signature or signature != self._known.get(folder):
            files = content.files(folder, settled)
            found.changed.append(DirectoryRecord(folder, files, signature))

    def is_same(self, folder: str) -> bool:
        """Whether a known folder is as it was, with no new folder in it and nothing to report."""
        try:
            content = content_of(self._root, _root_of(folder), folder)
        except OSError:
            return False
        signature = content.signature(self._settled)
        inside_known = all(path in self._known for path in content.folders)
        same = bool(signature) and signature == self._known[folder]
        return same and inside_known and not content.problems


def _suspects(root: Path, known: Mapping[str, bytes], among: Iterable[str]) -> list[str]:
    """The folders to look at: those of the paths, all in what came or went whole, and unsettled."""
    suspects = {folder for folder, signature in known.items() if not signature}
    for path in among:
        suspects.add(path.rpartition("/")[0])
        if path in known or (root / path).is_dir():
            suspects |= {path, *(folder for folder in known if _is_in(folder, path))}
    if "content" in suspects:
        suspects |= {*_ROOTS}
    return [folder for folder in suspects if _root_of(folder) and not is_path_ignored(folder)]


def _root_of(folder: str) -> str:
    """Which of the places where sources lie a folder belongs to; empty if to none."""
    return next((base for base in _ROOTS if _is_in(folder, base)), "")


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
