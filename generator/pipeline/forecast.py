"""What the site does not show, and when time alone changes that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import tzinfo

from generator.index.left_out import misnamed_files, unshown
from generator.index.visibility import next_change
from generator.model.source import UnreadFile
from generator.model.timestamp import timestamp_at
from generator.pipeline.options import BuildOptions
from generator.pipeline.report import LeftOut


def left_out(
    connection: sqlite3.Connection,
    options: BuildOptions,
    zone: tzinfo,
    unread: Iterable[UnreadFile],
) -> LeftOut:
    """Return what the portal has and the site does not show; `unread` is what the scan found."""
    found = unshown(connection, int(options.now.timestamp()), drafts=options.drafts)
    next_at = None
    if found.next_at is not None:
        next_at = timestamp_at(found.next_at).astimezone(zone).isoformat()
    files = (*unread, *misnamed_files(connection))
    return LeftOut(found.drafts, found.scheduled, next_at, found.expired, files)


def next_change_at(connection: sqlite3.Connection, options: BuildOptions) -> str | None:
    """Return when time alone changes the site next, as ISO 8601 in UTC; None if never."""
    moment = next_change(connection, int(options.now.timestamp()), drafts=options.drafts)
    return timestamp_at(moment).isoformat() if moment is not None else None
