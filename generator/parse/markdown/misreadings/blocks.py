"""The blocks of a text as CommonMark reads them, as a tree, and where they stand in its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

_QUOTE = re.compile(r" {0,3}> ?")
_MARKER = re.compile(r"([-+*]|[0-9]{1,9}[.)])( *)")
_CODE_INDENT = 4
LISTS = ("bullet_list", "ordered_list")


@dataclass(slots=True)
class Block:
    """A block from line `first` up to line `last`, which is not part of it; both count from 0.

    `before` is the block before it among its siblings.
    """

    kind: str
    first: int
    last: int
    markup: str = ""
    info: str = ""
    content: str = ""
    parent: Block | None = None
    before: Block | None = None
    children: list[Block] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """Yield the block and all that are inside it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def ancestors(self) -> list[Block]:
        """The blocks around this one, from the outermost, without the text itself."""
        return [*self.parent.ancestors, self.parent] if self.parent and self.parent.parent else []

    @property
    def quotes(self) -> int | None:
        """How many quotations are around this block; None if it is in anything else, but a list.

        A quotation inside a list is something else, too.
        """
        kinds = [each.kind for each in self.ancestors]
        count = next((at for at, kind in enumerate(kinds) if kind != "blockquote"), len(kinds))
        return count if set(kinds[count:]) <= {*LISTS, "list_item"} else None

    @property
    def items(self) -> list[Block]:
        """The items of lists around this block, from the outermost."""
        return [each for each in self.ancestors if each.kind == "list_item"]

    @property
    def touches_paragraph(self) -> bool:
        """Whether this block begins on the line after that of a paragraph."""
        above = self.before
        return above is not None and above.kind == "paragraph" and above.last == self.first


def tree(tokens: Sequence[Token], lines: int) -> Block:
    """Return the blocks of a text as children of one that is the text itself."""
    root = Block("text", 0, lines)
    at = root
    for token in tokens:
        if token.nesting < 0:
            assert at.parent
            at = at.parent
        elif token.type == "inline":
            at.content = token.content
        else:
            first, last = token.map or (at.first, at.first)
            kind = token.type.removesuffix("_open")
            made = Block(kind, first, last, token.markup, token.info, token.content, at)
            made.before = at.children[-1] if at.children else None
            at.children.append(made)
            at = made if token.nesting else at
    return root


@dataclass(frozen=True, slots=True)
class Row:
    """One line inside quotations: their signs, then blanks, then text."""

    prefix: str
    blanks: str
    text: str

    @property
    def indent(self) -> int:
        """How many columns the blanks take; a tab goes on to the next multiple of four."""
        return len(self.blanks.expandtabs(4))

    @property
    def column(self) -> int:
        """The column of the text, from 1."""
        return len(self.prefix) + len(self.blanks) + 1

    @property
    def offset(self) -> int | None:
        """The column, from 0, of what a list item has on this line; None if this opens no item."""
        marker = _MARKER.match(self.text)
        if marker is None:
            return None
        after = len(marker[2])
        return self.indent + len(marker[1]) + (after if 1 <= after <= _CODE_INDENT else 1)


def row(line: str, quotes: int) -> Row | None:
    """Return a line inside a number of quotations; None if it lacks their signs."""
    position = 0
    for _ in range(quotes):
        sign = _QUOTE.match(line, position)
        if sign is None:
            return None
        position = sign.end()
    text = line[position:].lstrip(" \t")
    return Row(line[:position], line[position : len(line) - len(text)], text)
