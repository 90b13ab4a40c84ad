"""The dialect `commonmark`: CommonMark 0.31.2 and GFM 0.29, with the additions of news texts.

The additions are footnotes, definition lists, abbreviations, heading attributes and smart
punctuation. markdown-it-py parses; the rules of this package change its tokens or render them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from generator.model.article import Heading
from generator.model.body import MARK
from generator.model.site import Markup
from generator.parse.markdown.code_spans import Span
from generator.parse.markdown.commonmark import (
    abbreviations,
    bare_addresses,
    costs,
    footnotes,
    heading_rules,
    notations,
    plain_texts,
    punctuation,
    task_lists,
)
from generator.parse.markdown.headings import Headings
from generator.parse.markdown.limits import MAX_NESTING, MAX_STEPS, Budget, check_depth
from generator.parse.markdown.notations import dialect_signs
from generator.parse.markdown.shortcodes import unforged

# The parser leaves out what is nested deeper than its own limit. An item of a list counts twice
# there, so this limit is beyond the depth at which a text is refused.
_MOST_LEVELS = 3 * MAX_NESTING
_LISTS = frozenset(("bullet_list", "ordered_list", "dl"))


class CommonMark:
    """CommonMark with Broadsheet's additions; made once, used for one document at a time."""

    def __init__(self, markup: Markup) -> None:
        self._smart_quotes = markup.smart_quotes
        self._signs = dialect_signs(markup)
        self._budget = Budget()
        self._headings = Headings()
        self._footnotes = footnotes.Footnotes()
        self._references: dict[str, Any] = {}
        self._texts = 0
        self._markdown = parser(self._budget, markup)
        self._markdown.core.ruler.push("too_deep", _refuse_depth)
        heading_rules.add(self._markdown, self._headings)
        self._footnotes.add(self._markdown)

    def begin(self) -> None:
        """Forget the last document."""
        self._budget.refill()
        self._headings.begin_document()
        self._references = {}
        self._texts = 0

    def convert(self, text: str) -> str:
        """Return the HTML of a text, not yet sanitized; see `Dialect`."""
        self._texts += 1
        self._headings.begin_text()
        self._budget.spend(costs.AMPERSAND_STEPS * text.count("&"), "ampersands")
        if not self._smart_quotes and not any(sign in text for sign in self._signs):
            plain = plain_texts.convert(text, self._headings.note)
            if plain is not None:
                return plain
        self._footnotes.begin_text(self._texts)
        self._budget.spend(costs.of_text(text), "lines, tables and signs")
        environment: dict[str, Any] = {"references": dict(self._references)}
        converted: str = self._markdown.render(unforged(text), environment)
        if self._texts == 1:
            self._references = environment["references"]
        return converted.strip("\n")

    def code_blocks(self, text: str) -> list[Span]:
        """Return the fenced blocks of a text."""
        if "```" not in text and "~~~" not in text:
            return []
        tokens = self.blocks(text)
        lines = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
        fences = [token.map for token in tokens if token.type == "fence" and token.map]
        return [(lines[first], lines[min(last, len(lines) - 1)]) for first, last in fences]

    def blocks(self, text: str) -> list[Token]:
        """Return the tokens of the blocks of a text, none if it would cost too much to read."""
        tokens: list[Token] = []
        # A text that costs too much is refused when it is converted.
        if costs.of_text(text) <= MAX_STEPS:
            self._markdown.block.parse(text, self._markdown, {}, tokens)
        return tokens

    def tokens(self, text: str) -> list[Token]:
        """Return all tokens of a text. Raises `TooIntricateError` or `RecursionError`."""
        self.begin()
        self._headings.begin_text()
        self._budget.spend(costs.AMPERSAND_STEPS * text.count("&"), "ampersands")
        self._budget.spend(costs.of_text(text), "lines, tables and signs")
        return self._markdown.parse(text, {})

    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the text that was converted last."""
        return tuple(self._headings.found)


def parser(budget: Budget, markup: Markup) -> MarkdownIt:
    """Return a parser of CommonMark and GFM with the additions that need no state of their own."""
    options = {"xhtmlOut": False, "maxNesting": _MOST_LEVELS, "strikethrough_single_tilde": True}
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    markdown.use(deflist_plugin)
    bare_addresses.add(markdown)
    abbreviations.add(markdown, budget)
    costs.add(markdown, budget)
    task_lists.add(markdown)
    notations.add(markdown, markup)
    if markup.smart_quotes:
        punctuation.add(markdown)
    markdown.core.ruler.push("classes", _classes)
    normalize = markdown.normalizeLink
    setattr(markdown, "normalizeLink", lambda url: _normalized(url, normalize))  # noqa: B010
    return markdown


def _classes(state: StateCore) -> None:
    """Align cells by class, because a strict policy allows no styles; name the code's language."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            aligned = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if aligned:
                token.attrSet("class", f"align-{aligned}")
        elif token.type == "fence":
            token.info = _language(token.info)
        elif token.type == "inline":
            for child in token.children or ():
                if child.tag == "s":
                    child.tag = "del"
                elif child.type == "image":
                    child.attrs = dict(sorted(child.attrs.items()))


def _language(info: str) -> str:
    """Return the language of fenced code; other generators write it as a class: `{.python}`."""
    info = info.strip()
    if not info.startswith("{"):
        return info.partition("{")[0]
    words = info.strip("{}").split()
    return next((word[1:] for word in words if word.startswith(".")), "")


def _normalized(url: str, normalize: Callable[[str], str]) -> str:
    """Return an address, percent-encoded but for marks."""
    if not MARK.search(url):
        return normalize(url)
    parts = MARK.split(url)
    marks = [found[0] for found in MARK.finditer(url)]
    return "".join(normalize(part) + mark for part, mark in zip(parts, [*marks, ""], strict=True))


def _refuse_depth(state: StateCore) -> None:
    depth = 0
    for token in state.tokens:
        if token.type.removesuffix("_open").removesuffix("_close") not in _LISTS:
            depth += token.nesting
        inner = max((child.level for child in token.children or ()), default=0)
        check_depth(depth + inner)
