"""Reads a mapping that a user wrote, key by key.

Every key that is read is a known one; `finish` then reports the others. A key that is left empty
(`updated:`) counts as left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import tzinfo
from typing import Any

from generator.model.timestamp import Timestamp
from generator.validation.messages import named, nearest, quoted
from generator.validation.positions import Keys, SourceContext
from generator.validation.values import Value, cut_short

OPEN_KEY = "extra"
"""The key of a mapping with keys of the portal's own."""

_KEEP_IT = f"put it under '{OPEN_KEY}'"
MAX_INTEGER = 1_000_000_000


class Fields:
    """Reads one mapping; errors go to `origin.problems`, and a default replaces a wrong value."""

    __slots__ = ("_known", "_values", "keys", "origin")

    def __init__(self, values: Mapping[str, Any], origin: SourceContext, keys: Keys = ()) -> None:
        self._values = values
        self._known: dict[str, None] = {}
        self.origin = origin
        self.keys = keys

    @property
    def known(self) -> tuple[str, ...]:
        """The keys that were asked for so far, in that order."""
        return tuple(self._known)

    def value(self, key: str, *, required: bool = False) -> Value | None:
        """Return the value of a key, or None if it is left out, which is an error if `required`."""
        self._known[key] = None
        raw = self._values.get(key)
        if raw is not None:
            return Value(raw, (*self.keys, key), self.origin)
        if key in self._values and cut_short((*self.keys, key), self.origin):
            return None
        if required:
            self.missing(key)
        return None

    def missing(self, key: str, hint: str = "") -> None:
        """Report that a required key is left out, or has no value."""
        if key in self._values:
            at = (*self.keys, key)
            if not cut_short(at, self.origin):
                hint = hint or self.origin.positions.quoting(at)
                self.error(key, f"{named(at)} is empty", hint)
        else:
            where = f" in {named(self.keys)}" if self.keys else ""
            self.origin.problem_at_value(self.keys, f"missing key '{key}'{where}", hint)

    def error(self, key: str, message: str, hint: str = "") -> None:
        """Report an error where `key` was written, or of the whole mapping if it was not."""
        if key in self._values:
            self.origin.problem_at_key((*self.keys, key), message, hint)
        else:
            self.origin.problem_at_value(self.keys, message, hint)

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Return text on one line; a required one can't be empty."""
        value = self.value(key, required=required)
        if value is None:
            return default
        return (value.filled() if required else value.text()) or default

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.value(key)
        flag = value.flag() if value else None
        return default if flag is None else flag

    def integer(
        self, key: str, default: int = 0, *, minimum: int = 0, maximum: int = MAX_INTEGER
    ) -> int:
        """Return a whole number within its bounds."""
        value = self.value(key)
        number = value.integer(minimum, maximum) if value else None
        return default if number is None else number

    def choice(self, key: str, choices: Collection[str], default: str = "") -> str:
        """Return one of `choices`; without a default it is required."""
        value = self.value(key, required=not default)
        return (value.choice(choices) if value else None) or default

    def moment(self, key: str, zone: tzinfo, *, required: bool = False) -> Timestamp | None:
        """Return a date or timestamp; one without an offset is in `zone`."""
        value = self.value(key, required=required)
        return value.moment(zone) if value else None

    def given(self, key: str) -> Value | None:
        """Return the value of a key that may be left out, or left empty in quotes."""
        value = self.value(key)
        return None if value is None or value.raw == "" else value

    def url(self, key: str, *, required: bool = False) -> str:
        """Return an absolute http(s) URL, or empty text."""
        value = self.value(key, required=True) if required else self.given(key)
        return (value.url() if value else None) or ""

    def email(self, key: str) -> str:
        """Return an e-mail address, or empty text."""
        value = self.given(key)
        return (value.email() if value else None) or ""

    def language(self, key: str, default: str) -> str:
        """Return a BCP 47 language tag, in its canonical case."""
        value = self.given(key)
        return (value.language() if value else None) or default

    def items(self, key: str, *, single: bool = False) -> tuple[Value, ...]:
        """Return the items of a list; with `single`, one text alone is a list of one."""
        value = self.value(key)
        return (value.items(single=single) if value else None) or ()

    def texts(self, key: str, *, single: bool = False) -> tuple[str, ...]:
        """Return a list of texts, none of them empty."""
        value = self.value(key)
        return (value.texts(single=single) if value else None) or ()

    def mapping(self, key: str, *, required: bool = False) -> Fields | None:
        """Return a reader of the mapping under `key`, or None if there is none."""
        value = self.value(key, required=required)
        return fields_of(value) if value else None

    def records(self, key: str, *, required: bool = False) -> tuple[Fields, ...]:
        """Return readers of the mappings in a list."""
        value = self.value(key, required=required)
        items = (value.items() if value else None) or ()
        return tuple(fields for item in items if (fields := fields_of(item)) is not None)

    def finish(self, synonyms: Mapping[str, str] | None = None) -> None:
        """Report every unknown key; `synonyms` are what other tools call some keys."""
        for key in self._values:
            if self.origin.full:
                return
            if key not in self._known:
                meant = (synonyms or {}).get(key.casefold())
                known = meant in self._known
                hint = f"did you mean '{meant}'?" if known else nearest(key, self._known)
                if OPEN_KEY in self._known and OPEN_KEY not in hint:
                    hint = f"{hint} or {_KEEP_IT}" if hint else _KEEP_IT
                where = f" in {named(self.keys)}" if self.keys else ""
                at = (*self.keys, key)
                self.origin.problem_at_key(at, f"unknown key {quoted(key)}{where}", hint)


def fields_of(value: Value, expected: str = "a mapping of keys to values") -> Fields | None:
    """Return a reader of a value that is a mapping; None after reporting that it is not one."""
    if not isinstance(value.raw, dict):
        value.expected(expected)
        return None
    return Fields(value.raw, value.origin, value.keys)
