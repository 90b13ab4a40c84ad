"""Fenced code in lists and quotations, fences that are indented, and fences with options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.edit import Edit
from generator.parse.markdown.misreadings.blocks import Block, Row, row
from generator.parse.markdown.misreadings.lists import INDENT
from generator.parse.markdown.misreadings.misreading import Misreading
from generator.parse.markdown.python_markdown.fences import FENCE


def find_fences(text: Block, lines: Sequence[str]) -> Iterator[Misreading]:
    """Yield what is misread of the fenced code of a text."""
    for block in text.walk():
        if block.kind == "fence":
            found = _nested(block, lines) if block.ancestors else _outermost(block, lines)
            if found:
                yield found


def _outermost(block: Block, lines: Sequence[str]) -> Misreading | None:
    opening = row(lines[block.first], 0)
    if opening is None or (not opening.blanks and FENCE.fullmatch(lines[block.first])):
        return None
    edits = [
        Edit(line + 1, 1, min(len(at.blanks), len(opening.blanks)), "")
        for line in range(block.first, block.last)
        if opening.blanks and (at := row(lines[line], 0)) and at.blanks
    ]
    language = block.info.split()[0].partition("{")[0] if block.info.strip() else ""
    if not FENCE.fullmatch(opening.text):
        start = opening.column + len(block.markup)
        edits.append(Edit(block.first + 1, start, len(opening.text) - len(block.markup), language))
        message = "a fence with options is read as text"
        return _misreading(block, opening, message, "leave only the language", edits)
    message = "an indented fence is read as text"
    return _misreading(block, opening, message, "write the fence without spaces before it", edits)


def _nested(block: Block, lines: Sequence[str]) -> Misreading | None:
    quotes = block.quotes
    opening = row(lines[block.first], quotes or 0)
    if opening is None:
        return None
    hint = "indent the code by four more spaces, without fences, or move it out"
    edits = []
    opens_item = bool(block.items) and block.items[-1].first == block.first
    if quotes is not None and not opens_item:
        edits = list(_code(block, lines, quotes))
    return _misreading(
        block, opening, "a fence in a list or a quotation is read as text", hint, edits
    )


def _code(block: Block, lines: Sequence[str], quotes: int) -> Iterator[Edit]:
    """Yield the edits that make indented code of fenced code."""
    opening = row(lines[block.first], quotes)
    if opening is None:
        return
    wanted = INDENT * (len(block.items) + 1)
    closed = block.first
    for line in range(block.first + 1, block.last):
        at = row(lines[line], quotes)
        if at and at.text.startswith(block.markup) and not at.text.strip(block.markup[0] + " "):
            closed = line
        elif at and at.text:
            blanks = wanted + max(0, at.indent - opening.indent)
            yield Edit(line + 1, len(at.prefix) + 1, len(at.blanks), " " * blanks)
    for line in {block.first, closed}:
        at = row(lines[line], quotes)
        if at:
            yield Edit(line + 1, len(at.prefix) + 1, len(at.blanks) + len(at.text), "")


def _misreading(
    block: Block, at: Row, message: str, hint: str, edits: Sequence[Edit]
) -> Misreading:
    return Misreading("fence", block.first + 1, at.column, message, hint, tuple(edits))
