"""Fenced code of Python-Markdown, found in one pass over the lines of a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from markdown import Markdown
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.preprocessors import Preprocessor

from generator.parse.markdown.code_spans import Span
from generator.parse.markdown.limits import Budget
from generator.parse.markdown.python_markdown.limits import attributes_cost
from generator.parse.markdown.python_markdown.processors import QuickMarkdown

FENCE = re.compile(
    r"(?P<fence>~{3,}+|`{3,}+)[ ]*+"
    r"(?:\{(?P<attributes>.*)\}|(?:\.?[\w#.+-]*[ ]*+)?(?:hl_lines=(?:\"[^\"]*\"|'[^']*')[ ]*)?)"
)
OPENER = re.compile(r"^(`{3,}|~{3,})", re.MULTILINE)
END = re.compile(r"^(`{3,}|~{3,}) *$", re.MULTILINE)


def code_blocks(text: str) -> list[Span]:
    """Return the fenced blocks of a text, each with the whole line that ends it."""
    ends: dict[str, list[Span]] = {}
    for end in END.finditer(text):
        ends.setdefault(end[1], []).append(end.span())
    found: list[Span] = []
    position = 0
    while opener := OPENER.search(text, position):
        position = opener.end()
        candidates = ends.get(opener[1], [])
        index = bisect_left(candidates, (position, 0))
        if index < len(candidates):
            position = candidates[index][1]
            found.append((opener.start(), position))
    return found


class QuickFences(Preprocessor):
    """Looks for fenced code only in a text that has a fence.

    Each fence is paired with its end here, as Python-Markdown looks through the rest of the text
    for each; what is between, it turns into HTML.
    """

    md: QuickMarkdown
    fences: Preprocessor | None = None

    def __init__(self, md: Markdown, budget: Budget) -> None:
        super().__init__(md)
        self.budget = budget

    def run(self, lines: list[str]) -> list[str]:
        if "```" not in self.md.source and "~~~" not in self.md.source:
            return lines
        if self.fences is None:
            # It brings in a highlighter of code, which takes longer to load than all the rest.
            from markdown.extensions.fenced_code import FencedBlockPreprocessor

            self.fences = FencedBlockPreprocessor(self.md, {})
        ends: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            if line.startswith(("```", "~~~")):
                ends.setdefault(line.rstrip(" "), []).append(number)
        found: list[str] = []
        number = 0
        while number < len(lines):
            end = self._end(lines, number, ends)
            found += self.fences.run(lines[number:end]) if end else lines[number : number + 1]
            number = end or number + 1
        return found

    def _end(self, lines: list[str], number: int, ends: dict[str, list[int]]) -> int:
        """Past the last line of the fenced code that begins on a line; 0 if none does."""
        opener = FENCE.fullmatch(lines[number])
        if opener is None or self._unbalanced(opener["attributes"] or ""):
            return 0
        candidates = ends.get(opener["fence"], [])
        index = bisect_right(candidates, number)
        return candidates[index] + 1 if index < len(candidates) else 0

    def _unbalanced(self, attributes: str) -> bool:
        self.budget.spend(attributes_cost(attributes), "attributes")
        return bool(get_attrs_and_remainder(attributes)[1])
