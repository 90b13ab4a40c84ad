"""Counts what one text costs Python-Markdown, whose worst cases take quadratic time.

Costs are counted in characters that are read. The parts that `processors` replaces do the counting.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import HTMLExtractorExtra
from markdown.inlinepatterns import LinkInlineProcessor, Pattern

from generator.parse.markdown.limits import Budget, check_depth

# What is made costs more than what is read: elements, in characters that take as long to look at.
BLOCK_STEPS = 100
CELL_STEPS = 60
INLINE_STEPS = 30
ENTITY_STEPS = 50
ABBREVIATION_STEPS = 100
# Python-Markdown tries to begin at each sign of a run of equal signs, and looks for its end.
RUN = re.compile(r"([^\w])\1{199,}")
SHORT = 5_000
BLANK_LINE = re.compile(r"\n[ \t]*\n")


def check_tree(element: Element) -> None:
    """Raises `TooIntricateError` where elements stand too deep within one."""
    depth, level = 0, [element]
    while level:
        depth += 1
        check_depth(depth)
        level = [child for parent in level for child in parent]


def runs_cost(text: str) -> int:
    """Return the steps that long runs of one sign, or of blanks, may take."""
    if len(text) < SHORT:
        return 0
    return sum((found.end() - found.start()) ** 2 // 50 for found in RUN.finditer(text))


def attributes_cost(attributes: str) -> int:
    """Return the steps that reading a list of attributes may take."""
    return len(attributes) * (1 + attributes.count("=") // 4 + attributes.count(".") // 8)


def count_matches(pattern: Pattern, budget: Budget) -> None:
    """Make an inline pattern spend, for each match, the characters that it may look through."""
    handle: Any = pattern.handleMatch
    # Links are read character by character, with several comparisons for each.
    weight = 3 if isinstance(pattern, LinkInlineProcessor) else 1

    def counted(match: Any, data: str) -> Any:
        budget.spend(INLINE_STEPS + weight * (len(data) - match.start()))
        found = handle(match, data)
        if isinstance(found, tuple) and isinstance(found[0], Element):
            if len(found[0]):
                check_tree(found[0])
            # References are read once, and put in wherever they are used.
            attributes = sum(map(len, found[0].attrib.values()))
            budget.spend(5 * attributes, "long addresses and titles")
        return found

    setattr(pattern, "handleMatch", counted)  # noqa: B010


def count_blocks(parser: BlockParser, budget: Budget) -> None:
    """Make a parser spend what it takes to move blocks up in their list when one is taken."""
    parse = parser.parseBlocks

    def counted(parent: Element, blocks: list[str]) -> None:
        budget.spend(len(blocks) ** 2 // 100, "paragraphs")
        parse(parent, blocks)

    setattr(parser, "parseBlocks", counted)  # noqa: B010


class BlockCounter(BlockProcessor):
    """Stands before all block processors and takes no block: it only counts."""

    def __init__(self, parser: BlockParser, budget: Budget) -> None:
        super().__init__(parser)
        self.budget = budget

    def test(self, parent: Element, block: str) -> bool:
        self.budget.spend(BLOCK_STEPS + len(block))
        if "|" in block:
            # Each row of a table pairs its backticks by comparing each with those that follow.
            self.budget.spend(block.count("`") ** 2 // 4)
            # Each row gets as many cells as the head, however few it has.
            head = block.partition("\n")[0]
            cells = (head.count("|") + 1) * block.count("\n")
            self.budget.spend(CELL_STEPS * cells, "cells of tables")
        check_depth(len(self.parser.state))
        return False


class CountingFootnotes(FootnoteExtension):
    """Footnotes whose many references to one note are counted."""

    def __init__(self, budget: Budget, **config: Any) -> None:
        super().__init__(**config)
        self.budget = budget

    def unique_ref(self, reference: str, found: bool = False) -> str:
        if found:
            self.budget.spend(20 * len(self.used_refs))
        return super().unique_ref(reference, found)


class CountingExtractor(HTMLExtractorExtra):
    """Finds raw HTML as its base does, counting what unfinished tags make it read again."""

    mdstack: list[str]

    def __init__(self, md: Any, budget: Budget) -> None:
        self.budget = budget
        super().__init__(md)

    def parse_starttag(self, i: int) -> int:
        return self._counted(i, super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        return self._counted(i, super().parse_endtag(i))

    def inline_close_follows(self, text: str) -> bool:
        if not self.inline_stack:
            return False
        after = self.line_offset + self.offset + len(text)
        paragraph = BLANK_LINE.search(self.rawdata, after)
        end = paragraph.start() if paragraph else len(self.rawdata)
        self.budget.spend(
            (len(self.rawdata) - after) // 20 + (end - after) * len(self.inline_stack)
        )
        return super().inline_close_follows(text)

    def parse_html_declaration(self, i: int) -> int:
        return self._counted(i, super().parse_html_declaration(i))

    def parse_pi(self, i: int) -> int:
        return self._counted(i, super().parse_pi(i))

    def _counted(self, start: int, end: int) -> int:
        check_depth(len(self.mdstack))
        unread = len(self.rawdata) - start
        self.budget.spend(unread if end <= start + 2 else end - start + len(self.stack))
        return end
