"""Counts what the portal has and the site does not show."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from generator.model.paths import ARTICLES, AUTHORS, PAGES
from generator.model.source import UnreadFile

_DRAFTS = """SELECT CASE WHEN :drafts THEN 0 ELSE
    (SELECT count(*) FROM article WHERE draft) + (SELECT count(*) FROM page WHERE draft) END"""
_SCHEDULED = """SELECT count(*), min(live_from) FROM article
    WHERE NOT live AND live_from > :now AND (draft = 0 OR :drafts)"""
_EXPIRED = """SELECT count(*) FROM article
    WHERE live_until <= :now AND (draft = 0 OR :drafts)"""
# The condition is that of the index media_misnamed.
_MISNAMED = """SELECT path FROM media WHERE (refused != '' OR path LIKE '%.md.txt')
    AND NOT EXISTS (SELECT 1 FROM reference
        WHERE target = media.path AND kind IN ('media', 'image'))
    ORDER BY path"""
# What other programs write texts in, and what a system that hides the ends of names adds.
_TEXTS = tuple(".md.txt .markdown .mdown .mkd .mkdn .mdx .text .htm .html .rst .adoc .org".split())
_TEXT_FOLDERS = tuple(f"{folder}/" for folder in (ARTICLES, PAGES, AUTHORS))


@dataclass(frozen=True, slots=True)
class Unshown:
    """How many sources are not shown; `next_at` is when the first scheduled story appears.

    Times are in seconds since the epoch.
    """

    drafts: int
    scheduled: int
    next_at: int | None
    expired: int


def unshown(connection: sqlite3.Connection, now: int, *, drafts: bool) -> Unshown:
    """Count drafts, and the articles that are scheduled or expired at `now`."""
    instant = {"now": now, "drafts": drafts}
    scheduled, next_at = connection.execute(_SCHEDULED, instant).fetchone()
    return Unshown(
        drafts=connection.execute(_DRAFTS, instant).fetchone()[0],
        scheduled=scheduled,
        next_at=next_at,
        expired=connection.execute(_EXPIRED, instant).fetchone()[0],
    )


def misnamed_files(connection: sqlite3.Connection) -> list[UnreadFile]:
    """Return the files among the texts that are no texts by their names, and that none shows."""
    found = []
    for (path,) in connection.execute(_MISNAMED):
        ending = next((each for each in _TEXTS if path.lower().endswith(each)), "")
        if ending and path.startswith(_TEXT_FOLDERS):
            name = path[: -len(ending)].rpartition("/")[2]
            found.append(UnreadFile(path, f"did you mean {name}.md?"))
    return found
