"""Abbreviations: `*[UN]: United Nations` on a line gives each `UN` of the text a title."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.parse.markdown.commonmark.text_rules import element, replace_in_texts
from generator.parse.markdown.limits import Budget

_DEFINITION = re.compile(r"\*\[([^\[\]]+)\][ ]?:[ \t]*(.*?)[ \t]*")
_KEY = "abbreviations"
_USE_STEPS = 100
_DEFINITION_STEPS = 1_000


def add(markdown: MarkdownIt, budget: Budget) -> None:
    """Add abbreviations to a parser."""
    markdown.block.ruler.before(
        "reference", "abbreviation", _define, {"alt": ["paragraph", "reference"]}
    )
    markdown.core.ruler.after("inline", "abbreviations", lambda state: _expand(state, budget))


def _define(state: StateBlock, line: int, _: int, silent: bool) -> bool:
    """Read a line that defines an abbreviation."""
    if state.is_code_block(line):
        return False
    written = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    if not written.startswith("*["):
        return False
    found = _DEFINITION.fullmatch(written)
    if found is None:
        return False
    if not silent:
        state.env.setdefault(_KEY, {})[found[1].strip()] = found[2]
        state.line = line + 1
    return True


def _expand(state: StateCore, budget: Budget) -> None:
    titles: dict[str, str] = state.env.get(_KEY, {})
    if not titles:
        return
    budget.spend(_DEFINITION_STEPS * len(titles), "abbreviations")
    longest_first = sorted(titles, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def titled(found: re.Match[str], level: int) -> list[Token]:
        budget.spend(_USE_STEPS + len(titles[found[0]]) // 5, "uses of abbreviations")
        return element("abbr", {"title": titles[found[0]]}, found[0], level)

    replace_in_texts(state, pattern, titled, in_links=True)
