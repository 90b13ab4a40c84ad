"""Finds the files under `content/` that may have changed, and what kind of source each one is.

Sizes and times only save reading. A folder is skipped if the names, sizes, times and inodes of its
files are the same as in the last build; in other folders, a file is read if its stamp differs. A
file that changed within the clock's resolution before the scan has no stamp, as it could change
again without a trace ("racily clean", https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import Problem
from generator.model.paths import ROOTS
from generator.model.source import SourceFile, UnreadFile
from generator.scan.directory import DirectoryContent, content_of
from generator.scan.forked_check import can_fork, forked_check
from generator.scan.ignore import is_path_ignored
from generator.scan.unread import unread_files

# Coarser than any file system's clock: FAT keeps times to two seconds.
_GRAIN_NS = 3_000_000_000
# With as many folders, checking half of them takes longer than a fork does.
_MANY_FOLDERS = 400


@dataclass(frozen=True, slots=True)
class DirectoryRecord:
    """A folder that changed: its files, and the signature to compare with in the next build.

    `signature` is empty if the folder holds a file that is too new, or one with an error.
    """

    path: str
    files: tuple[SourceFile, ...]
    signature: bytes


@dataclass(slots=True)
class Scan:
    """The result of a scan of `content/`.

    `standing` are all folders, `passed` those among them that were skipped; `seen` counts the
    files in the others. `unread` are files beside the folders of sources. `partial` says
    that only folders in which something may have changed were visited.
    """

    seen: int = 0
    changed: list[DirectoryRecord] = field(default_factory=list)
    standing: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    unread: list[UnreadFile] = field(default_factory=list)
    partial: bool = False

    @property
    def amount(self) -> int:
        """The number of files in changed folders."""
        return sum(len(folder.files) for folder in self.changed)


def scan(
    root: Path,
    known: Mapping[str, bytes],
    started: int | None = None,
    among: Collection[str] | None = None,
    *,
    many: int = _MANY_FOLDERS,
) -> Scan:
    """Scan the portal's content; `known` has the signature of each folder by its path.

    `started` is the system's clock at the start of the scan in nanoseconds, now if left out. With
    `among`, only these paths can have changed since the signatures were taken, and folders without
    a signature. Otherwise, half of the folders are checked in a fork if there are `many`.
    """
    scanner = _Scanner(root, known, _settled(started))
    if among is not None:
        scanner.visit_only(_suspects(root, known, among))
    elif len(known) >= many and can_fork():
        scanner.visit_with_fork()
    else:
        scanner.visit(ROOTS)
    scanner.found.standing |= scanner.found.passed
    scanner.found.unread = unread_files(root)
    scanner.found.changed.sort(key=lambda folder: folder.path)
    return scanner.found


def scan_only(root: Path, paths: Iterable[str], started: int | None = None) -> Scan:
    """Scan for these paths alone, as if there were no other sources.

    Paths that are no sources, and what is wrong with files, are passed over in silence.
    """
    found = Scan()
    settled = _settled(started)
    folders: dict[str, set[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, set()).add(name)
    for folder, names in sorted(folders.items()):
        if not (base := _root_of(folder)) or is_path_ignored(folder):
            continue
        with suppress(OSError):
            files = content_of(root, base, folder).files(folder, settled)
            wanted = tuple(file for file in files if file.path.rpartition("/")[2] in names)
            found.standing.add(folder)
            found.seen += len(wanted)
            # No signature, because the folder may hold other files, too.
            found.changed.append(DirectoryRecord(folder, wanted, b""))
    return found


def _settled(started: int | None) -> int:
    return (time.time_ns() if started is None else started) - _GRAIN_NS


class _Scanner:
    """A scan in progress. Files with times before `settled` can be trusted."""

    def __init__(self, root: Path, known: Mapping[str, bytes], settled: int) -> None:
        self._root = root
        self._known = known
        self._settled = settled
        self.found = Scan()

    def visit_only(self, folders: list[str]) -> None:
        """Visit these folders and new ones inside them; skip all other known folders."""
        self.found.partial = True
        self.found.passed = self._known.keys() - set(folders)
        self.visit(folders)

    def visit_with_fork(self) -> None:
        """Visit all folders, but for those that a fork finds unchanged."""
        half = sorted(self._known)[::2]
        self.found.passed = set(half)
        with forked_check(half, self._is_unchanged) as changed:
            # Skipped folders lead to others, which are visited for themselves.
            self.visit([*ROOTS, *self._known])
            self.found.passed -= (differing := changed())
            self.visit(differing)

    def visit(self, folders: Iterable[str]) -> None:
        """Visit folders and those inside them, except where they are skipped."""
        found, waiting = self.found, list(folders)
        while waiting:
            folder = waiting.pop()
            if folder in found.standing or folder in found.passed:
                continue
            try:
                content = self._content_of(folder)
            except FileNotFoundError:
                found.passed = {path for path in found.passed if not _is_in(path, folder)}
                continue
            except OSError as error:
                # The folder can't be read, so what was in it may well be there still.
                found.passed |= {path for path in self._known if _is_in(path, folder)}
                found.problems.append(Problem(folder, 0, 0, f"can't be read: {error.strerror}"))
                continue
            waiting += content.folders
            self._record(folder, content)

    def _record(self, folder: str, content: DirectoryContent) -> None:
        found, settled = self.found, self._settled
        found.standing.add(folder)
        found.seen += len(content.names)
        found.problems += content.problems
        signature = content.signature(settled)
        if not signature or signature != self._known.get(folder):
            files = content.files(folder, settled)
            found.changed.append(DirectoryRecord(folder, files, signature))

    def _is_unchanged(self, folder: str) -> bool:
        """Whether a known folder is unchanged, with no new folder in it and nothing to report."""
        try:
            content = self._content_of(folder)
        except OSError:
            return False
        signature = content.signature(self._settled)
        inside_known = all(path in self._known for path in content.folders)
        same = bool(signature) and signature == self._known[folder]
        return same and inside_known and not content.problems

    def _content_of(self, folder: str) -> DirectoryContent:
        return content_of(self._root, _root_of(folder), folder)


def _suspects(root: Path, known: Mapping[str, bytes], among: Iterable[str]) -> list[str]:
    """The folders to visit: those of the paths, all in a moved folder, and unsettled ones."""
    suspects = {folder for folder, signature in known.items() if not signature}
    for path in among:
        suspects.add(path.rpartition("/")[0])
        if path in known or (root / path).is_dir():
            suspects |= {path, *(folder for folder in known if _is_in(folder, path))}
    if "content" in suspects:
        suspects |= {*ROOTS}
    return [folder for folder in suspects if _root_of(folder) and not is_path_ignored(folder)]


def _root_of(folder: str) -> str:
    """Return the root of sources that a folder belongs to; empty if to none."""
    return next((base for base in ROOTS if _is_in(folder, base)), "")


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
