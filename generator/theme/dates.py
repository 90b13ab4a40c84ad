"""Formats dates, times and numbers in each language, with Babel's CLDR data."""

from __future__ import annotations

from datetime import date, datetime, time
from email.utils import format_datetime as format_rfc822
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from generator.model.timestamp import Timestamp

if TYPE_CHECKING:
    from babel import Locale

Width = Literal["short", "medium", "long", "full"]
_WIDTHS: dict[str, Width] = {
    "short": "short",
    "medium": "medium",
    "long": "long",
    "full": "full",
}
STYLES = (*_WIDTHS, "iso", "rfc822")
"""The styles of dates that have a name; any other is a CLDR pattern."""

_ZEROS = {"arab": "٠", "arabext": "۰", "deva": "०", "beng": "০", "mymr": "၀", "tibt": "༠"}


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """Return Babel's locale for a BCP 47 tag; English for an unknown language."""
    from babel import Locale, UnknownLocaleError

    parts = lang.split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("_".join(parts[:length]))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=64)
def _digit_table(lang: str) -> dict[int, int]:
    zero = _ZEROS.get(locale_of(lang).default_numbering_system or "")
    if zero is None:
        return {}
    return {ord("0") + step: ord(zero) + step for step in range(10)}


def digits(text: str, lang: str) -> str:
    """Replace the ASCII digits of a text with the language's own."""
    return text.translate(_digit_table(lang))


def format_number(value: int | float, lang: str) -> str:
    """Format a number with the language's separators and digits."""
    from babel.numbers import format_decimal

    return digits(format_decimal(value, locale=locale_of(lang)), lang)


def format_moment(moment: Timestamp, style: str, lang: str) -> str:
    """Format a timestamp for readers or machines.

    `style` is a CLDR width (`short` to `full`), which shows a time only if there is one; `iso` (ISO
    8601) or `rfc822` (RFC 822 with a four-digit year); or a CLDR date pattern.
    """
    if style == "iso":
        return moment.isoformat()
    if style == "rfc822":
        return format_rfc822(moment.at)
    width = _WIDTHS.get(style)
    if width is None:
        return _by_pattern(moment.at.isoformat(), style, lang)
    day = _day(moment.at.date(), width, lang)
    return _with_time(day, moment, style, lang) if moment.has_time else day


def format_time(moment: Timestamp, lang: str) -> str:
    """Format the time of day; empty for a date without a time."""
    return _clock(moment.at.time(), lang) if moment.has_time else ""


@lru_cache(maxsize=2048)
def _by_pattern(written: str, pattern: str, lang: str) -> str:
    """Cached by the timestamp as written:

    equal instants of two time zones may be on different days.
    """
    from babel.dates import format_datetime

    at = datetime.fromisoformat(written)
    return digits(format_datetime(at, pattern, locale=locale_of(lang)), lang)


@lru_cache(maxsize=4096)
def _day(day: date, width: Width, lang: str) -> str:
    from babel.dates import format_date

    return digits(format_date(day, width, locale=locale_of(lang)), lang)


@lru_cache(maxsize=4096)
def _clock(clock: time, lang: str) -> str:
    from babel.dates import format_time as babel_time

    return digits(babel_time(clock, "short", locale=locale_of(lang)), lang)


@lru_cache(maxsize=64)
def _day_and_clock(lang: str) -> str:
    """Return the pattern that combines a date, `{1}`, and a time of day, `{0}`."""
    return str(locale_of(lang).datetime_formats["medium"]).replace("'", "")


@lru_cache(maxsize=2048)
def format_period(value: str, lang: str) -> str:
    """Format a period of the archive: `2024`, `2024-01` or `2024-01-20`."""
    from babel.dates import format_date, format_skeleton

    locale = locale_of(lang)
    if len(value) == len("2024"):
        return digits(value, lang)
    day = date.fromisoformat(value if len(value) > len("2024-01") else f"{value}-01")
    if len(value) == len("2024-01"):
        return digits(format_skeleton("yMMMM", _midnight(day), locale=locale), lang)
    return digits(format_date(day, "long", locale=locale), lang)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a calendar day, not an instant


def _with_time(day: str, moment: Timestamp, style: str, lang: str) -> str:
    clock = _clock(moment.at.time(), lang)
    if style == "full":
        from babel.dates import get_timezone_gmt

        zone = get_timezone_gmt(moment.at, "long", locale=locale_of(lang))
        clock = f"{clock} {digits(zone, lang)}"
    return _day_and_clock(lang).format(clock, day)
