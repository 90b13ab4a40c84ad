"""TOML, read with the standard library, and positions of its keys and values.

The library tells no positions, so a small scanner finds them, and only when there is a Problem.
It may be lenient, as the library has read the same text before.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property

from generator.validation.places import Keys
from generator.validation.toml_scan import TomlScan
from generator.validation.wording import quoted
from generator.validation.written import Misprint, UnreadableText, Written, line_and_column

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

# The library keeps every beginning of a dotted key, so a long one would fill the memory.
_MANY_PARTS = re.compile(
    r"""(?<![\w"'.-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){33}"""
)


def load_toml(text: str) -> Written:
    """The mapping in a TOML text; raises `UnreadableText` with the place of the first fault."""
    if many := _MANY_PARTS.search(text):
        place = line_and_column(text, many.start())
        raise UnreadableText(Misprint(*place, "TOML is nested too deeply"))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise UnreadableText(_misprint(text, str(fault))) from fault
    except RecursionError as fault:
        raise UnreadableText(Misprint(1, 1, "TOML is nested too deeply")) from fault
    except ValueError as fault:
        raise UnreadableText(Misprint(1, 1, "TOML has a value that is out of range")) from fault
    return Written(values, TomlPositions(text))


def _misprint(text: str, message: str) -> Misprint:
    words = _PLACE.sub("", message)
    if re.search("overwrite|twice|mutate", words):
        repeated = TomlScan(text).repeated
        if repeated:
            return Misprint(
                *line_and_column(text, repeated.second),
                f"the key {quoted(repeated.name)} is written twice",
                f"first on line {line_and_column(text, repeated.first)[0]}",
            )
    place = _PLACE.search(message)
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        line, column = line_and_column(text, len(text.rstrip()))
    return Misprint(line, column, f"broken TOML: {words[:1].lower()}{words[1:]}")


class TomlPositions:
    """Positions in a TOML text, found when the first of them is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> dict[Keys, tuple[int, int]]:
        return TomlScan(self._text).places

    def key(self, keys: Keys) -> tuple[int, int]:
        """Where the last key itself was written."""
        return self._find(keys, 0)

    def value(self, keys: Keys) -> tuple[int, int]:
        """Where the value begins."""
        return self._find(keys, 1)

    def _find(self, keys: Keys, which: int) -> tuple[int, int]:
        while keys and keys not in self._places:
            keys = keys[:-1]
        return line_and_column(self._text, self._places[keys][which]) if keys else (1, 1)
