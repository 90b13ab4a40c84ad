"""Finds the files under `content/` that may have changed, and says what each of them is.

Sizes and times are only a hint that saves reading: a folder whose names, sizes, times and inodes
are as they were is passed over, and in others each file whose stamp is another is read. A file
that was changed within the clock's grain of the scan has no stamp, as it could change again
without a trace ("racily clean", https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from generator.errors import Problem
from generator.model.places import ARTICLES, AUTHORS, MEDIA, PAGES, STATIC
from generator.model.source import SourceFile, SourceKind

_ROOTS = (ARTICLES, PAGES, AUTHORS, MEDIA, STATIC)
_MARKDOWN: dict[str, SourceKind] = {ARTICLES: "article", PAGES: "page", AUTHORS: "author"}
_LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
# Coarser than any file system's clock: FAT keeps times to two seconds.
_GRAIN_NS = 3_000_000_000


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is not as it was: its files, and the signature under which it is settled.

    `signature` is empty while the folder holds something too new, or something with a problem.
    """

    path: str
    files: tuple[SourceFile, ...]
    signature: bytes


@dataclass(slots=True)
class Scan:
    """What a look over `content/` found. `seen` counts all files, `standing` names all folders."""

    seen: int = 0
    changed: list[Folder] = field(default_factory=list)
    standing: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """How many files lie in folders that are not as they were."""
        return sum(len(folder.files) for folder in self.changed)


def scan(root: Path, known: Mapping[str, bytes], started: int | None = None) -> Scan:
    """Look over the portal's content; `known` has the signatures of folders by path.

    `started` is the system's clock as the look begins, in nanoseconds; it is read if left out.
    """
    found = Scan()
    started = time.time_ns() if started is None else started
    for base in _ROOTS:
        waiting = [base]
        while waiting:
            folder = waiting.pop()
            waiting += _look(root, base, folder, known, started, found)
    found.changed.sort(key=lambda folder: folder.path)
    return found


def _look(
    root: Path, base: str, folder: str, known: Mapping[str, bytes], started: int, found: Scan
) -> list[str]:
    """Look at one folder; returns the folders inside it."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as fault:
        found.problems.append(Problem(folder, 0, 0, f"can't be read: {fault.strerror}"))
        return []
    found.standing.add(folder)
    inside, stamps, files, sound = [], [], [], True
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if problem := _entry_problem(entry, path, root):
            found.problems.append(problem)
            sound = False
        elif entry.is_dir():
            inside.append(path)
        elif kind := _kind(base, entry.name):
            stamp, settled = _stamp(entry.stat(), started)
            stamps.append(f"{entry.name}\0{stamp}")
            sound = sound and settled
            files.append((path, kind, stamp if settled else ""))
    found.seen += len(files)
    signature = blake2b("\n".join(stamps).encode(), digest_size=16).digest() if sound else b""
    if not signature or known.get(folder) != signature:
        sources = tuple(SourceFile(*file) for file in files)
        found.changed.append(Folder(folder, sources, signature))
    return inside


def _stamp(status: os.stat_result, started: int) -> tuple[str, bool]:
    """Size, times and inode as text, and whether they are old enough to be trusted."""
    newest = max(status.st_mtime_ns, status.st_ctime_ns)
    stamp = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"
    return stamp, newest + _GRAIN_NS < started


def _kind(base: str, name: str) -> SourceKind | None:
    if name in _LITTER or name.endswith("~"):
        return None
    if base == STATIC:
        return "static"
    if name.startswith((".", "#")):
        return None
    if base != MEDIA and name.lower().endswith(".md"):
        return _MARKDOWN[base]
    return "media"


def _entry_problem(entry: os.DirEntry[str], path: str, root: Path) -> Problem | None:
    if not path.isascii():
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            shown = os.fsencode(path).decode("utf-8", "backslashreplace")
            return Problem(shown, 0, 0, "the file's name is not UTF-8", "rename it")
    if entry.is_symlink():
        return _link_problem(entry, path, root)
    if not entry.is_file() and not entry.is_dir():
        return Problem(path, 0, 0, "is neither a file nor a folder")
    return None


def _link_problem(entry: os.DirEntry[str], path: str, root: Path) -> Problem | None:
    target = Path(os.path.realpath(entry.path))
    content = Path(os.path.realpath(root / "content"))
    if content not in target.parents:
        hint = "copy the file into content/, as nothing outside it is published"
        return Problem(path, 0, 0, "is a symbolic link out of content/", hint)
    if not target.exists():
        return Problem(path, 0, 0, "is a symbolic link to nothing")
    if stat.S_ISDIR(target.stat().st_mode):
        return Problem(path, 0, 0, "is a symbolic link to a folder", "link to files, or move it")
    return None
