"""Decides which articles are live at an instant, and when that changes next.

Queries see only live articles, so an embargo holds everywhere or nowhere.
"""

from __future__ import annotations

import sqlite3

from generator.index import facets
from generator.index.article_state import followed, media_of
from generator.index.articles import set_all_live, set_flag, set_live, set_not_live
from generator.index.changes import Changes
from generator.index.documents import show_pages
from generator.index.invalidation import page_changed
from generator.index.membership import enter_all_lists, enter_lists, leave_lists
from generator.index.news import MOST_NEWS, NEWS_SECONDS

# When each flag holds, phrased so that an index leads to the few articles concerned.
_HOLDS = {
    "pinned": "live AND pinned_until > :now",
    "breaking": "live AND breaking_until > :now",
    "recent": f"live AND news AND live_from > :now - {NEWS_SECONDS}",
}

_ENTERING = """
    SELECT id FROM article WHERE NOT live AND live_from <= :now AND (draft = 0 OR :drafts)
        AND (live_until IS NULL OR live_until > :now) ORDER BY position
"""
_LEAVING = """
    SELECT id FROM article WHERE live AND live_from > :now
    UNION SELECT id FROM article WHERE live AND live_until <= :now
    UNION SELECT id FROM article WHERE live AND draft AND NOT :drafts
"""


def apply_now(connection: sqlite3.Connection, changes: Changes, now: int, *, drafts: bool) -> None:
    """Make the index show what is live at `now`, in seconds since the epoch."""
    instant = {"now": now, "drafts": drafts}
    for (article,) in connection.execute(_LEAVING, instant).fetchall():
        _leave(connection, changes, article)
    if changes.everything:
        _enter_all(connection, instant)
    else:
        for (article,) in connection.execute(_ENTERING, instant).fetchall():
            _enter(connection, changes, article)
    for path in show_pages(connection, drafts=drafts):
        changes.add(page_changed(path, media_of(connection, path)))
    for flag in _HOLDS:
        _apply_flag(connection, changes, flag, now)


def is_settled(connection: sqlite3.Connection, now: int, *, drafts: bool) -> bool:
    """Return whether the index shows what is live at `now`, so that there is nothing to apply."""
    instant = {"now": now, "drafts": drafts}
    waiting = [
        _ENTERING,
        _LEAVING,
        "SELECT 1 FROM page WHERE live != (draft = 0 OR :drafts)",
        *(f"SELECT 1 FROM article WHERE {_to_set(flag)}" for flag in _HOLDS),
        *(f"SELECT 1 FROM article WHERE {_to_lift(flag)}" for flag in _HOLDS),
    ]
    return not any(connection.execute(query, instant).fetchone() for query in waiting)


def _leave(connection: sqlite3.Connection, changes: Changes, article: int) -> None:
    with followed(connection, changes, article) as row:
        leave_lists(connection, article, row.position)
        set_not_live(connection, article)


def _enter(connection: sqlite3.Connection, changes: Changes, article: int) -> None:
    with followed(connection, changes, article) as row:
        set_live(connection, article)
        enter_lists(connection, article, row.position)


def _enter_all(connection: sqlite3.Connection, instant: dict[str, int]) -> None:
    """Bulk version for full builds; no invalidation needed."""
    connection.execute("CREATE TEMP TABLE entering (id INTEGER PRIMARY KEY)")
    connection.execute(f"INSERT INTO entering {_ENTERING}", instant)
    enter_all_lists(connection, "entering")
    set_all_live(connection, "SELECT id FROM entering")
    connection.execute("DROP TABLE entering")


def _apply_flag(connection: sqlite3.Connection, changes: Changes, flag: str, now: int) -> None:
    """Set a flag where it holds, and clear it where it does not."""
    for on, condition in ((True, _to_set(flag)), (False, _to_lift(flag))):
        rows = connection.execute(f"SELECT id FROM article WHERE {condition}", {"now": now})
        for (article,) in rows.fetchall():
            # Only the news sitemap shows recent stories, and many may stop being recent at once.
            if flag == "recent":
                set_flag(connection, article, flag, on=on)
                changes.invalidate(facets.flagged(flag))
            else:
                with followed(connection, changes, article):
                    set_flag(connection, article, flag, on=on)


def _to_set(flag: str) -> str:
    return f"NOT {flag} AND {_HOLDS[flag]}"


def _to_lift(flag: str) -> str:
    return f"{flag} AND NOT ifnull({_HOLDS[flag]}, 0)"


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
            "forever": facets.LAST,
            "news": NEWS_SECONDS,
            "most": MOST_NEWS,
        },
    ).fetchone()
    return None if found[0] is None else int(found[0])
