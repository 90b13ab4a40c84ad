"""Puts live articles into their lists and takes them out, and announces what that touches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from generator.index.changes import Changes, Membership, Placement

_MARKS = ("pinned", "breaking", "recent")


def placement_of(db: sqlite3.Connection, article: int) -> Placement:
    """What decides where an article is shown, as the index has it."""
    row = db.execute(
        """SELECT id, path, news_id, position, lang, translation_of,
            CASE WHEN listed THEN month ELSE '' END,
            pinned OR pinned_until IS NOT NULL, breaking OR breaking_until IS NOT NULL, recent
            FROM article WHERE id = ?""",
        [article],
    ).fetchone()
    marks = tuple(mark for mark, on in zip(_MARKS, row[7:], strict=True) if on)
    return Placement(row[0], row[1], row[2], row[3], row[4], row[5], row[6], marks)


def memberships_of(db: sqlite3.Connection, article: int) -> list[Membership]:
    """All lists that an article belongs to when it is live."""
    rows = db.execute(
        """SELECT term, taxonomy, slug, name FROM tagging JOIN term ON term.id = tagging.term
            WHERE article = ?""",
        [article],
    )
    return [Membership(*row) for row in rows]


def enter(
    db: sqlite3.Connection, changes: Changes, placement: Placement, lists: Sequence[Membership]
) -> None:
    """Put an article into lists."""
    db.executemany(
        "INSERT INTO membership VALUES (?, ?, ?)",
        [(listed.term, placement.position, placement.id) for listed in lists],
    )
    _count(db, lists, 1)
    changes.moved(placement, lists)


def leave(
    db: sqlite3.Connection, changes: Changes, placement: Placement, lists: Iterable[Membership]
) -> None:
    """Take an article out of lists."""
    leaving = list(lists)
    changes.moved(placement, leaving)
    db.executemany(
        "DELETE FROM membership WHERE term = ? AND position = ? AND article = ?",
        [(listed.term, placement.position, placement.id) for listed in leaving],
    )
    _count(db, leaving, -1)


def count_all(db: sqlite3.Connection) -> None:
    """Count the articles of all lists, after many were put into them at once."""
    db.execute(
        "UPDATE term SET count = (SELECT count(*) FROM membership WHERE membership.term = term.id)"
    )


def _count(db: sqlite3.Connection, lists: Iterable[Membership], more: int) -> None:
    db.executemany(
        "UPDATE term SET count = count + ? WHERE id = ?", [(more, each.term) for each in lists]
    )
