"""Errors as the browser shows them: with the lines around each, and a link to the editor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Problem
from generator.serve.editor import link_to

_AROUND = 2
_LARGEST_FILE = 4 << 20
_LONGEST_LINE = 240
_MOST_EXCERPTS = 50


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file, from number `first` on. `line` is that of the error.

    `column` counts from 1 in the line as it is shown here, and is 0 if it is not known.
    """

    first: int
    lines: tuple[str, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """An error, its file if there is one, and the link that opens it there."""

    problem: Problem
    file: str = ""
    link: str = ""
    excerpt: Excerpt | None = None


def shown(problems: Iterable[Problem], root: Path, form: str) -> tuple[ShownProblem, ...]:
    """Return the errors as the browser shows them. `form` is that of the editor's links.

    Call this when the build ends: the lines are those that it read, unless they changed since.
    """
    found: list[ShownProblem] = []
    read: dict[Path, list[str]] = {}
    for problem in problems:
        file = root / problem.path
        if not problem.path or not _is_text_file(file):
            found.append(ShownProblem(problem))
            continue
        excerpt = None
        if problem.line and len(found) < _MOST_EXCERPTS:
            excerpt = _excerpt(read.setdefault(file, _lines(file)), problem)
        link = link_to(form, file, problem.line, problem.column)
        found.append(ShownProblem(problem, str(file), link, excerpt))
    return tuple(found)


def _is_text_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as opened:
            text = opened.read(_LARGEST_FILE).decode("utf-8-sig", "replace")
    except OSError:
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _excerpt(lines: list[str], problem: Problem) -> Excerpt | None:
    if problem.line > len(lines):
        return None
    first = max(problem.line - _AROUND, 1)
    last = min(problem.line + _AROUND, len(lines))
    if last > problem.line and last == len(lines) and not lines[-1]:
        last -= 1
    at = problem.column
    cut = max(at - _LONGEST_LINE // 2, 0) if len(lines[problem.line - 1]) > _LONGEST_LINE else 0
    texts = []
    for number in range(first, last + 1):
        begin = cut if number == problem.line else 0
        texts.append(_cut(lines[number - 1], begin))
    # A cut at the beginning puts one character in the place of those that it leaves out.
    column = at - cut + 1 if cut and at else at
    return Excerpt(first, tuple(texts), problem.line, column)


def _cut(line: str, begin: int) -> str:
    text = line[begin : begin + _LONGEST_LINE]
    left = "…" if begin else ""
    right = "…" if begin + _LONGEST_LINE < len(line) else ""
    return f"{left}{text}{right}"
