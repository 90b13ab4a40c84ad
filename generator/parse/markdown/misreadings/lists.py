"""Lists below a paragraph, and lists whose insides are not indented by four spaces a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.edit import Edit
from generator.parse.markdown.misreadings.blocks import LISTS, Block, Row, row
from generator.parse.markdown.misreadings.misreading import Misreading

INDENT = 4
_BOXES = {"[ ]": "\u2610", "[x]": "\u2611", "[X]": "\u2611"}
# The line that ends fenced code becomes a blank one.
_FENCES = ("```", "~~~")
_BOX_LENGTH = 3


def find_lists(text: Block, lines: Sequence[str]) -> Iterator[Misreading]:
    """Yield what is misread of the lists of a text."""
    for block in text.walk():
        if block.kind in LISTS and block.quotes is not None and not block.items:
            yield from _Outermost(block, lines, block.quotes).find()


def find_tables(text: Block, lines: Sequence[str]) -> Iterator[Misreading]:
    """Yield the tables that have no blank line above them."""
    for block in text.walk():
        if block.kind == "table" and block.quotes is not None and block.touches_paragraph:
            at = row(lines[block.first], block.quotes)
            if at is not None:
                message = "a table right below a paragraph is read as a part of it"
                yield _parted(block.first, at, message, "leave a blank line above the table")


def _parted(line: int, at: Row, message: str, hint: str) -> Misreading:
    """Return the misreading of a line that a blank line above it puts right."""
    edit = Edit(line + 1, 1, 0, f"{at.prefix.rstrip()}\n")
    return Misreading("touching", line + 1, at.column, message, hint, (edit,))


class _Outermost:
    """A list that is in no other list, with all that is in it."""

    def __init__(self, block: Block, lines: Sequence[str], quotes: int) -> None:
        self._list = block
        self._rows = {at: row(lines[at], quotes) for at in range(block.first, block.last)}

    def find(self) -> Iterator[Misreading]:
        for block in self._list.walk():
            at = self._rows.get(block.first)
            if at is None or block.quotes is None:
                continue
            if block.kind in LISTS and block.children:
                yield from self._touching(block, at)
            elif block.kind == "list_item":
                yield from _task(block, at)
        found = list(self._misplaced())
        if found:
            first, *others = found
            edits = tuple(self._indented())
            yield Misreading(first.kind, first.line, first.column, first.message, first.hint, edits)
            yield from others

    def _touching(self, block: Block, at: Row) -> Iterator[Misreading]:
        # A list may follow the first line of the item around it.
        if block.touches_paragraph and not (block.items and _follows_first(block)):
            message = "a list right below a paragraph is read as a part of it"
            hint = "leave a blank line above the list, or write a backslash before its first sign"
            yield _parted(block.first, at, message, hint)
        for before, item in zip(block.children, block.children[1:], strict=False):
            begins = self._rows.get(item.first)
            if begins and self._has_parts(before, item):
                message = "a list item right below one with several parts is read as one of them"
                yield _parted(item.first, begins, message, "leave a blank line above the item")

    def _has_parts(self, before: Block, item: Block) -> bool:
        """Whether an item has blank lines inside, but none before the next item."""
        *inside, last = (self._rows.get(line) for line in range(before.first, item.first))
        if last is None or not last.text or last.text.startswith(_FENCES):
            return False
        return any(at and not at.text for at in inside)

    def _misplaced(self) -> Iterator[Misreading]:
        """Yield what has no multiple of four blanks, and numbers with a parenthesis."""
        for block in self._list.walk():
            at = self._rows.get(block.first)
            if block is self._list or at is None or block.quotes is None:
                continue
            depth = len(block.items)
            if block.kind == "list_item" and block.markup == ")":
                hint = "write a full stop after the number"
                yield _misplaced(block, at, "a number with a parenthesis is read as text", hint)
            elif block.kind in LISTS and not _fits(at.indent, depth):
                message = f"a list inside a list is indented by {at.indent} spaces"
                yield _misplaced(block, at, message, f"indent it by {INDENT * depth}")
            elif _is_further(block) and at.indent < _needed(block, depth):
                message = f"a further part of a list item is indented by {at.indent} spaces"
                yield _misplaced(block, at, message, f"indent it by {_needed(block, depth)}")

    def _indented(self) -> Iterator[Edit]:
        """Yield the edits that give the whole list its blanks."""
        inner: dict[int, Block] = {}
        skipped: set[int] = set()
        for block in self._list.walk():
            lines = range(block.first, block.last)
            if block.kind == "list_item":
                inner.update(dict.fromkeys(lines, block))
            elif block.kind == "fence":
                skipped.update(lines)
        for line, at in self._rows.items():
            item = inner.get(line)
            if item is None or at is None or not at.text or line in skipped:
                continue
            blanks = self._blanks(line, at, item)
            if blanks is not None and blanks != len(at.blanks):
                yield Edit(line + 1, len(at.prefix) + 1, len(at.blanks), " " * blanks)
            if line == item.first and item.markup == ")":
                yield Edit(line + 1, at.column + at.text.index(")"), 1, ".")

    def _blanks(self, line: int, at: Row, item: Block) -> int | None:
        depth = len(item.items)
        if line == item.first:
            return INDENT * depth
        opening = self._rows[item.first]
        offset = opening.offset if opening else None
        if offset is None or at.indent < offset:
            return None
        return INDENT * (depth + 1) + at.indent - offset


def _follows_first(block: Block) -> bool:
    return block.before is not None and block.before.before is None


def _is_further(block: Block) -> bool:
    """Whether this is a block of an item after its first, but for lists and fenced code."""
    assert block.parent
    if block.parent.kind != "list_item" or block.kind in ("fence", *LISTS):
        return False
    return block.before is not None


def _needed(block: Block, depth: int) -> int:
    return INDENT * (depth + 1 if block.kind == "code_block" else depth)


def _fits(indent: int, depth: int) -> bool:
    return INDENT * depth <= indent < INDENT * (depth + 1)


def _misplaced(block: Block, at: Row, message: str, hint: str) -> Misreading:
    return Misreading("nesting", block.first + 1, at.column, message, hint)


def _task(item: Block, at: Row) -> Iterator[Misreading]:
    content = item.children[0].content if item.children else ""
    box = content[:_BOX_LENGTH]
    if box in _BOXES and content[_BOX_LENGTH:].startswith((" ", "\t")) and box in at.text:
        column = at.column + at.text.index(box)
        edit = Edit(item.first + 1, column, _BOX_LENGTH, _BOXES[box])
        message = f"the box of a task, {box}, is read as brackets"
        hint = f"write {_BOXES[box]}"
        yield Misreading("task list", item.first + 1, column, message, hint, (edit,))
