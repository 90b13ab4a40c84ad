"""Makes the index show what is live at an instant."""

from __future__ import annotations

import sqlite3

from generator.index import facets
from generator.index.article_state import followed, media_of
from generator.index.articles import set_all_live, set_flag, set_live, set_not_live
from generator.index.changes import Changes
from generator.index.documents import show_pages
from generator.index.invalidation import page_changed
from generator.index.membership import enter_all_lists, enter_lists, leave_lists
from generator.index.visibility import ENTERING, FLAGS, LEAVING, to_clear, to_set


def apply_now(connection: sqlite3.Connection, changes: Changes, now: int, *, drafts: bool) -> None:
    """Make the index show what is live at `now`, in seconds since the epoch."""
    instant = {"now": now, "drafts": drafts}
    for (article,) in connection.execute(LEAVING, instant).fetchall():
        _leave(connection, changes, article)
    if changes.everything:
        _enter_all(connection, instant)
    else:
        for (article,) in connection.execute(ENTERING, instant).fetchall():
            _enter(connection, changes, article)
    for path in show_pages(connection, drafts=drafts):
        changes.add(page_changed(path, media_of(connection, path)))
    for flag in FLAGS:
        _apply_flag(connection, changes, flag, now)


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
    connection.execute(f"INSERT INTO entering {ENTERING}", instant)
    enter_all_lists(connection, "entering")
    set_all_live(connection, "SELECT id FROM entering")
    connection.execute("DROP TABLE entering")


def _apply_flag(connection: sqlite3.Connection, changes: Changes, flag: str, now: int) -> None:
    """Set a flag where it holds, and clear it where it does not."""
    for on, condition in ((True, to_set(flag)), (False, to_clear(flag))):
        rows = connection.execute(f"SELECT id FROM article WHERE {condition}", {"now": now})
        for (article,) in rows.fetchall():
            # Only the news sitemap shows recent stories, and many may stop being recent at once.
            if flag == "recent":
                set_flag(connection, article, flag, on=on)
                changes.invalidate(facets.flagged(flag))
            else:
                with followed(connection, changes, article):
                    set_flag(connection, article, flag, on=on)
