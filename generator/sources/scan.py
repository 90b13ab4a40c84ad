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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import attrgetter, itemgetter
from pathlib import Path

import msgspec

from generator.errors import Problem
from generator.model.places import ARTICLES, AUTHORS, MEDIA, PAGES, STATIC
from generator.model.source import SourceFile, SourceKind

_ROOTS = (ARTICLES, PAGES, AUTHORS, MEDIA, STATIC)
_MARKDOWN: dict[str, SourceKind] = {ARTICLES: "article", PAGES: "page", AUTHORS: "author"}
_LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
# Coarser than any file system's clock: FAT keeps times to two seconds.
_GRAIN_NS = 3_000_000_000

_by_name = attrgetter("name")
_numbers = attrgetter("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino")
_times = itemgetter(0, 1)
_pack = msgspec.msgpack.Encoder().encode


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


@dataclass(slots=True)
class _Content:
    """What one folder holds: folders, and of each file its name, kind, times, size and inode."""

    folders: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: list[SourceKind] = field(default_factory=list)
    stamps: list[tuple[int, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def signature(self, settled: int) -> bytes:
        """Equal for a folder that is as it was; empty if something in it is not `settled` yet."""
        newest = max(map(max, zip(*map(_times, self.stamps), strict=True)), default=0)
        if self.problems or newest >= settled:
            return b""
        return blake2b(_pack((self.names, self.stamps)), digest_size=16).digest()

    def files(self, folder: str, settled: int) -> tuple[SourceFile, ...]:
        """The files as sources; what is not `settled` yet has no stamp."""
        return tuple(
            SourceFile(
                f"{folder}/{name}",
                kind,
                ":".join(map(str, stamp)) if max(_times(stamp)) < settled else "",
            )
            for name, kind, stamp in zip(self.names, self.kinds, self.stamps, strict=True)
        )


def scan(root: Path, known: Mapping[str, bytes], started: int | None = None) -> Scan:
    """Look over the portal's content; `known` has the signatures of folders by path.

    `started` is the system's clock as the look begins, in nanoseconds; it is read if left out.
    """
    found = Scan()
    settled = (time.time_ns() if started is None else started) - _GRAIN_NS
    for base in _ROOTS:
        waiting = [base]
        while waiting:
            folder = waiting.pop()
            try:
                content = _content(root, base, folder)
            except FileNotFoundError:
                continue
            except OSError as fault:
                problem = Problem(folder, 0, 0, f"can't be read: {fault.strerror}")
                found.problems.append(problem)
                continue
            waiting += content.folders
            found.standing.add(folder)
            found.seen += len(content.names)
            found.problems += content.problems
            signature = content.signature(settled)
            if not signature or signature != known.get(folder):
                files = content.files(folder, settled)
                found.changed.append(Folder(folder, files, signature))
    found.changed.sort(key=lambda folder: folder.path)
    return found


def _content(root: Path, base: str, folder: str) -> _Content:
    """What a folder holds, by name. Raises `OSError`."""
    content = _Content()
    text = _MARKDOWN.get(base)
    with _opened(f"{root}/{folder}") as entries:
        for entry in sorted(entries, key=_by_name):
            name = entry.name
            if text and name[-3:] == ".md" and name[0] not in ".#" and _is_plain(entry):
                kind: SourceKind | None = text
            elif problem := _entry_problem(entry, f"{folder}/{name}", root):
                content.problems.append(problem)
                continue
            elif entry.is_dir():
                content.folders.append(f"{folder}/{name}")
                continue
            else:
                kind = _kind(base, name)
            if kind:
                try:
                    stamp = _numbers(entry.stat())
                except FileNotFoundError:
                    continue
                content.names.append(name)
                content.kinds.append(kind)
                content.stamps.append(stamp)
    return content


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Whether nothing about an entry has to be looked at: most are files with simple names."""
    return entry.name.isascii() and entry.is_file(follow_symlinks=False)


@contextmanager
def _opened(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """A folder's entries. Where the system can, it finds each of them from the open folder, which
    takes two thirds of the time of walking its whole path."""
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as entries:
            yield entries
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(descriptor) as entries:
            yield entries
    finally:
        os.close(descriptor)


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
        return _link_problem(path, root)
    if not entry.is_file() and not entry.is_dir():
        return Problem(path, 0, 0, "is neither a file nor a folder")
    return None


def _link_problem(path: str, root: Path) -> Problem | None:
    target = Path(os.path.realpath(root / path))
    content = Path(os.path.realpath(root / "content"))
    if content not in target.parents:
        hint = "copy the file into content/, as nothing outside it is published"
        return Problem(path, 0, 0, "is a symbolic link out of content/", hint)
    if not target.exists():
        return Problem(path, 0, 0, "is a symbolic link to nothing")
    if stat.S_ISDIR(target.stat().st_mode):
        return Problem(path, 0, 0, "is a symbolic link to a folder", "link to files, or move it")
    return None
