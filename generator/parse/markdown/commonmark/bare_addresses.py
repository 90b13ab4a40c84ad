"""Bare addresses become links, as in GFM (section 6.9): `https://…`, `www.…`, `a@b.example`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.gfm_autolink.index import _protocol_rule

from generator.parse.markdown.commonmark.text_rules import element, replace_in_texts

_PROTOCOLS = ("http", "https", "mailto", "xmpp")
_LONGEST = max(map(len, _PROTOCOLS))
_ADDRESS = re.compile(
    r"(?<![\w.+:/@-])[a-zA-Z0-9._+-]++@[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+(?![\w@+-])"
)


def add(markdown: MarkdownIt) -> None:
    """Add bare addresses to a parser.

    The plugin's rule for e-mail sees only what follows the last sign of Markdown: of `a_b@c.org`,
    `b@c.org`. Its rule for protocols looks through the whole text before each colon.
    """
    markdown.use(gfm_autolink_plugin)
    markdown.disable("gfm_autolink_email")
    markdown.inline.ruler.at("gfm_autolink_protocol", _protocol)
    markdown.core.ruler.after("inline", "email_links", _link)


def cost(text: str) -> int:
    """Return the steps that the addresses of a text take: each copies the rest of its paragraph."""
    found = sum(text.count(sign) for sign in ("http:", "https:", "mailto:", "xmpp:", "www."))
    return found * len(text) // 200


def _protocol(state: StateInline, silent: bool) -> bool:
    before = state.src[max(0, state.pos - _LONGEST) : state.pos]
    return before.endswith(_PROTOCOLS) and _protocol_rule(state, silent)


def _link(state: StateCore) -> None:
    if "@" in state.src:
        replace_in_texts(state, _ADDRESS, _made, in_links=False)


def _made(found: re.Match[str], level: int) -> list[Token]:
    if found[0][-1] in "-_":
        return [Token("text", "", 0, content=found[0], level=level)]
    return element("a", {"href": f"mailto:{found[0]}"}, found[0], level)
