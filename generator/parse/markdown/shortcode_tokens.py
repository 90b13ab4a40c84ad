"""One pair of double braces in a text: what opens or closes a shortcode, or only looks like it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.parse.markdown.shortcode_arguments import CallError, call_end, read_arguments

ESCAPED = re.compile(r"\{\{([<%])/\*((?:(?!\{\{).){0,5000}?)\*/([>%]\}\})", re.DOTALL)
NAME = re.compile(r"\s*+(/?)\s*+(\w[\w-]*+(?:[./]\w[\w-]*+)*+)(?=\s|/?[>%]\}\})")


@dataclass(frozen=True, slots=True)
class Token:
    """One pair of double braces in a text, from `start` to `end`.

    `shown` is what a notation of another kind shows: a character, or the text of a link. A token
    that is `inline` is part of a paragraph even if it has its line for itself.
    """

    start: int
    end: int
    kind: Literal["open", "close", "single", "text"]
    name: str = ""
    args: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    error: CallError | None = None
    shown: str = ""
    inline: bool = False


def read_token(text: str, start: int) -> Token:
    """The token that begins at `start`. Raises `CallError` where it has no name or no end."""
    if escaped := ESCAPED.match(text, start):
        return Token(start, escaped.end(), "text")
    name = NAME.match(text, start + 3)
    if name is None:
        raise CallError(start, "a shortcode call without a name", "as in {{< name … >}}")
    try:
        args, named, end = read_arguments(text, start, name.end())
    except CallError as error:
        return _unread(text, start, name, error)
    if name[1]:
        return Token(start, end.end(), "close", name[2])
    return Token(start, end.end(), "single" if end[1] else "open", name[2], args, named)


def _unread(text: str, start: int, name: re.Match[str], error: CallError) -> Token:
    end = call_end(text, start)
    if not end:
        closing = ">}}" if text[start + 2] == "<" else "%}}"
        message = "a shortcode call that does not end"
        raise CallError(start, message, f"it ends with {closing}") from error
    return Token(start, end, "close" if name[1] else "open", name[2], error=error)
