"""The interface of a dialect of Markdown, and the choice of one."""

from __future__ import annotations

from typing import Protocol

from generator.model.article import Heading
from generator.model.site import Markup
from generator.parse.markdown.code_spans import Span


class Dialect(Protocol):
    """Converts one Markdown text after another to HTML.

    The texts of one document (an article and the insides of its paired shortcodes) share their
    heading ids and link references, and what they may cost.
    """

    def begin(self) -> None:
        """Forget the last document."""

    def convert(self, text: str) -> str:
        """Return the HTML of a text, not yet sanitized.

        The first text of a document lends its link references to those that follow. Raises
        `TooIntricateError` or `RecursionError`.
        """

    def code_blocks(self, text: str) -> list[Span]:
        """Return the fenced blocks of a text, in order; no shortcode is read there."""

    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the text that was converted last."""


def dialect_of(markup: Markup) -> Dialect:
    """Return the dialect that a portal chose; the other one is not imported."""
    if markup.dialect == "commonmark":
        from generator.parse.markdown.commonmark.engine import CommonMark

        return CommonMark(markup)
    from generator.parse.markdown.python_markdown.engine import PythonMarkdown

    return PythonMarkdown(markup)
