"""Finds the articles that seem to be the newest, without reading any.

Dates and News IDs are numbers in the paths of most archives, as in `2024/01/20/7519.md`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from heapq import heappop, heappush
from math import inf
from pathlib import Path

from generator.model.paths import ARTICLES
from generator.scan.ignore import is_ignored

_NUMBER = re.compile("[0-9]{1,18}")

_Entry = tuple[tuple[float, ...], int, str, bool]
"""The numbers in a path, negative; the time, negative; the path; and whether it is a folder."""


def newest_articles(root: Path) -> Iterator[str]:
    """Yield the paths of articles, first those whose paths have the highest numbers.

    The first number counts most, then the second, and so on; where there is none, the newer file
    comes first. Folders are opened only when their articles may be next. Symbolic links, and
    what can't be read, are left out.
    """
    waiting = [_folder(ARTICLES)]
    while waiting:
        _, _, path, is_folder = heappop(waiting)
        if not is_folder:
            yield path
            continue
        for entry in _entries(root, path):
            heappush(waiting, entry)


def _entries(root: Path, folder: str) -> Iterator[_Entry]:
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if is_ignored(folder, entry.name) or not _is_text(path):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield _folder(path)
                elif path.lower().endswith(".md") and entry.is_file(follow_symlinks=False):
                    yield _article(path, entry)
    except OSError:
        return


def _folder(path: str) -> _Entry:
    """Return the entry of a folder, which comes before all that may be in it."""
    return (*_numbers(path), -inf), 0, path, True


def _article(path: str, entry: os.DirEntry[str]) -> _Entry:
    numbers = _numbers(path)
    return (*numbers, inf), 0 if numbers else -entry.stat().st_mtime_ns, path, False


def _numbers(path: str) -> tuple[int, ...]:
    return tuple(-int(number) for number in _NUMBER.findall(path, len(ARTICLES)))


def _is_text(path: str) -> bool:
    """Return whether a path can be written in UTF-8, as that of every source must be."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
