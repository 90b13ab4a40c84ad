"""What can be wrong, worded so that its author can fix it.

A `Problem` names a place, what was expected and what was found. Stages collect problems and
go on, so that one run lists them all; exceptions are for errors that stop a command.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generator import __version__

Severity = Literal["error", "warning"]

MOST_OF_ONE_FILE = 100

CHANGED_MEANWHILE = "changed while the site was built"
"""How the message of an error begins that the next build does not have."""

TRACEBACK = "BROADSHEET_TRACEBACK"
"""The environment variable that adds a traceback to every unexpected error."""

_PACKAGE = Path(__file__).parent
_LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error in something that a user wrote.

    `path` is relative to the portal's root if the file is inside it; `line` and `column`
    count from 1, and 0 means that the place is not known. `code` names the rule of `check` that
    found it, if there is one.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    severity: Severity = "error"
    code: str = ""

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        hint = f" ({self.hint})" if self.hint else ""
        code = f" [{self.code}]" if self.code else ""
        return f"{place}: {self.severity}: {self.message}{hint}{code}"


@dataclass(slots=True)
class Problems:
    """Problems in the order in which they were found, each of them once.

    `applied` may change the severity of a problem, or leave it out.
    """

    found: dict[Problem, None] = field(default_factory=dict)
    applied: Callable[[Problem], Problem | None] | None = None

    def add(self, problem: Problem) -> None:
        """Add a problem, as `applied` returns it."""
        if self.applied is None:
            self.found[problem] = None
        elif (changed := self.applied(problem)) is not None:
            self.found[changed] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def forget(self, paths: Collection[str]) -> None:
        """Remove the problems of some files."""
        self.found = {problem: None for problem in self.found if problem.path not in paths}

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
    """An error that stops a command; `exit_code` is what the process then returns."""

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


class UnexpectedError(BroadsheetError):
    """A bug in Broadsheet, which `unexpected` describes."""

    exit_code = 1


def unexpected(error: BaseException, path: str) -> Problem:
    """Return the error for an exception that nothing else explains, met at `path`."""
    if isinstance(error, MemoryError):
        hint = "close other programs, or use fewer --jobs"
        return Problem(path, 0, 0, "there is not enough memory for this", hint)
    from textwrap import shorten

    kind, text = type(error).__name__, shorten(str(error), _LONGEST_MESSAGE, placeholder="…")
    message = f"unexpected {kind}: {text}, raised at {raised_at(error)}"
    hint = f"this is a bug in Broadsheet {__version__}: please report it with this line"
    if os.environ.get(TRACEBACK):
        from traceback import format_exception

        hint = "\n".join([hint, *format_exception(error)])
    else:
        hint += f"; {TRACEBACK}=1 shows more"
    return Problem(path, 0, 0, message, hint)


def raised_at(error: BaseException) -> str:
    """Return the file and line of Broadsheet that an exception came from, or passed last."""
    from traceback import extract_tb

    # A worker's exception comes without its traceback, but with a note of the place.
    for note in getattr(error, "__notes__", ()):
        return str(note)
    for frame in reversed(extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if _PACKAGE in file.parents and file.suffix == ".py":
            return f"{_PACKAGE.name}/{file.relative_to(_PACKAGE).as_posix()}:{frame.lineno}"
    return "an unknown place"


def did_you_mean(found: str, choices: Iterable[str], *, like: float = 0.6) -> str:
    """Return a hint that names the nearest valid choice, or nothing when none is near.

    `like` is how near it must be, from 0 (anything) to 1 (the same).
    """
    from difflib import get_close_matches

    nearest = get_close_matches(found.casefold(), list(choices), n=1, cutoff=like)
    return f"did you mean '{nearest[0]}'?" if nearest else ""
