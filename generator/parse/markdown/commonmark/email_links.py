"""Bare e-mail addresses become links, as in GFM (section 6.9)."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.parse.markdown.commonmark.text_rules import element, replace_in_texts

# `xmpp:` and `mailto:` before an address belong to the link, and are read by gfm_autolink.
_ADDRESS = re.compile(
    r"(?<![\w.+:/@-])[a-zA-Z0-9._+-]++@[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+(?![\w@+-])"
)


def add(markdown: MarkdownIt) -> None:
    """Add the rule to a parser, in the place of that of gfm_autolink.

    That one sees only what follows the last sign of Markdown: of `a_b@c.org`, `b@c.org`.
    """
    markdown.disable("gfm_autolink_email")
    markdown.core.ruler.after("inline", "email_links", _link)


def _link(state: StateCore) -> None:
    if "@" in state.src:
        replace_in_texts(state, _ADDRESS, _made, in_links=False)


def _made(found: re.Match[str], level: int) -> list[Token]:
    if found[0][-1] in "-_":
        return [Token("text", "", 0, content=found[0], level=level)]
    return element("a", {"href": f"mailto:{found[0]}"}, found[0], level)
