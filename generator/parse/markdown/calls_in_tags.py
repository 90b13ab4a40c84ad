"""What becomes of shortcode calls in HTML tags, where nothing can be expanded.

A call of `ref` or `relref` that is a link's whole address is a reference to the article that it
names. Any other call is reported, and never leaves an address behind that leads nowhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.errors import Problem
from generator.model.body import (
    MARK_START,
    SHORTCODE_MARK,
)
from generator.model.html_tags import TAG_REST
from generator.model.rules import Rule
from generator.model.site import UnknownShortcodes
from generator.parse.markdown.links import Links
from generator.parse.markdown.shortcodes import FoundCall

REFERRING = frozenset(("ref", "relref"))

TAG = re.compile(rf"<([A-Za-z][A-Za-z0-9]*){TAG_REST}")
ATTRIBUTE = re.compile(r"\s([^\s\"'<>/=]+)=(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++)")
WHOLE = re.compile(rf"{SHORTCODE_MARK.pattern}(#\S*+)?")
ALT = re.compile(r"\salt=(\"[^\"]*+\"|'[^']*+')", re.IGNORECASE)
ADDRESSES = frozenset("action cite data formaction href poster src srcset".split())


@dataclass(frozen=True, slots=True)
class CallsInTags:
    """The calls of one text; `problems` collects what is reported."""

    calls: Sequence[FoundCall]
    links: Links
    path: str
    unknown: UnknownShortcodes
    problems: list[Problem]

    def resolve(self, markup: str) -> str:
        """Return the HTML without marks of calls in its tags."""
        return TAG.sub(self._tag, markup)

    def refer(self, call: FoundCall) -> str:
        """The address that a call of `ref` or `relref` stands for: a mark, or as it is given."""
        written = call.named.get("path") or next(iter(call.args), "")
        if not written:
            message = f"shortcode '{call.name}' names no article"
            hint = f'as in {{{{< {call.name} "story.md" >}}}}'
            self.problems.append(Problem(self.path, call.line, call.column, message, hint))
        return self.links.refer(written, call.line, call.column)

    def _tag(self, found: re.Match[str]) -> str:
        tag = found[0]
        if MARK_START not in tag or not SHORTCODE_MARK.search(tag):
            return tag
        name = found[1].lower()
        kept = ATTRIBUTE.sub(lambda attribute: self._attribute(name, attribute), tag)
        kept = SHORTCODE_MARK.sub(self._misplaced, kept)
        if name == "img" and " src=" not in kept:
            alt = ALT.search(kept)
            return alt[1][1:-1] if alt else ""
        return kept

    def _attribute(self, tag: str, found: re.Match[str]) -> str:
        name, value = found[1].lower(), found[2].strip("\"'")
        if not SHORTCODE_MARK.search(value):
            return found[0]
        whole = WHOLE.fullmatch(value)
        if tag == "a" and name == "href" and whole:
            call = self.calls[int(whole[1])]
            if call.name in REFERRING and not call.error:
                return f' href="{self.refer(call)}{whole[2] or ""}"'
        if name in ADDRESSES:
            SHORTCODE_MARK.sub(self._misplaced, value)
            return ""
        return f' {found[1]}="{SHORTCODE_MARK.sub(self._misplaced, value)}"'

    def _misplaced(self, found: re.Match[str]) -> str:
        call = self.calls[int(found[1])]
        message = f"shortcode '{call.name}' stands inside a link's address or an HTML tag"
        if self.unknown == "error":
            hint = "write the address itself, such as news:7519"
            self.problems.append(Problem(self.path, call.line, call.column, message, hint))
        else:
            message += ", and is left out with what it stands in"
            hint = "a link becomes its text"
            place, rule = (call.line, call.column), Rule.MISPLACED_SHORTCODE
            problem = Problem(self.path, *place, message, hint, "warning", rule)
            self.problems.append(problem)
        return html.escape(call.source) if self.unknown == "text" else ""
