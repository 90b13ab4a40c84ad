"""Changes of a source that a command writes for its author."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Text that replaces `length` characters of a line; `line` and `column` count from 1."""

    line: int
    column: int
    length: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits that do not overlap, each line with its own kind of line end.

    Of two edits at one place, the one that replaces nothing comes first.
    """
    lines = _LINE.findall(text)
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line - 1]
        end = line[len(line.rstrip("\r\n")) :] or "\n"
        start = edit.column - 1
        inserted = edit.text.replace("\n", end)
        lines[edit.line - 1] = line[:start] + inserted + line[start + edit.length :]
    return "".join(lines)
