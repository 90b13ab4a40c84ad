"""Notations that a portal turns on and that mean the same in every dialect.

Emoji by name, wiki links and formulas are found with the shortcodes, before a dialect reads the
text. Highlighted, subscript and superscript text is left to the dialects, which ask here for its
signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from generator.model.site import Markup
from generator.parse.markdown.shortcode_arguments import OPENER
from generator.parse.markdown.shortcode_tokens import Token, read_token

# A script is one word, so that two prices or a pair of carets far apart make none.
SUBSCRIPT = r"(?<![\\~])~([^\s~]{1,100})~(?!~)"
SUPERSCRIPT = r"(?<![\\^])\^([^\s^]{1,100})\^(?!\^)"

_EMOJI = re.compile(r"(?<![\\\w:]):([a-z0-9_+-]{1,60}):(?![\w:])")
_WIKI_LINK = re.compile(r"(?<![\\!])\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\](?![(\[])")
# No word or price touches a formula in a line, and no blank its inside.
_FORMULA = re.compile(r"(?<![\\$\w])\$(?![\s$])([^$\n]{1,300})(?<![\s\\])\$(?![\w$])")
_BLOCK_FORMULA = re.compile(r"(?<![\\$])\$\$([^$]{1,2000})\$\$(?!\$)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


class Notations:
    """Reads the notations that are turned on, and the calls of shortcodes, which always are."""

    def __init__(self, markup: Markup) -> None:
        self._emoji = markup.emoji
        self._wiki_links = markup.wiki_links
        self._math = markup.math
        patterns = [OPENER.pattern]
        if markup.emoji:
            patterns.append(f"(?:{_EMOJI.pattern})")
        if markup.wiki_links:
            patterns.append(f"(?:{_WIKI_LINK.pattern})")
        if markup.math:
            patterns.append(f"(?:{_BLOCK_FORMULA.pattern})|(?:{_FORMULA.pattern})")
        self.opener = re.compile("|".join(patterns))
        """What begins a call or a notation."""

    def may_be_in(self, text: str) -> bool:
        """Return whether a text can have any of them."""
        return (
            "{{<" in text
            or "{{%" in text
            or (self._emoji and ":" in text)
            or (self._math and "$" in text)
            or (self._wiki_links and "[[" in text)
        )

    def read(self, text: str, start: int) -> Token | None:
        """Return what begins at `start`; None for a word between colons that is no emoji.

        Raises `CallError`.
        """
        if text[start] == ":":
            found = _EMOJI.match(text, start)
            shown = _emoji().get(found[1], "") if found else ""
            return Token(start, found.end(), "text", shown=shown) if found and shown else None
        if text[start] == "$":
            return _formula(text, start)
        if text[start] == "[":
            return _wiki_link(text, start)
        return read_token(text, start)


def dialect_signs(markup: Markup) -> tuple[str, ...]:
    """Return the signs of the notations that a dialect has to read."""
    signs = {"==": markup.mark, "~": markup.subscript, "^": markup.superscript}
    return tuple(sign for sign, on in signs.items() if on)


def _wiki_link(text: str, start: int) -> Token | None:
    """Return a call of `ref` with the text that its link shows."""
    found = _WIKI_LINK.match(text, start)
    if found is None or not found[1].strip():
        return None
    target = found[1].strip()
    label = (found[2] or "").strip() or _PUNCTUATION.sub(r"\\\g<0>", target)
    return Token(start, found.end(), "single", "ref", (target,), shown=label, inline=True)


def _formula(text: str, start: int) -> Token | None:
    """Return a call of `math`; None if there is a blank line in it."""
    if block := _BLOCK_FORMULA.match(text, start):
        if re.search(r"\n[ \t]*\n", block[1]):
            return None
        named = {"display": "block"}
        return Token(start, block.end(), "single", "math", (block[1].strip(),), named)
    found = _FORMULA.match(text, start)
    return Token(start, found.end(), "single", "math", (found[1],), inline=True) if found else None


@cache
def _emoji() -> Mapping[str, str]:
    """Return the characters by the names that GitHub has for them."""
    from pymdownx import gemoji_db

    characters = {
        name.strip(":"): _characters(entry.get("unicode_alt", entry["unicode"]))
        for name, entry in gemoji_db.emoji.items()
        if "unicode" in entry
    }
    aliases = {
        alias.strip(":"): characters[name.strip(":")]
        for alias, name in gemoji_db.aliases.items()
        if name.strip(":") in characters
    }
    return characters | aliases


def _characters(written: str) -> str:
    return "".join(chr(int(code, 16)) for code in written.split("-"))
