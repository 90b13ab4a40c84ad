"""The dialect `python-markdown`: Python-Markdown with the extensions that Broadsheet adds."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, strip_tags
from markdown.treeprocessors import Treeprocessor

from generator.model.article import Heading
from generator.model.body import MARK
from generator.model.site import Markup
from generator.parse.markdown import fast_path
from generator.parse.markdown.code_spans import Span
from generator.parse.markdown.headings import MAX_LEVEL, Headings
from generator.parse.markdown.limits import Budget, TooIntricateError
from generator.parse.markdown.notations import dialect_signs
from generator.parse.markdown.python_markdown import limits, notations, processors
from generator.parse.markdown.python_markdown.attributes import QuickAbbreviations, QuickAttributes
from generator.parse.markdown.python_markdown.fences import QuickFences, code_blocks

HEADING_TAGS = frozenset(f"h{level}" for level in range(1, 7))
ALIGNED = re.compile(r"text-align: (left|right|center);")


class PythonMarkdown:
    """Python-Markdown with Broadsheet's extensions; made once, used for one document at a time."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._signs = dialect_signs(markup)
        self._budget = Budget()
        self._headings = Headings()
        self._references: dict[str, tuple[str, str]] = {}
        self._texts = 0
        self._make()

    def _make(self) -> None:
        self._footnotes = limits.CountingFootnotes(
            self._budget, BACKLINK_TEXT="&#8617;&#xFE0E;", BACKLINK_TITLE="{}"
        )
        self._markdown = processors.QuickMarkdown(
            extensions=extensions(self._footnotes, smart_quotes=self._markup.smart_quotes),
            output_format="html",
        )
        notations.add(self._markdown, self._markup)
        configure(self._markdown, HeadingProcessor(self._markdown, self._headings))
        quicken(self._markdown, self._footnotes, self._budget)

    def begin(self) -> None:
        """Forget the last document."""
        self._budget.refill()
        self._headings.begin_document()
        self._references.clear()
        self._texts = 0

    def convert(self, text: str) -> str:
        """Return the HTML of a text, not yet sanitized.

        The first text of a document lends its link references to those that follow, whose
        footnotes get ids of their own. Raises `TooIntricateError` or `RecursionError`.
        """
        self._texts += 1
        self._budget.spend(limits.ENTITY_STEPS * text.count("&"), "ampersands")
        if (plain := self._plain(text)) is not None:
            return plain
        self._budget.spend(limits.runs_cost(text), "long runs of one sign")
        self._footnotes.setConfig("SEPARATOR", ":" if self._texts == 1 else f"-{self._texts}:")
        self._markdown.reset()
        self._headings.begin_text()
        self._markdown.references.update(self._references)
        try:
            converted = self._markdown.convert(text)
        except (TooIntricateError, RecursionError):
            # What was under way when it stopped would show in the next text.
            self._make()
            raise
        if self._texts == 1:
            self._references.update(self._markdown.references)
        return converted

    def _plain(self, text: str) -> str | None:
        """Return the HTML of a text that is plain enough to do without Python-Markdown."""
        if self._markup.smart_quotes or any(sign in text for sign in self._signs):
            return None
        self._headings.begin_text()
        return fast_path.convert(text, self._headings.note)

    def code_blocks(self, text: str) -> list[Span]:
        """Return the fenced blocks of a text."""
        return code_blocks(text)

    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the text that was converted last."""
        return tuple(self._headings.found)


def extensions(footnotes: FootnoteExtension, *, smart_quotes: bool) -> list[Any]:
    """Return the extensions of Broadsheet's Markdown; fenced code is a part, as it loads slowly."""
    found: list[Any] = [
        footnotes,
        AttrListExtension(),
        DefListExtension(),
        TableExtension(),
        AbbrExtension(),
        MarkdownInHtmlExtension(),
        SaneListExtension(),
    ]
    if smart_quotes:
        from markdown.extensions.smarty import SmartyExtension

        found.append(SmartyExtension())
    return found


def configure(md: Markdown, headings: Treeprocessor) -> None:
    """Add what is no extension: `~~deleted~~`, the ids of headings, no styles in tables."""
    if md.delimiters is not None:
        md.delimiters.add("~", "del", double=True)
    md.ESCAPED_CHARS.append("~")
    md.treeprocessors.register(headings, "headings", 5)
    md.treeprocessors.register(AlignmentProcessor(md), "alignment", 4)


def quicken(md: processors.QuickMarkdown, footnotes: FootnoteExtension, budget: Budget) -> None:
    """Put the parts in place that do the same for less."""
    md.preprocessors.register(processors.QuickWhitespace(md), "normalize_whitespace", 30)
    md.preprocessors.register(QuickFences(md, budget), "fenced_code_block", 25)
    md.preprocessors.register(processors.QuickRawHtml(md, budget), "html_block", 20)
    md.parser.blockprocessors.register(processors.PlainParagraph(md.parser), "plain", 900)
    md.parser.blockprocessors.register(limits.BlockCounter(md.parser, budget), "counter", 1000)
    limits.count_blocks(md.parser, budget)
    abbreviations: Any = md.treeprocessors["abbr"]
    md.treeprocessors.register(QuickAbbreviations(md, abbreviations.abbrs, budget), "abbr", 7)
    md.treeprocessors.register(QuickAttributes(md, budget), "attr_list", 8)
    md.treeprocessors.register(processors.QuickUnescape(md), "unescape", 0)
    defined: dict[str, Callable[[], object]] = {"footnote": lambda: footnotes.footnotes}
    inline = processors.QuickInline(md, budget)
    for name in ("reference", "image_reference", "short_reference", "short_image_ref"):
        defined[name] = lambda: md.references
    inline.arrange(defined)
    md.treeprocessors.register(inline, "inline", 20)
    if "smarty" in md.treeprocessors:
        smarty = processors.QuickSmarty(md, budget)
        plain: Any = md.treeprocessors["smarty"]
        smarty.inlinePatterns = plain.inlinePatterns
        smarty.arrange({})
        md.treeprocessors.register(smarty, "smarty", 6)


class AlignmentProcessor(Treeprocessor):
    """Gives aligned cells of a table a class, as a strict policy allows no styles."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            for cell in table.iter():
                aligned = ALIGNED.fullmatch(cell.get("style") or "")
                if aligned:
                    del cell.attrib["style"]
                    cell.set("class", f"{cell.get('class', '')} align-{aligned[1]}".strip())


class HeadingProcessor(Treeprocessor):
    """Puts headings below the page's own `h1`, gives them ids, and notes them."""

    def __init__(self, md: Markdown, headings: Headings) -> None:
        super().__init__(md)
        self._headings = headings

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in HEADING_TAGS]
        if not headings:
            return
        self._headings.reserve(element.get("id", "") for element in root.iter())
        shift = int(any(element.tag == "h1" for element in headings))
        for element in headings:
            level = min(int(element.tag[1]) + shift, MAX_LEVEL)
            element.tag = f"h{level}"
            title = self._title(element)
            element.set("id", self._headings.note(level, title, element.get("id", "")))

    def _title(self, element: Element) -> str:
        inner = render_inner_html(remove_fnrefs(element), self.md)
        return html.unescape(strip_tags(MARK.sub("", inner)))
