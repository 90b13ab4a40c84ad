"""The arguments of a shortcode call: positional and named, bare, "quoted" or `raw`.

No pattern here gives back what it has taken, so that a long run of blanks is read once.
"""

from __future__ import annotations

import re

OPENER = re.compile(r"\{\{([<%])")
CLOSER = re.compile(r"[>%]\}\}")
END = re.compile(r"\s*+(/?)([>%])\}\}")
KEY = re.compile(r"\s*+([\w-]++)\s*+=\s*+")
GAP = re.compile(r"\s*+")
QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"|`([^`]*+)`', re.DOTALL)
BARE = re.compile(r'(?:(?!/?[>%]\}\}|\{\{[<%])[^\s"`])++')

MAX_ARGUMENTS = 100


class CallError(Exception):
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

    A blank that is missing after a quoted value is read as if it were there. Raises `CallError`;
    `start` is where the call began.
    """
    args: list[str] = []
    named: dict[str, str] = {}
    begin = position
    while not (end := END.match(text, position)):
        key = KEY.match(text, position)
        gap = key or GAP.match(text, position)
        if gap is None or gap.end() == len(text) or not _separate(text, begin, position):
            raise _unreadable(text, position)
        begin = gap.end()
        value, position = _value(text, begin)
        if key is None:
            args.append(value)
        elif key[1] in named:
            raise CallError(key.start(1), f"'{key[1]}' is given twice in one shortcode call")
        else:
            named[key[1]] = value
        if len(args) + len(named) > MAX_ARGUMENTS:
            raise CallError(start, f"a shortcode call with more than {MAX_ARGUMENTS} arguments")
    if (end[2] == ">") != (text[start + 2] == "<"):
        opened, closed = text[start : start + 3], end[0].strip()
        raise CallError(start, f"a shortcode call opens with {opened} and ends with {closed}")
    return tuple(args), named, end


def call_end(text: str, start: int) -> int:
    """Where a call that can't be read ends: before the next one begins. 0 if it does not end."""
    following = OPENER.search(text, start + 3)
    closer = CLOSER.search(text, start + 3, following.start() if following else len(text))
    return closer.end() if closer else 0


def _separate(text: str, begin: int, position: int) -> bool:
    """Return whether an argument may follow at `position` what began at `begin`.

    After a quoted value no blank is needed, unless it holds the end of a call: then its own
    closing quote is missing.
    """
    if text[position].isspace():
        return True
    return text[begin] in '"`' and not CLOSER.search(text, begin, position)


def _value(text: str, position: int) -> tuple[str, int]:
    if quoted := QUOTED.match(text, position):
        if quoted[2] is not None:
            return quoted[2], quoted.end()
        return re.sub(r"\\([\"\\])", r"\1", quoted[1]), quoted.end()
    bare = BARE.match(text, position)
    if bare is None:
        raise _unreadable(text, position)
    if bare[0][0] in "\u201c\u201d\u201e":
        raise CallError(position, "a curly quote in a shortcode call", 'use straight ones: "…"')
    return bare[0], bare.end()


def _unreadable(text: str, position: int) -> CallError:
    found = text[position : position + 20].strip().split("\n")[0]
    return CallError(
        position, f"can't read this shortcode argument: {found!r}", 'as in key="a value"'
    )
