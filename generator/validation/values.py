"""One value that a user wrote, read as the type that its key expects.

Each reading returns None after reporting a Problem; it never raises for what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from generator.model.timestamp import Timestamp
from generator.validation.messages import described, named, nearest, one_of
from generator.validation.positions import Keys, SourceContext
from generator.validation.timestamps import (
    EXPECTED,
    InvalidTimestampError,
    TimestampFormatError,
    timestamp_of,
)
from generator.validation.urls import email_error, language_tag, url_error

# Characters that XML, and so no feed, can carry (https://www.w3.org/TR/xml/#charsets).
# Each tag is a page, and each alias too.
MAX_ITEMS = 1_000

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Any run of blanks but the single space, which stays as it is.
_BLANKS = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def cut_short(keys: Keys, origin: SourceContext) -> bool:
    """Return whether YAML took a text, or the end of it, for a comment, which is an error."""
    place = origin.positions.comment(keys) if origin.positions.has_comments else None
    if place is None:
        return False
    message = f"{named(keys)} ends here, as in YAML a '#' after a space begins a comment"
    origin.problem_at(place, message, origin.positions.quoting(keys) or "put it in quotes")
    return True


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it was written. `raw` is what YAML or TOML gave, never None."""

    raw: Any
    keys: Keys
    origin: SourceContext

    def error(self, message: str, hint: str = "") -> None:
        """Tell what is wrong; `message` continues the value's name, as in 'must be …'."""
        self.origin.problem_at_value(self.keys, f"{named(self.keys)} {message}", hint)

    def expected(self, what: str, hint: str = "") -> None:
        """Report that something else was expected here."""
        self.error(f"must be {what}, not {described(self.raw)}", hint)

    def text(self) -> str | None:
        """Return text on one line: runs of blanks become one, Unicode is composed; may be empty.

        It is an error if YAML took the end of the text for a comment.
        """
        if self.origin.positions.has_comments and cut_short(self.keys, self.origin):
            return None
        return self.line()

    def line(self) -> str | None:
        """As `text`, for a number, date or the like, from which a comment takes nothing away."""
        raw = self.raw
        if not isinstance(raw, str):
            scalar = self.origin.typed and not isinstance(raw, list | tuple | dict)
            hint = self.origin.positions.quoting(self.keys)
            self.expected("text in quotes" if scalar else "text", hint)
            return None
        if self.unprintable():
            return None
        text = raw if raw.isascii() else unicodedata.normalize("NFC", raw)
        return _BLANKS.sub(" ", text).strip(" ")

    def unprintable(self) -> bool:
        """Whether a text has a character that no page or feed can carry, which is an error."""
        character = _UNPRINTABLE.search(self.raw)
        if character:
            self.error(f"has the character U+{ord(character.group()):04X}, which is not text")
        return character is not None

    def filled(self) -> str | None:
        """Return text that is not empty."""
        text = self.text()
        if text == "":
            self.error("is empty")
            return None
        return text

    def as_flag(self) -> bool | None:
        """What the value says if it is true or false, and None, without a Problem, if not."""
        if isinstance(self.raw, bool):
            return self.raw
        if isinstance(self.raw, str) and not self.origin.typed:
            return _FLAGS.get(self.raw.strip().casefold())
        return None

    def flag(self) -> bool | None:
        """Return true or false; where all is text also yes, no, on and off, in any case."""
        flag = self.as_flag()
        if flag is None:
            self.expected("true or false")
        return flag

    def integer(self, minimum: int, maximum: int) -> int | None:
        """Return a whole number from `minimum` to `maximum`."""
        raw = self.raw
        number = raw if isinstance(raw, int) and not isinstance(raw, bool) else None
        if isinstance(raw, str) and not self.origin.typed and _INTEGER.fullmatch(raw):
            number = int(raw)
        if number is not None and minimum <= number <= maximum:
            return number
        self.expected(f"a whole number from {minimum} to {maximum}")
        return None

    def choice(self, choices: Collection[str]) -> str | None:
        """Return one of `choices`, as it is written there."""
        text = self.filled()
        if text is None or text in choices:
            return text
        self.expected(one_of(choices), nearest(text, choices))
        return None

    def moment(self, zone: tzinfo, expected: str = EXPECTED) -> Timestamp | None:
        """Return a date or timestamp; one without an offset is in `zone`."""
        written = self.line() if isinstance(self.raw, str) else self.raw
        if written is None:
            return None
        if not isinstance(written, str | date):
            self.expected(expected)
            return None
        try:
            return timestamp_of(written, zone)
        except TimestampFormatError:
            self.expected(expected)
        except InvalidTimestampError as error:
            self.error(f"{error}, not {described(self.raw)}", error.hint)
        return None

    def url(self) -> str | None:
        """Return an absolute http(s) URL."""
        text = self.filled()
        if text is None:
            return None
        if error := url_error(text):
            self.error(f"{error}: {described(text)}")
            return None
        return text

    def email(self) -> str | None:
        """Return an e-mail address."""
        text = self.filled()
        if text and (error := email_error(text)):
            self.error(f"{error}, not {described(text)}")
            return None
        return text

    def language(self) -> str | None:
        """Return a BCP 47 language tag, in its canonical case."""
        text = self.filled()
        if text is None:
            return None
        tag = language_tag(text)
        if not tag:
            near = language_tag(text.replace("_", "-"))
            hint = f"did you mean '{near}'?" if near else ""
            self.expected("a language tag such as en or fa-IR", hint)
        return tag or None

    def items(self, *, single: bool = False) -> tuple[Value, ...] | None:
        """Return the items of a list; with `single`, one text alone is a list of one.

        A single text with a comma is more likely a list without its brackets: an error.
        """
        if isinstance(self.raw, list):
            if len(self.raw) > MAX_ITEMS:
                self.error(f"has {len(self.raw):,} items, and may have {MAX_ITEMS:,}")
                return None
            made = [Value(item, (*self.keys, at), self.origin) for at, item in enumerate(self.raw)]
            empty = [item for item in made if item.raw is None]
            for item in empty:
                if not cut_short(item.keys, self.origin):
                    item.error("is empty")
            return tuple(item for item in made if item.raw is not None)
        if single and isinstance(self.raw, str) and "," not in self.raw:
            return (self,)
        hint = "write a list, as in [one, two]" if isinstance(self.raw, str) else ""
        self.expected("a list", hint)
        return None

    def texts(self, *, single: bool = False) -> tuple[str, ...] | None:
        """Return a list of texts, none of them empty; invalid items are reported and left out."""
        items = self.items(single=single)
        if items is None:
            return None
        return tuple(text for item in items if (text := item.filled()) is not None)
