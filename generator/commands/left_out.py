"""The line with which commands end when the site does not show everything that the portal has."""

from __future__ import annotations

from datetime import datetime

from generator.pipeline.report import LeftOut


def left_out_line(left_out: LeftOut, now: datetime) -> str:
    """Return the line, empty if everything is shown."""
    parts = []
    if left_out.drafts:
        parts.append(f"{counted(left_out.drafts, 'draft')} (--drafts shows them)")
    if left_out.next_at:
        moment = clock_time(datetime.fromisoformat(left_out.next_at), now)
        one = left_out.scheduled == 1
        parts.append(
            f"1 until {moment}" if one else f"{left_out.scheduled:,} scheduled, the next {moment}"
        )
    if left_out.expired:
        parts.append(f"{left_out.expired:,} expired")
    if left_out.unread:
        parts.append(_unread(left_out))
    return f"left out: {', '.join(parts)}" if parts else ""


def _unread(left_out: LeftOut) -> str:
    first = left_out.unread[0]
    hint = f": {first.hint}" if first.hint else ""
    what = "is no article" if len(left_out.unread) == 1 else "are no articles"
    return f"{counted(len(left_out.unread), 'file')} that {what} ({first.path}{hint})"


def counted(number: int, noun: str) -> str:
    """Return a number with a noun in singular or plural."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def clock_time(moment: datetime, now: datetime) -> str:
    """Return a moment as people say it, in its own time zone."""
    days = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    if days == 0:
        return f"{moment:%H:%M} today"
    if days == 1:
        return f"{moment:%H:%M} tomorrow"
    return f"{moment:%Y-%m-%d %H:%M}"
