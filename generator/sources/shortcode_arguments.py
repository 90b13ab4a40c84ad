"""The arguments of a shortcode call: positional and named, bare, "quoted" or `raw`."""

from __future__ import annotations

import re

OPENER = re.compile(r"\{\{([<%])")
END = re.compile(r"\s*(/?)([>%])\}\}")
KEY = re.compile(r"\s+([\w-]+)\s*=\s*")
GAP = re.compile(r"\s+")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|`([^`]*)`', re.DOTALL)
BARE = re.compile(r'(?:(?!/?[>%]\}\}|\{\{[<%])[^\s"`])+')
VALUE_END = re.compile(r"\s|/?[>%]\}\}")


class CallFault(Exception):
    """A call that can't be read; `position` is where."""

    def __init__(self, position: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.position = position
        self.message = message
        self.hint = hint


def read_arguments(
    text: str, start: int, position: int
) -> tuple[tuple[str, ...], dict[str, str], re.Match[str]]:
    """The positional and named arguments from `position` on, and the match of the call's end.

    Raises `CallFault`; `start` is where the call began.
    """
    args: list[str] = []
    named: dict[str, str] = {}
    while not (end := END.match(text, position)):
        key = KEY.match(text, position)
        gap = key or GAP.match(text, position)
        if gap is None or gap.end() == len(text):
            raise _unreadable(text, start, position)
        value, position = _value(text, start, gap.end())
        if key is None:
            args.append(value)
        elif key[1] in named:
            raise CallFault(key.start(1), f"'{key[1]}' is given twice in one shortcode call")
        else:
            named[key[1]] = value
    if (end[2] == ">") != (text[start + 2] == "<"):
        opened, closed = text[start : start + 3], end[0].strip()
        raise CallFault(start, f"a shortcode call opens with {opened} and ends with {closed}")
    return tuple(args), named, end


def _value(text: str, start: int, position: int) -> tuple[str, int]:
    if quoted := QUOTED.match(text, position):
        if not VALUE_END.match(text, quoted.end()):
            raise _unreadable(text, start, quoted.end())
        if quoted[2] is not None:
            return quoted[2], quoted.end()
        return re.sub(r"\\([\"\\])", r"\1", quoted[1]), quoted.end()
    bare = BARE.match(text, position)
    if bare is None:
        raise _unreadable(text, start, position)
    if bare[0][0] in "\u201c\u201d\u201e":
        raise CallFault(position, "a curly quote in a shortcode call", 'use straight ones: "…"')
    return bare[0], bare.end()


def _unreadable(text: str, start: int, position: int) -> CallFault:
    closing = ">}}" if text[start + 2] == "<" else "%}}"
    following = OPENER.search(text, start + 3)
    if text.find(closing, start, following.start() if following else len(text)) < 0:
        return CallFault(start, "a shortcode call that does not end", f"it ends with {closing}")
    found = text[position : position + 20].strip().split("\n")[0]
    return CallFault(
        position, f"can't read this shortcode argument: {found!r}", 'as in key="a value"'
    )
