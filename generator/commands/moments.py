"""Moments and spans of time as options take them, and as commands show them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from generator.model.timestamp import Timestamp

_SPAN = re.compile(r"(\d{1,5})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def span(context: click.Context, parameter: click.Parameter, value: str | None) -> timedelta | None:
    """Return the span of time that an option names; wrong usage if it names none."""
    if value is None:
        return None
    if found := _span_of(value):
        return found
    raise click.BadParameter(f"'{value}' is no span of time; write it as in 36h, 7d or 2w")


def span_or_moment(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> timedelta | datetime | None:
    """Return the span of time, date or moment that an option names; wrong usage if none."""
    if value is None:
        return None
    try:
        return _span_of(value) or datetime.fromisoformat(value)
    except ValueError as error:
        message = (
            f"'{value}' is no span of time and no date; write it as in 36h, 7d, 2w or 2024-01-20"
        )
        raise click.BadParameter(message) from error


def _span_of(value: str) -> timedelta | None:
    found = _SPAN.fullmatch(value.strip().lower())
    return int(found[1]) * _UNITS[found[2]] if found else None


def back_to(value: timedelta | datetime, now: datetime, zone: ZoneInfo) -> int:
    """Return the moment that is a span before `now`, or the one named, in seconds.

    A date begins in `zone`.
    """
    if isinstance(value, timedelta):
        return int(now.timestamp() - value.total_seconds())
    return int((value if value.tzinfo else value.replace(tzinfo=zone)).timestamp())


def iso(moment: Timestamp | None, zone: ZoneInfo) -> str | None:
    """Return a moment in ISO 8601, with the offset of a zone; a date alone where that was given."""
    if moment is None:
        return None
    return _within(moment.at, zone).isoformat() if moment.has_time else moment.isoformat()


def in_table(moment: Timestamp | None, zone: ZoneInfo) -> str:
    """Return a moment as tables have it, without the offset."""
    if moment is None:
        return ""
    return clock(_within(moment.at, zone)) if moment.has_time else moment.isoformat()


def _within(moment: datetime, zone: ZoneInfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def clock(moment: datetime) -> str:
    """Return a date and a time of day, with seconds only where there are some."""
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")
