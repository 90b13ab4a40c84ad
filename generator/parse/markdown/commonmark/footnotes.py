"""Footnotes, `[^1]`, rendered with the links there and back that the theme expects."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_BACK = "&#8617;&#xFE0E;"


class Footnotes:
    """Renders the footnotes of one text after another; each has ids of its own."""

    def __init__(self) -> None:
        self._separator = ":"

    def begin_text(self, number: int) -> None:
        """Begin the text with this number in its document, from 1."""
        self._separator = ":" if number == 1 else f"-{number}:"

    def add(self, markdown: MarkdownIt) -> None:
        """Add footnotes to a parser."""
        markdown.use(footnote_plugin, inline=False)
        rules = {
            "footnote_ref": self._reference,
            "footnote_block_open": lambda *_: '<div class="footnote">\n<hr>\n<ol>\n',
            "footnote_block_close": lambda *_: "</ol>\n</div>\n",
            "footnote_open": self._open,
            "footnote_close": lambda *_: "</li>\n",
            "footnote_anchor": self._anchor,
        }
        for name, render in rules.items():
            markdown.add_render_rule(name, lambda _, *given, render=render: render(*given))

    def _label(self, token: Token) -> str:
        return escape(f"{self._separator}{token.meta['label']}")

    def _back(self, token: Token) -> str:
        """Return the id of a place that refers to a note; a second one has a number."""
        again = token.meta["subId"] + 1
        return f"fnref{again if again > 1 else ''}{self._label(token)}"

    def _reference(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        token = tokens[index]
        number = token.meta["id"] + 1
        link = f'<a class="footnote-ref" href="#fn{self._label(token)}">{number}</a>'
        return f'<sup id="{self._back(token)}">{link}</sup>'

    def _open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f'<li id="fn{self._label(tokens[index])}">\n'

    def _anchor(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        token = tokens[index]
        number = token.meta["id"] + 1
        address = f'href="#{self._back(token)}" title="{number}"'
        return f'&#160;<a class="footnote-backref" {address}>{_BACK}</a>'
