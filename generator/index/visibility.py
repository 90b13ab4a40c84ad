"""Which articles the public may see at an instant, and when that next changes.

Queries see live articles alone, so an embargo holds everywhere or nowhere.
"""

from __future__ import annotations

import sqlite3

from generator.index import facets
from generator.index.changes import Changes
from generator.index.membership import count_all, enter, leave, memberships_of, placement_of
from generator.index.news import MOST_NEWS, NEWS_SECONDS

# When each mark holds, asked so that an index leads to the few articles that it is about.
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
    leaving = [row[0] for row in connection.execute(_LEAVING, instant)]
    for article in leaving:
        _leave(connection, changes, article)
    if changes.everything:
        _enter_all(connection, instant)
    else:
        for (article,) in connection.execute(_ENTERING, instant).fetchall():
            _enter(connection, changes, article)
    _show_pages(connection, changes, drafts=drafts)
    for mark in ("pinned", "breaking"):
        for article in _mark(connection, mark, now):
            _show_mark(connection, changes, mark, article)
    if _mark(connection, "recent", now):
        changes.touch(facets.marked("recent"))


def is_settled(connection: sqlite3.Connection, now: int, *, drafts: bool) -> bool:
    """Whether the index shows what is live at `now`, so that there is nothing to advance."""
    instant = {"now": now, "drafts": drafts}
    waiting = [
        _ENTERING,
        _LEAVING,
        "SELECT 1 FROM page WHERE live != (draft = 0 OR :drafts)",
        *(f"SELECT 1 FROM article WHERE {_to_set(mark)}" for mark in _HOLDS),
        *(f"SELECT 1 FROM article WHERE {_to_lift(mark)}" for mark in _HOLDS),
    ]
    return not any(connection.execute(query, instant).fetchone() for query in waiting)


def _leave(connection: sqlite3.Connection, changes: Changes, article: int) -> None:
    placement = placement_of(connection, article)
    leave(connection, changes, placement, memberships_of(connection, article))
    changes.listed(placement)
    changes.article(placement)
    changes.media_of(placement.path)
    connection.execute(
        "UPDATE article SET live = 0, pinned = 0, breaking = 0, recent = 0 WHERE id = ?", [article]
    )


def _enter(connection: sqlite3.Connection, changes: Changes, article: int) -> None:
    placement = placement_of(connection, article)
    connection.execute("UPDATE article SET live = 1 WHERE id = ?", [article])
    enter(connection, changes, placement, memberships_of(connection, article))
    changes.listed(placement)
    changes.article(placement)
    changes.media_of(placement.path)


def _enter_all(connection: sqlite3.Connection, instant: dict[str, int]) -> None:
    """The same for all at once, where nobody has to be told."""
    connection.execute("CREATE TEMP TABLE entering (id INTEGER PRIMARY KEY)")
    connection.execute(f"INSERT INTO entering {_ENTERING}", instant)
    connection.execute(
        """INSERT INTO membership SELECT tagging.term, article.position, article.id
            FROM entering JOIN article USING (id) JOIN tagging ON tagging.article = article.id
            ORDER BY 1, 2"""
    )
    count_all(connection)
    connection.execute("UPDATE article SET live = 1 WHERE id IN (SELECT id FROM entering)")
    connection.execute("DROP TABLE entering")


def _show_pages(connection: sqlite3.Connection, changes: Changes, *, drafts: bool) -> None:
    rows = connection.execute(
        "UPDATE page SET live = NOT live WHERE live != (draft = 0 OR ?) RETURNING path", [drafts]
    ).fetchall()
    for (path,) in rows:
        changes.touch(facets.page(path), facets.PAGES, *facets.lying(path))
        changes.replan("source", path)
        changes.replan("sitemap", "site")
        changes.media_of(path)


def _mark(connection: sqlite3.Connection, mark: str, now: int) -> list[int]:
    """Set a mark where it holds and lift it where it does not; returns the articles."""
    rows = []
    for on, where in ((1, _to_set(mark)), (0, _to_lift(mark))):
        rows += connection.execute(
            f"UPDATE article SET {mark} = {on} WHERE {where} RETURNING id", {"now": now}
        ).fetchall()
    return [row[0] for row in rows]


def _to_set(mark: str) -> str:
    return f"NOT {mark} AND {_HOLDS[mark]}"


def _to_lift(mark: str) -> str:
    return f"{mark} AND NOT ifnull({_HOLDS[mark]}, 0)"


def _show_mark(connection: sqlite3.Connection, changes: Changes, mark: str, article: int) -> None:
    """An article is shown with a mark now, or without it."""
    placement = placement_of(connection, article)
    changes.touch(facets.marked(mark))
    changes.article(placement)
    changes.shown(placement, memberships_of(connection, article))


def next_change(connection: sqlite3.Connection, now: int, *, drafts: bool) -> int | None:
    """The next instant at which time alone changes the site, in seconds; None if none will."""
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
