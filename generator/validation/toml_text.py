"""TOML, read with the standard library, and positions of its keys and values.

The library tells no positions, so a small scanner finds them, and only when there is a Problem.
It may be lenient, as the library has read the same text before.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cached_property

from generator.validation.located import (
    LocatedMapping,
    SyntaxProblem,
    UnreadableTextError,
    line_and_column,
)
from generator.validation.messages import quoted
from generator.validation.positions import Keys
from generator.validation.toml_scan import TomlScan

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

_LINE = re.compile(r"[ \t]*[\w.-]+[ \t]*=[ \t]*")
# Longer lines are not repeated in a hint.
_SHOWN_CHARACTERS = 160

# The library keeps every beginning of a dotted key, so a long one would fill the memory.
_MANY_PARTS = re.compile(
    r"""(?<![\w"'.-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){33}"""
)


def load_toml(text: str) -> LocatedMapping:
    """Return the mapping in a TOML text.

    Raises `UnreadableTextError` with the position of the first error.
    """
    if many := _MANY_PARTS.search(text):
        place = line_and_column(text, many.start())
        raise UnreadableTextError(SyntaxProblem(*place, "TOML is nested too deeply"))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableTextError(_misprint(text, str(error))) from error
    except RecursionError as error:
        raise UnreadableTextError(SyntaxProblem(1, 1, "TOML is nested too deeply")) from error
    except ValueError as error:
        raise UnreadableTextError(
            SyntaxProblem(1, 1, "TOML has a value that is out of range")
        ) from error
    return LocatedMapping(values, TomlPositions(text))


def _misprint(text: str, message: str) -> SyntaxProblem:
    words = _PLACE.sub("", message)
    if re.search("overwrite|twice|mutate", words):
        repeated = TomlScan(text).repeated
        if repeated:
            return SyntaxProblem(
                *line_and_column(text, repeated.second),
                f"the key {quoted(repeated.name)} is written twice",
                f"first on line {line_and_column(text, repeated.first)[0]}",
            )
    place = _PLACE.search(message)
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        line, column = line_and_column(text, len(text.rstrip()))
    shown = text.split("\n")[line - 1]
    message = f"broken TOML: {words[:1].lower()}{words[1:]}"
    return SyntaxProblem(line, column, message, _quoting_hint(shown))


def _quoting_hint(line: str) -> str:
    """Advice to put the value of a line in quotes, if it can't be read as it stands."""
    found = _LINE.match(line)
    if found is None or len(line) > _SHOWN_CHARACTERS or not line.isprintable():
        return ""
    value = line[found.end() :].rstrip()
    if value[:1] in ("", "[", "{") or _is_read(f"key = {value}"):
        return ""
    return f"put it in quotes: {found[0].strip()} {_in_quotes(value)}"


def _in_quotes(value: str) -> str:
    first, inner = value[0], value[1:-1]
    if first in "'\"" and value.count(first) == 1:
        inner = value[1:]
    elif first not in "'\"" or first != value[-1]:
        inner = value
    if ('"' in inner or "\\" in inner) and "'" not in inner:
        return f"'{inner}'"
    return json.dumps(inner, ensure_ascii=False)


def _is_read(text: str) -> bool:
    try:
        tomllib.loads(text)
    except ValueError:
        return False
    return True


class TomlPositions:
    """Positions in a TOML text, found when the first of them is asked for.

    A comment takes nothing from a value, as text in TOML is always in quotes.
    """

    has_comments = False

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> dict[Keys, tuple[int, int]]:
        return TomlScan(self._text).places

    def key(self, keys: Keys) -> tuple[int, int]:
        """Return where the last key itself was written."""
        return self._find(keys, 0)

    def value(self, keys: Keys) -> tuple[int, int]:
        """Return where the value begins."""
        return self._find(keys, 1)

    def comment(self, keys: Keys) -> tuple[int, int] | None:
        """Nowhere."""
        return None

    def quoting(self, keys: Keys) -> str:
        """No advice: what is not in quotes is of another type, and the message says so."""
        return ""

    def _find(self, keys: Keys, which: int) -> tuple[int, int]:
        while keys and keys not in self._places:
            keys = keys[:-1]
        return line_and_column(self._text, self._places[keys][which]) if keys else (1, 1)
