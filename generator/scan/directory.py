"""What one folder under `content/` holds: which of its entries are sources, and their problems.

Every build runs this code for every file of the archive, so it does as little as possible.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from pathlib import Path

import msgspec

from generator.digest import digest
from generator.errors import Problem
from generator.model.paths import ARTICLES, AUTHORS, MEDIA, PAGES, STATIC
from generator.model.rules import Rule
from generator.model.source import SourceFile, SourceKind
from generator.scan.ignore import is_ignored, would_be_missed

_MARKDOWN: dict[str, SourceKind] = {ARTICLES: "article", PAGES: "page", AUTHORS: "author"}
# Only with one of these first characters can the name of a Markdown file be ignored.
_SUSPICIOUS = ".#~"

_by_name = attrgetter("name")
_numbers = attrgetter("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino")
_times = itemgetter(0, 1)
_pack = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class DirectoryContent:
    """The folders in one folder, and the name, kind, times, size and inode of each file.

    A folder with a warning, unlike one with an error, can be skipped in the next build.
    """

    folders: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: list[SourceKind] = field(default_factory=list)
    stamps: list[tuple[int, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def signature(self, settled: int) -> bytes:
        """Equal for an unchanged folder; empty if a file in it changed after `settled`."""
        newest = max(map(max, zip(*map(_times, self.stamps), strict=True)), default=0)
        if newest >= settled or any(each.severity == "error" for each in self.problems):
            return b""
        return digest(_pack((self.names, self.stamps)))

    def files(self, folder: str, settled: int) -> tuple[SourceFile, ...]:
        """Return the files as sources; one that changed after `settled` has no stamp."""
        return tuple(
            SourceFile(
                f"{folder}/{name}",
                kind,
                ":".join(map(str, stamp)) if max(_times(stamp)) < settled else "",
            )
            for name, kind, stamp in zip(self.names, self.kinds, self.stamps, strict=True)
        )


def content_of(root: Path, base: str, folder: str) -> DirectoryContent:
    """Read a folder, sorted by name. Raises `OSError`."""
    content = DirectoryContent()
    text = _MARKDOWN.get(base)
    with _opened(f"{root}/{folder}") as entries:
        for entry in sorted(entries, key=_by_name):
            name = entry.name
            if text and name[-3:] == ".md" and name[0] not in _SUSPICIOUS and _is_plain(entry):
                kind = text
            elif is_ignored(folder, name):
                if base == STATIC and would_be_missed(name):
                    content.problems.append(_left_out(f"{folder}/{name}"))
                continue
            elif problem := _entry_problem(entry, f"{folder}/{name}", root):
                content.problems.append(problem)
                continue
            elif entry.is_dir():
                content.folders.append(f"{folder}/{name}")
                continue
            else:
                kind = _kind(base, name)
            try:
                stamp = _numbers(entry.stat())
            except FileNotFoundError:
                continue
            content.names.append(name)
            content.kinds.append(kind)
            content.stamps.append(stamp)
    return content


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry needs no further checks, as most do: a file with a simple name."""
    return entry.name.isascii() and entry.is_file(follow_symlinks=False)


@contextmanager
def _opened(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """A folder's entries. Where possible, their status is read relative to the open folder, which
    takes two thirds of the time that whole paths take."""
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


def _left_out(path: str) -> Problem:
    message = "is not published, as its name begins with a dot"
    hint = "in content/static/ only .well-known is; give a host its settings another way"
    return Problem(path, 0, 0, message, hint, severity="warning", code=Rule.HIDDEN_FILE)


def _kind(base: str, name: str) -> SourceKind:
    if base == STATIC:
        return "static"
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
