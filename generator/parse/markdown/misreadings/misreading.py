"""One place that `python-markdown` reads otherwise than its author is likely to mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.edit import Edit

Kind = Literal[
    "touching", "nesting", "fence", "task list", "address", "html", "line break", "heading"
]


@dataclass(frozen=True, slots=True)
class Misreading:
    """A place in a text, what is read there, and what to write instead.

    `line` and `column` count from 1. Without `edits`, only the author can change it.
    """

    kind: Kind
    line: int
    column: int
    message: str
    hint: str
    edits: tuple[Edit, ...] = ()
