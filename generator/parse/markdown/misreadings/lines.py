"""Lines of paragraphs and headings: line breaks by backslash, and number signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model.edit import Edit
from generator.parse.markdown.misreadings.blocks import Block
from generator.parse.markdown.misreadings.misreading import Misreading

_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_NO_HEADING = re.compile(r"#{1,6}[^#\s]")


def find_lines(text: Block, lines: Sequence[str]) -> Iterator[Misreading]:
    """Yield what is misread of the lines of a text."""
    for block in text.walk():
        if block.kind == "paragraph":
            yield from _paragraph(block, lines)
        elif block.kind == "heading" and block.markup.startswith("#") and not block.ancestors:
            line = lines[block.first]
            blanks = len(line) - len(line.lstrip(" "))
            if blanks:
                message = "an indented heading is read as text"
                hint = "write the heading without spaces before it"
                edit = Edit(block.first + 1, 1, blanks, "")
                yield Misreading("heading", block.first + 1, blanks + 1, message, hint, (edit,))


def _paragraph(block: Block, lines: Sequence[str]) -> Iterator[Misreading]:
    contents = block.content.split("\n")
    for number, content in enumerate(contents, block.first):
        if number >= len(lines):
            return
        start = lines[number].find(content)
        if start < 0:
            continue
        if _NO_HEADING.match(content):
            message = "a number sign at the beginning of a line makes a heading of it"
            edit = Edit(number + 1, start + 1, 0, "\\")
            hint = "write a backslash before the sign"
            yield Misreading("heading", number + 1, start + 1, message, hint, (edit,))
        if number < block.first + len(contents) - 1 and _BREAK.search(content):
            column = start + len(content)
            message = "a backslash at the end of a line is read as a backslash"
            edit = Edit(number + 1, column, 1, "  ")
            hint = "end the line with two spaces"
            yield Misreading("line break", number + 1, column, message, hint, (edit,))
