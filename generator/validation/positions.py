"""The positions of values: the file, and the line and column of each key and value.

Positions are computed only when there is a Problem to report, so a file without errors costs
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from generator.errors import Problem, Problems

# A file with more errors is not what it seems, and a longer list helps nobody.
MAX_ERRORS = 100

Keys = tuple[str | int, ...]
"""The way to a value from the top: keys of mappings and, counted from 0, items of lists."""


class Positions(Protocol):
    """Line and column, each from 1, of the value at the end of `keys`."""

    has_comments: bool
    """Whether there may be a comment after a value; most files have none."""

    def key(self, keys: Keys) -> tuple[int, int]:
        """Return where the last key itself was written."""
        ...

    def value(self, keys: Keys) -> tuple[int, int]:
        """Return where the value begins."""
        ...

    def comment(self, keys: Keys) -> tuple[int, int] | None:
        """Return where a comment begins that cuts the value short, or takes its place."""
        ...

    def quoting(self, keys: Keys) -> str:
        """Advice to put the value in quotes, so that it is text; empty if that can't help."""
        ...


class _NoPositions:
    has_comments = False

    def key(self, keys: Keys) -> tuple[int, int]:
        return 0, 0

    def value(self, keys: Keys) -> tuple[int, int]:
        return 0, 0

    def comment(self, keys: Keys) -> tuple[int, int] | None:
        return None

    def quoting(self, keys: Keys) -> str:
        return ""


NOWHERE: Positions = _NoPositions()
"""Positions for values that come from no file."""


@dataclass(frozen=True, slots=True)
class SourceContext:
    """The file that values come from, and the collector of that one file's Problems.

    `typed` is true for TOML, where a number is a number; false for YAML, whose scalars are read
    as the text that was written and typed only by what a key expects.
    """

    path: str
    problems: Problems
    positions: Positions = NOWHERE
    typed: bool = True

    @property
    def full(self) -> bool:
        """Whether the file has so many errors that no more of them are listed."""
        return len(self.problems.found) > MAX_ERRORS

    def problem_at_value(self, keys: Keys, message: str, hint: str = "") -> None:
        """Report an error of the value at `keys`."""
        if not self.full:
            self._tell(self.positions.value(keys), message, hint)

    def problem_at_key(self, keys: Keys, message: str, hint: str = "") -> None:
        """Report an error of the key at `keys`."""
        if not self.full:
            self._tell(self.positions.key(keys), message, hint)

    def problem_at(self, place: tuple[int, int], message: str, hint: str = "") -> None:
        """Report an error at a line and column."""
        if not self.full:
            self._tell(place, message, hint)

    def _tell(self, place: tuple[int, int], message: str, hint: str) -> None:
        if len(self.problems.found) == MAX_ERRORS:
            message, hint = f"has more errors than these {MAX_ERRORS}", ""
        self.problems.add(Problem(self.path, *place, message, hint))
