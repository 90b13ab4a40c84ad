"""Tables for people: columns that fit the terminal, and plain text elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import click
from rich.cells import cell_len

_GAP = "  "
_ELLIPSIS = "…"
_NARROWEST = 4
# An isolate keeps right-to-left text from moving what stands beside it
# (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates).
_ISOLATE, _POP = "\u2068", "\u2069"
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `least` is how narrow it may become, 0 if it is cut last.

    `cut` is the end at which its texts are cut. A column of `prose` may have any language. `tints`
    are colours by the words that begin a text.
    """

    heading: str
    least: int = 0
    cut: Literal["start", "end"] = "end"
    prose: bool = False
    tints: Mapping[str, str] = field(default_factory=dict)


def table_lines(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None,
    colour: bool = False,
) -> Iterator[str]:
    """Yield the lines of a table, the headings first.

    `width` is that of the terminal; None is for text that a program reads, which is never cut.
    """
    cells = [[_one_line(text) for text in row] for row in rows]
    widths = [
        max(map(cell_len, (column.heading, *(row[at] for row in cells))))
        for at, column in enumerate(columns)
    ]
    if width is not None:
        widths = _fitted(columns, widths, width)
    heads = [
        _padded(_cut(column.heading, size, "end"), size)
        for column, size in zip(columns, widths, strict=True)
    ]
    yield click.style(line, bold=True) if (line := _GAP.join(heads).rstrip()) and colour else line
    for row in cells:
        shown = (
            _cell(column, text, size, terminal=width is not None, colour=colour)
            for column, text, size in zip(columns, row, widths, strict=True)
        )
        yield _GAP.join(shown).rstrip()


def _one_line(text: str) -> str:
    """Return a text without line breaks, tabs and what else controls a terminal."""
    if text.isprintable():
        return text
    kept = (each if unicodedata.category(each) != "Cc" else " " for each in text)
    return " ".join("".join(kept).split())


def _fitted(columns: Sequence[Column], widths: Sequence[int], width: int) -> list[int]:
    """Make columns narrower until the table fits, those of prose first."""
    fitted = list(widths)
    over = sum(fitted) + len(_GAP) * (len(fitted) - 1) - width
    flexible = sorted(range(len(columns)), key=lambda at: not columns[at].prose)
    wanted = [column.least or size for column, size in zip(columns, widths, strict=True)]
    narrow = [
        _NARROWEST if column.least else size for column, size in zip(columns, widths, strict=True)
    ]
    for least in (wanted, narrow, [1] * len(columns)):
        for at in flexible:
            taken = min(max(over, 0), max(fitted[at] - least[at], 0))
            fitted[at] -= taken
            over -= taken
    return fitted


def _cell(column: Column, text: str, size: int, *, terminal: bool, colour: bool) -> str:
    shown = _cut(text, size, column.cut)
    padding = " " * (size - cell_len(shown))
    if terminal and column.prose:
        shown = f"{_ISOLATE}{_DIRECTIONS.sub('', shown)}{_POP}"
    if colour and (tint := column.tints.get(text.partition(",")[0])):
        shown = click.style(shown, fg=tint)
    return shown + padding


def _padded(text: str, size: int) -> str:
    return text + " " * (size - cell_len(text))


def _cut(text: str, size: int, end: Literal["start", "end"]) -> str:
    """Return a text that takes at most `size` cells."""
    if cell_len(text) <= size:
        return text
    kept, room = "", size - 1
    for character in text if end == "end" else reversed(text):
        room -= cell_len(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + _ELLIPSIS if end == "end" else _ELLIPSIS + kept[::-1]
