"""Attribute lists and abbreviations of Python-Markdown, with what they cost counted."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.util import AtomicString

from generator.parse.markdown.limits import Budget
from generator.parse.markdown.python_markdown.limits import ABBREVIATION_STEPS, attributes_cost
from generator.parse.markdown.python_markdown.processors import QuickMarkdown


class QuickAttributes(AttrListTreeprocessor):
    """Looks for attribute lists only in a text that has a brace."""

    md: QuickMarkdown

    def __init__(self, md: Markdown, budget: Budget) -> None:
        super().__init__(md)
        self.budget = budget

    def run(self, doc: Element) -> None:
        if "{" not in self.md.source:
            return
        for element in doc.iter():
            for text in (element.text, element.tail):
                if text and "{" in text:
                    self.budget.spend(text.count("{") * len(text), "braces")
        super().run(doc)

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        self.budget.spend(attributes_cost(attrs_string), "attributes")
        return super().assign_attrs(elem, attrs_string, strict=strict)


class QuickAbbreviations(AbbrTreeprocessor):
    """Puts in all abbreviations of a piece of text at once, and counts them."""

    def __init__(self, md: Markdown, abbrs: dict[str, str], budget: Budget) -> None:
        super().__init__(md, abbrs)
        self.budget = budget

    def iter_element(self, el: Element, parent: Element | None = None) -> None:
        for child in reversed(el):
            self.iter_element(child, el)
        if el.text and not isinstance(el.text, AtomicString):
            el.text, found = self._split(el.text)
            el[0:0] = found
        if parent is not None and el.tail and not isinstance(el.tail, AtomicString):
            el.tail, found = self._split(el.tail)
            if found:
                index = list(parent).index(el) + 1
                self.budget.spend(index, "abbreviations")
                parent[index:index] = found

    def _split(self, text: str) -> tuple[str, list[Element]]:
        """Return the text before the first abbreviation, and each of them with what follows it."""
        self.budget.spend(len(text) * len(self.abbrs) // 4, "abbreviations")
        pattern: Any = self.RE
        made: list[Element] = []
        before, end = text, 0
        for found in pattern.finditer(text):
            title = self.abbrs[found[0]]
            self.budget.spend(ABBREVIATION_STEPS + len(title), "abbreviations")
            if not title:
                continue
            if made:
                made[-1].tail = text[end : found.start()]
            else:
                before = text[: found.start()]
            end = found.end()
            made.append(self.create_element(title, found[0], ""))
        if made:
            made[-1].tail = text[end:]
        return before, made
