"""Counts what one text costs the parser of CommonMark, whose worst cases take quadratic time.

Costs are counted before they arise, in characters that take as long to read.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from generator.parse.markdown.commonmark import bare_addresses
from generator.parse.markdown.limits import Budget

# What is made costs more than what is read.
_LINE_STEPS = 160
AMPERSAND_STEPS = 60
_STEPS = {
    "|": 60,
    "<": 100,
    "@": 100,
    "[": 60,
    "*": 40,
    "_": 40,
    "~": 60,
    **dict.fromkeys("`]!\\", 25),
}
# Each bracket looks for its end, through a paragraph that may have no other end.
_SEARCHED_FOR_A_STEP = 2
_COPIED_FOR_A_STEP = 100
_WRITTEN_FOR_A_STEP = 5


def of_text(text: str) -> int:
    """Return the steps that a text takes at least, by its lines and signs."""
    signs = sum(steps * text.count(sign) for sign, steps in _STEPS.items())
    return len(text) + _LINE_STEPS * text.count("\n") + signs + bare_addresses.cost(text)


def add(markdown: MarkdownIt, budget: Budget) -> None:
    """Make a parser spend what the brackets and tags of each paragraph may take."""
    markdown.core.ruler.after("block", "costs", lambda state: _spend(state, budget))


def _spend(state: StateCore, budget: Budget) -> None:
    references = state.env.get("references", {}).values()
    longest = max((len(each["href"]) + len(each["title"]) for each in references), default=0)
    for token in state.tokens:
        if token.type == "inline":
            brackets = token.content.count("[")
            searched = brackets * len(token.content) // _SEARCHED_FOR_A_STEP
            copied = token.content.count("<") * len(token.content) // _COPIED_FOR_A_STEP
            budget.spend(searched + copied, "brackets and tags in one paragraph")
            written = brackets * longest // _WRITTEN_FOR_A_STEP
            budget.spend(written, "uses of long addresses and titles")
