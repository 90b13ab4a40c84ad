"""`broadsheet next`: what changes on the site by itself, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.console import exit_on_error
from generator.commands.moments import clock, span
from generator.commands.options import instant, now_of
from generator.commands.records import (
    Format,
    echo_records,
    echo_table,
    last_build_of,
    note,
    note_age,
    record_options,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from generator.commands.records import Record
    from generator.index.timetable import Change, TimedChange

_WORDS: dict[Change, str] = {
    "appears": "appears",
    "expires": "expires",
    "pin-ends": "is no longer pinned",
    "breaking-ends": "is no longer breaking",
    "leaves-news-sitemap": "leaves the news sitemap",
}
_KEYS = ("at", "change", "overdue", "news_id", "title", "url", "file")


@click.command()
@record_options
@click.option(
    "--within", metavar="SPAN", callback=span, help="Only until then, as in 36h, 7d or 2w."
)
@click.option("--now", metavar="ISO8601", callback=instant, help="Begin at this moment.")
def command(
    root: Path,
    output: Path | None,
    form: Format,
    limit: int | None,
    within: timedelta | None,
    now: datetime | None,
) -> None:
    """List what changes by itself, and when: build again at these times.

    Stories appear and expire, pins and breaking marks end, and stories leave the news sitemap.
    """
    with exit_on_error(), last_build_of(root, output) as build:
        moment = now_of(now, build.site).timestamp()
        until = None if within is None else int(moment + within.total_seconds())
        inspector, zone = build.inspector, build.site.zone
        found = list(inspector.timed_changes(int(moment), until=until, limit=limit))
        if form == "table" and found:
            _echo_table(found, zone)
        elif form != "table":
            echo_records(form, _KEYS, [_record(change, zone) for change in found])
        if not found:
            note("nothing changes by itself")
        if overdue := sum(change.overdue for change in found):
            note(f"{overdue} change{'s' * (overdue != 1)} should be on the site by now: build")
        note_age(build)


def _echo_table(found: list[TimedChange], zone: ZoneInfo) -> None:
    from generator.commands.formats.columns import Column

    columns = (
        Column("when"),
        Column("what", tints={"overdue": "red"}),
        Column("ID"),
        Column("headline", least=24, prose=True),
        Column("file", least=16, cut="start"),
    )
    echo_table(
        columns,
        [
            (
                clock(_moment(change, zone)),
                f"{'overdue, ' * change.overdue}{_WORDS[change.change]}",
                change.news_id,
                change.title,
                change.path,
            )
            for change in found
        ],
    )


def _record(change: TimedChange, zone: ZoneInfo) -> Record:
    """Return a change as programs read it; the time is ISO 8601 in the portal's zone."""
    values = (
        _moment(change, zone).isoformat(),
        change.change,
        change.overdue,
        change.news_id,
        change.title,
        change.url,
        change.path,
    )
    return dict(zip(_KEYS, values, strict=True))


def _moment(change: TimedChange, zone: ZoneInfo) -> datetime:
    from generator.model.timestamp import timestamp_at

    return timestamp_at(change.instant).astimezone(zone)
