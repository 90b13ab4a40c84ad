"""Bare addresses become links, as in GFM (section 6.9): `https://…`, `www.…`, `a@b.example`."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink._match import match_www
from mdit_py_plugins.gfm_autolink.index import _protocol_rule

from generator.parse.markdown.commonmark.text_rules import element, replace_in_texts, text

_PROTOCOLS = ("http", "https", "mailto", "xmpp")
_LONGEST = max(map(len, _PROTOCOLS))
# What follows an address is read once for each parenthesis at its end, so longer ones stay text.
_MOST_CHARACTERS = 2_000
_WEB = re.compile(rf"(?<![^\s*_~(])www\.[^\s<]{{1,{_MOST_CHARACTERS}}}+(?![^\s<])")
_TOO_LONG = re.compile(rf"\S{{{_MOST_CHARACTERS}}}")
_MAIL = re.compile(
    r"(?<![\w.+:/@-])[a-zA-Z0-9._+-]++@[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+(?![\w@+-])"
)


def add(markdown: MarkdownIt) -> None:
    """Add bare addresses to a parser.

    Of the rules of gfm_autolink, only that for protocols is used, and only where one precedes a
    colon, because it looks through the whole text. The rule for `www.` would end a text at each
    `w`, and that for e-mail sees only what follows the last sign of Markdown: of `a_b@c.org`,
    `b@c.org`. So these two look through finished texts here.
    """
    markdown.inline.ruler.push("addresses", _protocol)
    markdown.core.ruler.after("inline", "addresses", _link)


def cost(source: str) -> int:
    """Return the steps that the addresses of a text take: each copies the rest of its paragraph."""
    found = sum(source.count(sign) for sign in ("http:", "https:", "mailto:", "xmpp:", "www."))
    return found * len(source) // 200


def _protocol(state: StateInline, silent: bool) -> bool:
    before = state.src[max(0, state.pos - _LONGEST) : state.pos]
    if not before.endswith(_PROTOCOLS) or _TOO_LONG.match(state.src, state.pos):
        return False
    return _protocol_rule(state, silent)


def _link(state: StateCore) -> None:
    if "www." in state.src:
        normalize = state.md.normalizeLink
        replace_in_texts(
            state, _WEB, lambda found, level: _web(found, level, normalize), in_links=False
        )
    if "@" in state.src:
        replace_in_texts(state, _MAIL, _mail, in_links=False)


def _web(found: re.Match[str], level: int, normalize: Callable[[str], str]) -> list[Token]:
    matched = match_www(found[0])
    if matched is None:
        return [text(found[0], level)]
    url, length = matched
    link = element("a", {"href": normalize(url)}, found[0][:length], level)
    return [*link, text(found[0][length:], level)]


def _mail(found: re.Match[str], level: int) -> list[Token]:
    if found[0][-1] in "-_":
        return [text(found[0], level)]
    return element("a", {"href": f"mailto:{found[0]}"}, found[0], level)
