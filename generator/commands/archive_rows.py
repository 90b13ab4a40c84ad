"""What `list` shows of each story: a row of a table, or a record for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.commands.formats.columns import Column
from generator.commands.moments import in_table, iso
from generator.commands.records import Record

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from generator.commands.archive_filter import Asked
    from generator.index.archive import ArchiveEntry
    from generator.model.site import Site
    from generator.model.timestamp import Timestamp

KEYS = (
    "file",
    "news_id",
    "title",
    "url",
    "state",
    "date",
    "expires",
    "updated",
    "corrected",
    "retracted",
    "section",
    "kind",
    "lang",
    "source",
    "authors",
    "tags",
    "missing",
)
"""The keys of a record. Programs rely on them, so keys are added and never renamed or removed."""

_TINTS = {"draft": "yellow", "scheduled": "cyan", "expired": "bright_black", "retracted": "red"}

_Cell = Callable[["ArchiveEntry", "ZoneInfo"], str]


def archive_record(entry: ArchiveEntry, site: Site) -> Record:
    """Return a story as programs read it; times are ISO 8601 in the portal's zone."""
    zone = site.zone
    values = (
        entry.path,
        entry.news_id,
        entry.title,
        entry.url,
        entry.state,
        iso(entry.went_live, zone),
        iso(entry.expires, zone),
        iso(entry.updated, zone),
        iso(_corrected(entry), zone),
        iso(_retracted(entry), zone),
        entry.section,
        entry.kind,
        entry.lang,
        entry.source,
        entry.authors,
        entry.tags,
        entry.missing,
    )
    return dict(zip(KEYS, values, strict=True))


def archive_table(
    entries: Iterable[ArchiveEntry], asked: Asked, site: Site
) -> tuple[Sequence[Column], Sequence[Sequence[str]]]:
    """Return the columns and rows of a table, with a column for each thing that was asked for."""
    shown, zone = list(_columns(asked)), site.zone
    rows = [[cell(entry, zone) for _, cell in shown] for entry in entries]
    return [column for column, _ in shown], rows


def _columns(asked: Asked) -> Iterator[tuple[Column, _Cell]]:
    yield Column("date"), lambda entry, zone: in_table(entry.went_live, zone)
    if asked.corrected:
        yield Column("corrected"), lambda entry, zone: in_table(_corrected(entry), zone)
    if asked.retracted:
        yield Column("retracted"), lambda entry, zone: in_table(_retracted(entry), zone)
    if asked.expired:
        yield Column("expired"), lambda entry, zone: in_table(entry.expires, zone)
    yield Column("state", tints=_TINTS), lambda entry, _: ", ".join(_marks(entry))
    yield Column("ID"), lambda entry, _: entry.news_id
    yield Column("headline", least=24, prose=True), lambda entry, _: entry.title
    if asked.missing:
        yield Column("missing"), lambda entry, _: ", ".join(entry.missing)
    yield Column("file", least=16, cut="start"), lambda entry, _: entry.path


def _marks(entry: ArchiveEntry) -> Iterator[str]:
    """Yield the state of a story, and what readers are informed of."""
    if not (entry.retraction and entry.state == "live"):
        yield entry.state
    if entry.retraction:
        yield "retracted"
    elif entry.corrections:
        yield "corrected"


def _corrected(entry: ArchiveEntry) -> Timestamp | None:
    dates = [correction.date for correction in entry.corrections]
    return max(dates, key=lambda moment: moment.seconds, default=None)


def _retracted(entry: ArchiveEntry) -> Timestamp | None:
    return entry.retraction.date if entry.retraction else None
