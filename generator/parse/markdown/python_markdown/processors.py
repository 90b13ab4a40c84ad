"""Parts of Python-Markdown, replaced by ones that give the same HTML for less work.

Python-Markdown tries each block processor on each block and each inline pattern on each piece of
text, and walks the whole tree once for each extension. Here a part runs only where the characters
that it needs are in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.inlinepatterns import Pattern
from markdown.preprocessors import NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, INLINE_PLACEHOLDER_PREFIX, AtomicString

from generator.parse.markdown.fast_path import PARAGRAPH
from generator.parse.markdown.limits import Budget, check_depth
from generator.parse.markdown.python_markdown.limits import CountingExtractor, count_matches

NEEDS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("![", "]("),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<", "://"),
    "automail": ("<", "@"),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&", ";"),
    "smarty-em-dashes": ("---",),
    "smarty-en-dashes": ("--",),
    "smarty-ellipses": ("...",),
}
SMART_QUOTES = ("'", '"', "\"'", "'\"", "'\"", "\"'") + ("'",) * 5 + ('"',) * 4


class QuickMarkdown(Markdown):
    """Python-Markdown that remembers the text at hand, so that its parts can look into it."""

    source = ""
    block_tags = frozenset(BLOCK_LEVEL_ELEMENTS)

    def convert(self, source: str) -> str:
        self.source = source
        return super().convert(source)

    def is_block_level(self, tag: object) -> bool:
        return isinstance(tag, str) and tag.lower().rstrip("/") in self.block_tags


class QuickWhitespace(NormalizeWhitespace):
    """Normalizes a text only where it is not yet normal."""

    md: QuickMarkdown

    def run(self, lines: list[str]) -> list[str]:
        source = self.md.source
        if any(odd in source for odd in ("\n ", "\t", "\r", "\x02", "\x03")):
            changed: list[str] = super().run(lines)
            return changed
        return [*lines, "", ""]


class QuickRawHtml(Preprocessor):
    """Looks for raw HTML only in a text that has a tag or a numeric entity."""

    def __init__(self, md: Markdown, budget: Budget) -> None:
        super().__init__(md)
        self.budget = budget

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "<" not in source and "&#" not in source:
            return lines
        extractor = CountingExtractor(self.md, self.budget)
        extractor.feed(source)
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class PlainParagraph(ParagraphProcessor):
    """Takes a block that can be nothing but a paragraph, before others look at it."""

    def test(self, parent: Element, block: str) -> bool:
        return PARAGRAPH.fullmatch(block) is not None


class QuickUnescape(UnescapeTreeprocessor):
    """Restores escaped characters only in a text that has a backslash."""

    md: QuickMarkdown

    def run(self, root: Element) -> None:
        if "\\" in self.md.source:
            super().run(root)


def needs(name: str) -> tuple[str, ...]:
    """Return what a text must contain for the inline pattern of that name to have any effect."""
    if name.startswith("smarty-quotes-"):
        return (SMART_QUOTES[int(name.removeprefix("smarty-quotes-"))],)
    return NEEDS.get(name, ("",))


class QuickInline(InlineProcessor):
    """Applies an inline pattern only to text that has the characters it looks for.

    Patterns for references and footnotes are also left out while nothing is defined that they
    could refer to. The methods named `_InlineProcessor__…` replace private ones of the base.
    """

    def __init__(self, md: Markdown, budget: Budget) -> None:
        super().__init__(md)
        self.budget = budget
        self.depth = 0
        self.plan: list[tuple[Pattern, str, str, Callable[[], object] | None]] = []

    def arrange(self, defined: Mapping[str, Callable[[], object]]) -> None:
        """Note what each pattern needs; call it once all patterns are registered.

        `defined` tells, for patterns that refer to something, what there is to refer to.
        """
        registry: Any = self.inlinePatterns
        known = (*NEEDS, *(f"smarty-quotes-{number}" for number in range(len(SMART_QUOTES))))
        name_of = {registry.get_index_for_name(name): name for name in known if name in registry}
        for index, pattern in enumerate(registry):
            name = name_of.get(index, "")
            first, *rest = needs(name)
            count_matches(pattern, self.budget)
            self.plan.append((pattern, first, "".join(rest), defined.get(name)))

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.depth = 0
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        self.depth += 1
        check_depth(self.depth)
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self.plan)):
            pattern, first, other, defined = self.plan[index]
            if first not in data or other not in data or (defined and not defined()):
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        self.depth -= 1
        return data

    def _InlineProcessor__processPlaceholders(
        self, data: str | None, parent: Element, isText: bool = True
    ) -> list[tuple[Element, list[str]]]:
        if data and INLINE_PLACEHOLDER_PREFIX not in data:
            if isText and not parent.text:
                parent.text = data
                return []
            if not isText and not parent.tail:
                parent.tail = data
                return []
        found: list[tuple[Element, list[str]]] = super()._InlineProcessor__processPlaceholders(  # type: ignore[misc]
            data, parent, isText
        )
        return found


class QuickSmarty(QuickInline):
    """Applies the patterns of smart quotes, which look up each element among its siblings."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        for element in tree.iter():
            self.budget.spend(len(element) ** 2 // 20)
        return super().run(tree, ancestors)
