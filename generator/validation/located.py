"""The result of reading YAML or TOML: a mapping that knows where it was written.

Also the exception for text that can't be read at all, and the conversion of offsets to lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.validation.positions import NOWHERE, Positions

MAX_DEPTH = 32
"""Mappings and lists inside each other; what is deeper can't be meant."""


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """An error of the text itself, such as a key that is written twice."""

    line: int
    column: int
    message: str
    hint: str = ""


class LocatedMapping(dict[str, Any]):
    """The values of a text, the positions of each of them, and errors that hid no other value."""

    def __init__(
        self,
        values: dict[str, Any],
        positions: Positions = NOWHERE,
        syntax_problems: tuple[SyntaxProblem, ...] = (),
    ) -> None:
        super().__init__(values)
        self.positions = positions
        self.syntax_problems = syntax_problems


class UnreadableTextError(ValueError):
    """The text is not YAML or TOML, or uses what is refused. It carries one `SyntaxProblem`."""

    def __init__(self, syntax_problem: SyntaxProblem) -> None:
        super().__init__(syntax_problem.message)
        self.syntax_problem = syntax_problem


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, each from 1, of a character of `text`."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
