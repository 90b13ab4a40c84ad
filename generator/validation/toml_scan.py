"""A scanner that finds where each key and value of a TOML text begins.

It knows tables, arrays of tables, dotted keys, arrays and inline tables (https://toml.io/en/v1.0.0)
and passes over everything else, as another reader judges whether the text is TOML.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from generator.validation.positions import Keys

_TOKEN = re.compile(
    r'''
    (?P<comment> \#[^\n]* )
  | (?P<text> """(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5} | \'\'\'(?:[^']|'{1,2}(?!'))*'{3,5}
            | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' )
  | (?P<mark> [\[\]{}=,\n] )
  | (?P<bare> [^\s\[\]{}=,"'\#]+ )
    ''',
    re.VERBOSE | re.DOTALL,
)
MAX_KEYS = 40


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """A key that is written twice, and the offsets of both."""

    name: str
    first: int
    second: int


class TomlScan:
    """Offsets of keys and values. `places` maps keys to the offsets of the key and the value."""

    def __init__(self, text: str) -> None:
        self.places: dict[Keys, tuple[int, int]] = {}
        self.repeated: DuplicateKey | None = None
        self._set: dict[Keys, int] = {}
        self._counts: dict[Keys, int] = {}
        self._tokens = [
            (match.lastgroup or "", match.group(), match.start())
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "comment"
        ]
        self._tokens.append(("mark", "", len(text)))
        self._at = 0
        self._scan()

    def _scan(self) -> None:
        table: Keys = ()
        while self._mark():
            if self._mark() == "\n":
                self._at += 1
            elif self._mark() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _mark(self) -> str:
        return self._tokens[self._at][1]

    def _header(self) -> Keys:
        start = self._tokens[self._at][2]
        repeats = self._tokens[self._at + 1][1:] == ("[", start + 1)
        self._at += 2 if repeats else 1
        keys = self._current(self._key_parts("]"))
        if repeats:
            number = self._counts[keys] = self._counts.get(keys, -1) + 1
            self.places.setdefault(keys, (start, start))
            keys = (*keys, number)
        else:
            self._once(keys, start)
        self.places.setdefault(keys, (start, start))
        self._skip_to("\n")
        return keys

    def _current(self, keys: Keys) -> Keys:
        """The keys with the number of the last table wherever they pass an array of tables."""
        found: Keys = ()
        for at, key in enumerate(keys):
            found = (*found, key)
            if found in self._counts and at < len(keys) - 1:
                found = (*found, self._counts[found])
        return found

    def _pair(self, table: Keys) -> None:
        start = self._tokens[self._at][2]
        keys = (*table, *self._key_parts("="))
        for length in range(len(table) + 1, min(len(keys), MAX_KEYS)):
            self.places.setdefault(keys[:length], (start, start))
        if self._mark() == "=":
            self._at += 1
            self._once(keys, start)
            self._value(keys, start)
        else:
            self._skip_to("\n")

    def _key_parts(self, end: str) -> Keys:
        parts: list[str] = []
        while self._mark() not in (end, "\n", "", "{", "}", ","):
            kind, token, _ = self._tokens[self._at]
            self._at += 1
            if kind == "text":
                parts.append(_unquoted(token))
            else:
                parts.extend(part for part in token.split(".") if part)
        return tuple(parts[:MAX_KEYS])

    def _value(self, keys: Keys, key_start: int) -> None:
        opening, start = self._tokens[self._at][1:]
        self.places[keys] = (key_start, start)
        if opening not in ("[", "{") or len(keys) > MAX_KEYS:
            self._skip_to("\n", ",", "]", "}")
            return
        self._at += 1
        number = 0
        while self._mark() not in ("]", "}", ""):
            if self._mark() in ("\n", ","):
                number += self._mark() == ","
                self._at += 1
            elif opening == "{":
                self._pair(keys)
            else:
                self._value((*keys, number), self._tokens[self._at][2])
        self._at += bool(self._mark())

    def _skip_to(self, *ends: str) -> None:
        while self._mark() not in ends and self._mark():
            self._at += 1

    def _once(self, keys: Keys, start: int) -> None:
        first = self._set.setdefault(keys, start)
        if first != start and self.repeated is None:
            self.repeated = DuplicateKey(".".join(str(key) for key in keys), first, start)


def _unquoted(token: str) -> str:
    try:
        return str(tomllib.loads(f"key = {token}")["key"])
    except tomllib.TOMLDecodeError:
        return token
