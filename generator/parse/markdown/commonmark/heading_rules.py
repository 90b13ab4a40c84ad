"""Headings: their attributes, `## Talks {#talks .wide}`, their ids, and their levels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model.body import MARK
from generator.parse.markdown.headings import MAX_LEVEL, Headings

_ATTRIBUTE = r"#[\w:.-]+|\.[\w-]+|[A-Za-z][\w-]*=(?:\"[^\"{}]*\"|[^\s\"'{}=]+)"
_LIST = rf"(?:{_ATTRIBUTE})(?:[ \t]+(?:{_ATTRIBUTE}))*"
_ATTRIBUTES = re.compile(rf"\{{[ \t]*({_LIST})[ \t]*\}}")
_TEXT = frozenset(("text", "code_inline", "text_special"))


def add(markdown: MarkdownIt, headings: Headings) -> None:
    """Add the rules to a parser; `headings` notes what they find."""
    markdown.core.ruler.before("inline", "heading_attributes", _read_attributes)
    markdown.core.ruler.push("headings", lambda state: _number(state, headings))


def _headings(state: StateCore) -> Iterator[tuple[Token, Token, Token]]:
    """Yield the tokens that open, fill and close each heading."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[index + 1], tokens[index + 2]


def _read_attributes(state: StateCore) -> None:
    for opening, inline, _ in _headings(state):
        start = inline.content.rfind("{")
        found = _ATTRIBUTES.fullmatch(inline.content, max(start, 0))
        if not found or (start > 0 and inline.content[start - 1] not in " \t"):
            continue
        inline.content = inline.content[:start].rstrip()
        for written in re.findall(_ATTRIBUTE, found[1]):
            if written[0] == "#":
                opening.attrSet("id", written[1:])
            elif written[0] == ".":
                opening.attrJoin("class", written[1:])
            else:
                name, _, value = written.partition("=")
                opening.attrSet(name, value.strip('"'))


def _number(state: StateCore, headings: Headings) -> None:
    """Put headings below the page's own `h1`, give them ids, and note them."""
    found = list(_headings(state))
    headings.reserve(str(opening.attrGet("id") or "") for opening, _, _ in found)
    lowered = int(any(opening.tag == "h1" for opening, _, _ in found))
    for opening, inline, closing in found:
        level = min(int(opening.tag[1]) + lowered, MAX_LEVEL)
        opening.tag = closing.tag = f"h{level}"
        own_id = str(opening.attrGet("id") or "")
        opening.attrSet("id", headings.note(level, _title(inline), own_id))
        opening.attrs = dict(sorted(opening.attrs.items()))


def _title(inline: Token) -> str:
    return MARK.sub("", "".join(_texts(inline.children or []))).strip()


def _texts(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in _TEXT:
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
