"""Reads dates and timestamps as authors write them.

ISO 8601 calendar dates, with an optional time of day and offset; a space may replace the `T` and
precede the offset, as in YAML. Anything else, and a time that never existed, is an error that is
reported in words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from generator.model.timestamp import Timestamp, timestamp_from

EXPECTED = "a date such as 2024-01-20 or a timestamp such as 2024-01-20T08:30:00+03:30"

_WRITTEN = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"[ \t]*(?P<offset>[Zz]|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)


class InvalidTimestampError(ValueError):
    """The text names no point in time. `str()` continues 'must be …'; `hint` may help."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class TimestampFormatError(InvalidTimestampError):
    """The text does not have the form of a date or timestamp."""


def timestamp_of(written: str | date, zone: tzinfo) -> Timestamp:
    """The moment that a text, or TOML's date or timestamp, names; without an offset, in `zone`.

    A time that a change of clocks repeats is the first of the two. Raises `InvalidTimestampError`.
    """
    value = _parsed(written) if isinstance(written, str) else written
    if isinstance(value, datetime) and value.tzinfo is None:
        _refuse_skipped(value, zone)
    try:
        moment = timestamp_from(value, zone)
        whole = _whole_minutes(moment.at, keep_clock=getattr(value, "tzinfo", None) is None)
        whole.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidTimestampError("is too near the end of the calendar") from error
    return moment if whole is moment.at else replace(moment, at=whole)


def _whole_minutes(at: datetime, *, keep_clock: bool) -> datetime:
    """Before standard time, offsets had seconds; RFC 3339, and so feeds, can't write them."""
    offset = at.utcoffset() or timedelta()
    if not offset % timedelta(minutes=1):
        return at
    rounded = timezone(timedelta(minutes=round(offset / timedelta(minutes=1))))
    return at.replace(tzinfo=rounded) if keep_clock else at.astimezone(rounded)


def _parsed(text: str) -> date:
    parts = _WRITTEN.fullmatch(text.strip())
    if parts is None:
        raise TimestampFormatError(f"must be {EXPECTED}")
    try:
        day = date.fromisoformat(parts["date"])
    except ValueError as error:
        raise InvalidTimestampError("must be a day that exists") from error
    if parts["hour"] is None:
        return day
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    try:
        return datetime(
            day.year, day.month, day.day, hour, minute, second, tzinfo=_offset(parts["offset"])
        )
    except ValueError as error:
        raise InvalidTimestampError("must be a time that exists (00:00:00 to 23:59:59)") from error


def _offset(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written in ("Z", "z", "UTC"):
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:  # noqa: PLR2004 (minutes of an hour)
        raise ValueError(written)
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if written[0] == "-" else size)


def _refuse_skipped(local: datetime, zone: tzinfo) -> None:
    """Reject a time that clocks skip when they are put forward (PEP 495)."""
    try:
        shown = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    except OverflowError:
        return
    if shown.replace(tzinfo=None) != local:
        raise InvalidTimestampError(
            f"must be a time that exists: the clocks of {zone} skip it",
            f"did you mean {shown.isoformat()}?",
        )
