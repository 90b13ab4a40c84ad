"""Markdown between the tags of raw HTML blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown.util import BLOCK_LEVEL_ELEMENTS

from generator.model.edit import Edit
from generator.model.html_tags import COMMENT, TAG_REST
from generator.parse.markdown.misreadings.blocks import Block
from generator.parse.markdown.misreadings.misreading import Misreading

_TAG = re.compile(rf"{COMMENT}|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*){TAG_REST}", re.DOTALL)
_GIVEN = re.compile(r"\smarkdown(?=[\s=>])", re.IGNORECASE)
_SIGN = re.compile(r"[*_`\[!<&\\~]")
_UNREAD = frozenset(
    "script style pre textarea canvas math option hr br img source col input".split()
)
# Here `markdown="1"` means text without paragraphs.
_INLINE = frozenset(("td", "th", "dd", "li"))
_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS) - _UNREAD


@dataclass(slots=True)
class _Open:
    """An element that is not yet ended."""

    name: str
    line: int
    column: int
    reads_markdown: bool
    plain_paragraphs: int = 0
    has_markdown: bool = False


def find_raw_blocks(text: Block, lines: Sequence[str]) -> Iterator[Misreading]:
    """Yield the raw HTML blocks with Markdown in them."""
    open_elements: list[_Open] = []
    for block in text.children:
        if block.kind == "html_block":
            for element in _tags(block, lines, open_elements):
                yield from _misread(element)
        else:
            _note(block, open_elements)


def _note(block: Block, open_elements: Sequence[_Open]) -> None:
    plain = block.kind == "paragraph" and not _SIGN.search(block.content)
    for element in open_elements:
        element.plain_paragraphs += plain
        if not plain or element.plain_paragraphs > 1:
            element.has_markdown = True


def _tags(block: Block, lines: Sequence[str], open_elements: list[_Open]) -> Iterator[_Open]:
    """Follow the tags of a block; yield the elements that end in it."""
    source = "\n".join(lines[block.first : block.last])
    for tag in _TAG.finditer(source):
        name = (tag["name"] or "").lower()
        if name not in _TAGS or tag[0].endswith("/>"):
            continue
        if not tag["end"]:
            before = source[: tag.start()]
            column = tag.start() - before.rfind("\n")
            given = _GIVEN.search(tag[0]) is not None
            line = block.first + before.count("\n") + 1
            open_elements.append(_Open(name, line, column, given))
        elif any(element.name == name for element in open_elements):
            while (element := open_elements.pop()).name != name:
                yield element
            yield element


def _misread(element: _Open) -> Iterator[Misreading]:
    if element.has_markdown and not element.reads_markdown:
        column = element.column + 1 + len(element.name)
        value = "block" if element.name in _INLINE else "1"
        attribute = f' markdown="{value}"'
        edit = Edit(element.line, column, 0, attribute)
        message = f"Markdown inside <{element.name}> is printed as written"
        hint = f"write <{element.name}{attribute}>"
        yield Misreading("html", element.line, element.column, message, hint, (edit,))
