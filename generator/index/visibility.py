"""Decides which articles are live at an instant, and when that changes next.

Queries see only live articles, so an embargo holds everywhere or nowhere. A build with nothing to
do loads this module and not `visibility_update`.
"""

from __future__ import annotations

import sqlite3

from generator.index.facets import LAST
from generator.index.news import MOST_NEWS, NEWS_SECONDS

# When each flag holds, phrased so that an index leads to the few articles concerned.
FLAGS = {
    "pinned": "live AND pinned_until > :now",
    "breaking": "live AND breaking_until > :now",
    "recent": f"live AND news AND live_from > :now - {NEWS_SECONDS}",
}

ENTERING = """
    SELECT id FROM article WHERE NOT live AND live_from <= :now AND (draft = 0 OR :drafts)
        AND (live_until IS NULL OR live_until > :now) ORDER BY position
"""
LEAVING = """
    SELECT id FROM article WHERE live AND live_from > :now
    UNION SELECT id FROM article WHERE live AND live_until <= :now
    UNION SELECT id FROM article WHERE live AND draft AND NOT :drafts
"""


def is_settled(connection: sqlite3.Connection, now: int, *, drafts: bool) -> bool:
    """Return whether the index shows what is live at `now`, so that there is nothing to apply."""
    instant = {"now": now, "drafts": drafts}
    waiting = [
        ENTERING,
        LEAVING,
        "SELECT 1 FROM page WHERE live != (draft = 0 OR :drafts)",
        *(f"SELECT 1 FROM article WHERE {to_set(flag)}" for flag in FLAGS),
        *(f"SELECT 1 FROM article WHERE {to_clear(flag)}" for flag in FLAGS),
    ]
    return not any(connection.execute(query, instant).fetchone() for query in waiting)


def to_set(flag: str) -> str:
    """Return the condition for articles whose flag is to be set."""
    return f"NOT {flag} AND {FLAGS[flag]}"


def to_clear(flag: str) -> str:
    """Return the condition for articles whose flag is to be cleared."""
    return f"{flag} AND NOT ifnull({FLAGS[flag]}, 0)"


def next_change(connection: sqlite3.Connection, now: int, *, drafts: bool) -> int | None:
    """Return when time alone changes the site next, in seconds since the epoch; None if never."""
    found = connection.execute(
        """SELECT min(instant) FROM (
            SELECT min(live_from) AS instant FROM article
                WHERE NOT live AND live_from > :now AND (draft = 0 OR :drafts)
            UNION ALL SELECT min(live_until) FROM article
                WHERE live_until > :now AND (draft = 0 OR :drafts)
            UNION ALL SELECT min(pinned_until) FROM article
                WHERE live AND pinned_until > :now AND pinned_until < :forever
            UNION ALL SELECT min(breaking_until) FROM article
                WHERE live AND breaking_until > :now AND breaking_until < :forever
            UNION ALL SELECT min(live_from) + :news FROM (
                SELECT live_from FROM article WHERE recent ORDER BY position DESC LIMIT :most)
        )""",
        {
            "now": now,
            "drafts": drafts,
            "forever": LAST,
            "news": NEWS_SECONDS,
            "most": MOST_NEWS,
        },
    ).fetchone()
    return None if found[0] is None else int(found[0])
