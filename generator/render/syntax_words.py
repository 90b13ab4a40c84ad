"""Adds the nearest valid name to what Jinja says of a template that it can't compile."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from generator.validation.messages import nearest, quoted

_UNKNOWN = re.compile(r"^No (filter|test) named '(.+?)'(?: found)?\.?")
_TAG = re.compile(r"^Encountered unknown tag '(.+?)'")
_TWICE = re.compile(r"^block '(.+?)' defined twice")
_TAGS = (
    *("for", "endfor", "if", "elif", "else", "endif", "block", "endblock", "extends", "include"),
    *("import", "from", "macro", "endmacro", "call", "endcall", "set", "endset", "filter"),
    *("endfilter", "with", "endwith", "autoescape", "endautoescape", "raw", "endraw", "print"),
)


class TemplateNames(NamedTuple):
    """The names that every template of the theme knows."""

    globals: Collection[str]
    filters: Collection[str]
    tests: Collection[str]


class SyntaxWords(NamedTuple):
    """What is wrong, what to do, where it stands, and whether it is the syntax that is wrong."""

    message: str
    hint: str = ""
    word: str = ""
    is_syntax: bool = True


def explain_syntax(message: str, known: TemplateNames) -> SyntaxWords:
    """Return an error of Jinja's compiler with what was probably meant."""
    if found := _UNKNOWN.match(message):
        choices = known.filters if found[1] == "filter" else known.tests
        text = f"there is no {found[1]} {quoted(found[2])}"
        return SyntaxWords(text, nearest(found[2], choices), found[2], is_syntax=False)
    if found := _TAG.match(message):
        hint = "" if found[1] in _TAGS else nearest(found[1], _TAGS)
        return SyntaxWords(message.rstrip("."), hint, found[1])
    if found := _TWICE.match(message):
        return SyntaxWords(message, "give one of the two a different name")
    return SyntaxWords(message)
