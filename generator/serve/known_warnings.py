"""Remembers the warnings of each source, which only the build that reads it reports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.errors import Problem

_Stamp = tuple[int, int]


class KnownWarnings:
    """The warnings of the builds so far, of files that are as they were."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: dict[str, tuple[_Stamp | None, tuple[Problem, ...]]] = {}

    def add(self, warnings: Iterable[Problem]) -> None:
        """Note the warnings of a build, in the place of earlier ones of the same files."""
        by_file: dict[str, list[Problem]] = {}
        for warning in warnings:
            by_file.setdefault(warning.path, []).append(warning)
        for path, found in by_file.items():
            self._found[path] = (self._stamp(path), tuple(found))

    def of(self, path: str) -> tuple[Problem, ...]:
        """Return the warnings of a file, none if it changed since."""
        stamp, found = self._found.get(path, (None, ()))
        return found if found and stamp == self._stamp(path) else ()

    def _stamp(self, path: str) -> _Stamp | None:
        try:
            status = (self._root / path).stat()
        except (OSError, ValueError):
            return None
        return status.st_size, status.st_mtime_ns
