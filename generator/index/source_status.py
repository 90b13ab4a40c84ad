"""Why a source has no page, for `explain`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

Kind = Literal["draft", "scheduled", "expired", "refused", "unused", "shown"]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """What the last build made of a source.

    `at` is when a scheduled article appears, or when one expired, in seconds since the epoch.
    `reason` is why a file is refused, as the end of a sentence.
    """

    kind: Kind
    at: int | None = None
    reason: str = ""


def source_status(connection: sqlite3.Connection, path: str, now: int) -> SourceStatus:
    """Return the status of a source that the index has, at a time in seconds since the epoch."""
    article = connection.execute(
        "SELECT draft, live, live_from, live_until FROM article WHERE path = ?", [path]
    ).fetchone()
    if article:
        draft, live, live_from, live_until = article
        if draft and not live:
            return SourceStatus("draft", live_from if live_from > now else None)
        if live_until is not None and live_until <= now:
            return SourceStatus("expired", live_until)
        return SourceStatus("scheduled", live_from) if not live else SourceStatus("shown")
    if connection.execute("SELECT 1 FROM page WHERE path = ? AND NOT live", [path]).fetchone():
        return SourceStatus("draft")
    media = connection.execute("SELECT refused FROM media WHERE path = ?", [path]).fetchone()
    if media:
        return SourceStatus("refused" if media[0] else "unused", reason=media[0])
    return SourceStatus("shown")
