"""Points in time as authors write them: a date, or a date with a time of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Timestamp:
    """An aware point in time; `has_time` is false when only a date was given.

    A date alone stands for midnight at its start, in the zone that it was read in.
    """

    at: datetime
    has_time: bool = True

    @property
    def seconds(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00Z, for sorting and comparing."""
        return int(self.at.timestamp())

    def isoformat(self) -> str:
        """ISO 8601: a date alone, or a date, time and offset."""
        return (
            self.at.isoformat(timespec="seconds") if self.has_time else self.at.date().isoformat()
        )


def timestamp_from(value: date | datetime, zone: tzinfo) -> Timestamp:
    """Return a moment from a date or timestamp; one without an offset is in `zone`."""
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=zone)
        return Timestamp(fixed_offset(aware.astimezone(zone)))
    return Timestamp(fixed_offset(datetime.combine(value, time.min, zone)), has_time=False)


def later(first: Timestamp, second: Timestamp | None) -> Timestamp:
    """The later of two moments, one of which may be missing; `first` if both are the same."""
    return second if second and second.seconds > first.seconds else first


def fixed_offset(at: datetime) -> datetime:
    """The same instant and wall clock with the zone's offset alone, so that it stores exactly."""
    return datetime.fromisoformat(at.replace(microsecond=0).isoformat())


def timestamp_at(seconds: int) -> datetime:
    """Return the aware UTC datetime of whole seconds since the epoch.

    Raises `OverflowError` outside the calendar, on every system.
    """
    return _EPOCH + timedelta(seconds=seconds)
