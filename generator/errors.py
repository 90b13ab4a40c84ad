"""What can be wrong, said so that its author can mend it.

A `Problem` names a place, what was expected and what was found. Stages collect problems and
go on, so that one run lists them all; exceptions are for faults that stop a command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]

MOST_OF_ONE_FILE = 100


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in something that a user wrote.

    `path` is relative to the portal's root where the file lies inside it; `line` and `column`
    count from 1, and 0 means that the place is not known.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.severity}: {self.message}{hint}"


@dataclass(slots=True)
class Problems:
    """Problems in the order in which they were found, each of them once."""

    found: dict[Problem, None] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        self.found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    @property
    def errors(self) -> list[Problem]:
        """The errors, sorted by file and line."""
        return sorted(problem for problem in self.found if problem.severity == "error")

    @property
    def warnings(self) -> list[Problem]:
        """The warnings, sorted by file and line."""
        return sorted(problem for problem in self.found if problem.severity == "warning")


def shortened(problems: Sequence[Problem]) -> list[Problem]:
    """The first problems of one file, and how many more there are if they are too many to read."""
    if len(problems) <= MOST_OF_ONE_FILE:
        return list(problems)
    ordered = sorted(problems, key=lambda problem: problem.severity)
    first, more = ordered[:MOST_OF_ONE_FILE], len(problems) - MOST_OF_ONE_FILE
    message = f"{more:,} more problems of this file are not listed"
    return [*first, Problem(first[0].path, 0, 0, message, severity=ordered[-1].severity)]


class BroadsheetError(Exception):
    """A fault that stops a command; `exit_code` is what the process then returns."""

    exit_code = 2

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class ConfigError(BroadsheetError):
    """site.toml, or the way a command was called, is wrong."""


class ContentError(BroadsheetError):
    """The portal's content or templates have errors: nothing was published."""

    exit_code = 1


class OutputError(BroadsheetError):
    """The output folder, or the state beside it, can't be written."""


def did_you_mean(found: str, choices: Iterable[str], *, like: float = 0.6) -> str:
    """A hint that names the nearest valid choice, or nothing when none is near.

    `like` is how near it must be, from 0 (anything) to 1 (the same).
    """
    nearest = get_close_matches(found.casefold(), list(choices), n=1, cutoff=like)
    return f"did you mean '{nearest[0]}'?" if nearest else ""
