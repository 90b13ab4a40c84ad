"""Finds what the dialect `python-markdown` misreads of a text, and keeps what edits put right."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from generator.model.edit import apply_edits
from generator.model.site import Markup
from generator.parse.markdown.commonmark import plain_texts
from generator.parse.markdown.commonmark.engine import CommonMark
from generator.parse.markdown.limits import TooIntricateError
from generator.parse.markdown.misreadings.addresses import find_addresses, may_have_addresses
from generator.parse.markdown.misreadings.blocks import tree
from generator.parse.markdown.misreadings.fences import find_fences
from generator.parse.markdown.misreadings.lines import find_lines
from generator.parse.markdown.misreadings.lists import find_lists, find_tables
from generator.parse.markdown.misreadings.misreading import Kind, Misreading
from generator.parse.markdown.misreadings.raw_blocks import find_raw_blocks
from generator.parse.markdown.notations import Notations
from generator.parse.markdown.outline import outline
from generator.parse.markdown.reader import MarkdownReader
from generator.parse.markdown.shortcodes import scan


class MisreadingFinder:
    """Finds misreadings in the texts of a portal whose dialect is `python-markdown`."""

    def __init__(self, markup: Markup) -> None:
        self._ours = MarkdownReader(markup)
        self._meant = MarkdownReader(replace(markup, dialect="commonmark"))
        self._commonmark = CommonMark(markup)
        self._notations = Notations(markup)

    def find(self, text: str) -> list[Misreading]:
        """Return what is misread of a text, by line.

        Edits of a kind that bring the text no nearer to what CommonMark reads are left out.
        """
        if plain_texts.convert(text, lambda level, title: "") is not None:
            return []
        try:
            found = self._candidates(_without_calls(text, self._commonmark, self._notations))
        except (TooIntricateError, RecursionError):
            # The text is refused, or as good as.
            return []
        return sorted(self._helpful(text, found), key=lambda each: (each.line, each.column))

    def _candidates(self, text: str) -> list[Misreading]:
        lines = text.split("\n")
        root = tree(self._commonmark.blocks(text), len(lines))
        found = [
            *find_lists(root, lines),
            *find_tables(root, lines),
            *find_fences(root, lines),
            *find_lines(root, lines),
            *find_raw_blocks(root, lines),
        ]
        if may_have_addresses(text):
            tokens = self._commonmark.tokens(text)
            found += find_addresses(text, tokens, self._commonmark.code_blocks(text))
        return found

    def _helpful(self, text: str, found: list[Misreading]) -> list[Misreading]:
        if not found:
            return []
        body, _ = self._meant.read(text, 1, "")
        if not body.html:
            # CommonMark refuses the text, so there is nothing to compare with.
            return []
        meant = Counter(outline(body))
        before = self._distance(text, [], meant)
        kept = list(found) if before else []
        distance = self._distance(text, kept, meant)
        kinds: list[Kind] = sorted({each.kind for each in kept if each.edits})
        for kind in kinds if distance else ():
            others = [_unedited(each) if each.kind == kind else each for each in kept]
            without = self._distance(text, others, meant)
            if without <= distance:
                kept, distance = others, without
        return kept

    def _distance(self, text: str, applied: list[Misreading], meant: Counter[str]) -> int:
        """Return how many lines readers would see that are not meant, or would miss."""
        edited = apply_edits(text, (edit for each in applied for edit in each.edits))
        read = Counter(outline(self._ours.read(edited, 1, "")[0]))
        return (read - meant).total() + (meant - read).total()


def _unedited(misreading: Misreading) -> Misreading:
    return replace(misreading, edits=())


def _without_calls(text: str, dialect: CommonMark, notations: Notations) -> str:
    """Return a text with blanks or letters in the place of its shortcode calls."""
    found = scan(text, dialect.code_blocks, first_line=1, path="", notations=notations)
    if found.masked == text:
        return text
    pairs = zip(text.split("\n"), found.masked.split("\n"), strict=True)
    return "\n".join(
        _filled(written, masked) if masked.strip() else masked for written, masked in pairs
    )


def _filled(written: str, masked: str) -> str:
    signs = zip(written, masked, strict=True)
    return "".join("x" if sign != blank else sign for sign, blank in signs)
