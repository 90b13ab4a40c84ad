"""What rules that replace parts of a text have in common."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.common.utils import isLinkClose, isLinkOpen
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

Make = Callable[[re.Match[str], int], list[Token]]
"""Returns the tokens that replace a match, at a level."""


def replace_in_texts(
    state: StateCore, pattern: re.Pattern[str], make: Make, *, in_links: bool
) -> None:
    """Replace each match in the texts of a document; code and addresses are no texts."""
    for block in state.tokens:
        if block.children and any(pattern.search(token.content) for token in block.children):
            block.children = _replaced(block.children, pattern, make, in_links)


def _replaced(
    tokens: list[Token], pattern: re.Pattern[str], make: Make, in_links: bool
) -> list[Token]:
    found: list[Token] = []
    links = 0
    for token in tokens:
        links += _opened_links(token)
        if token.type == "text" and (in_links or not links):
            found += _parts(token, pattern, make)
        else:
            found.append(token)
    return found


def _opened_links(token: Token) -> int:
    """Return 1 for the beginning of a link, also in raw HTML, and -1 for its end."""
    if token.type == "html_inline":
        return int(isLinkOpen(token.content)) - int(isLinkClose(token.content))
    return token.nesting if token.type in ("link_open", "link_close") else 0


def _parts(token: Token, pattern: re.Pattern[str], make: Make) -> list[Token]:
    parts: list[Token] = []
    position = 0
    for match in pattern.finditer(token.content):
        parts.append(text(token.content[position : match.start()], token.level))
        parts += make(match, token.level)
        position = match.end()
    parts.append(text(token.content[position:], token.level))
    return [part for part in parts if part.content or part.type != "text"]


def text(content: str, level: int) -> Token:
    """Return a token of text."""
    return Token("text", "", 0, content=content, level=level)


def element(
    tag: str, attributes: dict[str, str | int | float], content: str, level: int
) -> list[Token]:
    """Return the tokens of an element that holds a text; the type of a link is `link_open`."""
    name = {"a": "link"}.get(tag, tag)
    return [
        Token(f"{name}_open", tag, 1, attrs=attributes, level=level),
        text(content, level + 1),
        Token(f"{name}_close", tag, -1, level=level),
    ]
