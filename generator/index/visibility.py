"""Which articles the public may see at an instant, and when that next changes.

Queries see live articles alone, so an embargo holds everywhere or nowhere.
"""

from __future__ import annotations

import sqlite3

_SHOULD_BE_LIVE = """
    (draft = 0 OR :drafts) AND live_from <= :now AND (live_until IS NULL OR live_until > :now)
"""


def advance(connection: sqlite3.Connection, now: int, *, drafts: bool) -> None:
    """Make the index show what is live at `now`, in seconds since the epoch."""
    instant = {"now": now, "drafts": drafts}
    stale = f"live != ({_SHOULD_BE_LIVE})"
    connection.execute(
        f"""DELETE FROM membership WHERE (term, position) IN (
            SELECT tagging.term, article.position FROM article
            JOIN tagging ON tagging.article = article.id WHERE article.live AND {stale})""",
        instant,
    )
    connection.execute(
        f"""INSERT INTO membership SELECT tagging.term, article.position, article.id
            FROM article JOIN tagging ON tagging.article = article.id
            WHERE NOT article.live AND {stale} ORDER BY 1, 2""",
        instant,
    )
    connection.execute(f"UPDATE article SET live = NOT live WHERE {stale}", instant)
    connection.execute("UPDATE page SET live = 1 - draft OR :drafts", {"drafts": drafts})
    for mark in ("pinned", "breaking"):
        connection.execute(
            f"UPDATE article SET {mark} = NOT {mark} "
            f"WHERE {mark} != (live AND coalesce({mark}_until, 0) > :now)",
            {"now": now},
        )


def next_change(connection: sqlite3.Connection, now: int, *, drafts: bool) -> int | None:
    """The next instant at which time alone changes the site, in seconds; None if none will."""
    found = connection.execute(
        """SELECT min(instant) FROM (
            SELECT min(live_from) AS instant FROM article
                WHERE live_from > :now AND (draft = 0 OR :drafts)
            UNION ALL SELECT min(live_until) FROM article
                WHERE live_until > :now AND (draft = 0 OR :drafts)
            UNION ALL SELECT min(pinned_until) FROM article
                WHERE live AND pinned_until > :now AND pinned_until < :forever
            UNION ALL SELECT min(breaking_until) FROM article
                WHERE live AND breaking_until > :now AND breaking_until < :forever
        )""",
        {"now": now, "drafts": drafts, "forever": 2**62},
    ).fetchone()
    return None if found[0] is None else int(found[0])
