"""Smart punctuation: typographic quotation marks, dashes and ellipses."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_SIGNS = {"...": "\u2026", "---": "\u2014", "--": "\u2013"}
_WRITTEN = re.compile(r"\.\.\.|(?<!-)---?(?!-)")


def add(markdown: MarkdownIt) -> None:
    """Add smart punctuation to a parser."""
    markdown.options["typographer"] = True
    markdown.enable("smartquotes")
    markdown.core.ruler.after("inline", "dashes", _replace)


def _replace(state: StateCore) -> None:
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "text":
                token.content = _WRITTEN.sub(lambda found: _SIGNS[found[0]], token.content)
