"""Puts live articles into their lists and takes them out, and announces what that touches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from generator.index.changes import Changes, Listed, Placing

_MARKS = ("pinned", "breaking", "recent")


def placing_of(db: sqlite3.Connection, article: int) -> Placing:
    """What decides where an article is shown, as the index has it."""
    row = db.execute(
        """SELECT id, path, news_id, position, lang, translation_of,
            CASE WHEN listed THEN month ELSE '' END,
            pinned OR pinned_until IS NOT NULL, breaking OR breaking_until IS NOT NULL, recent
            FROM article WHERE id = ?""",
        [article],
    ).fetchone()
    marks = tuple(mark for mark, on in zip(_MARKS, row[7:], strict=True) if on)
    return Placing(row[0], row[1], row[2], row[3], row[4], row[5], row[6], marks)


def lists_of(db: sqlite3.Connection, article: int) -> list[Listed]:
    """All lists that an article belongs to when it is live."""
    rows = db.execute(
        """SELECT term, taxonomy, slug, name FROM tagging JOIN term ON term.id = tagging.term
            WHERE article = ?""",
        [article],
    )
    return [Listed(*row) for row in rows]


def enter(
    db: sqlite3.Connection, changes: Changes, placing: Placing, lists: Sequence[Listed]
) -> None:
    """Put an article into lists."""
    db.executemany(
        "INSERT INTO membership VALUES (?, ?, ?)",
        [(listed.term, placing.position, placing.id) for listed in lists],
    )
    _count(db, lists, 1)
    changes.moved(placing, lists)


def leave(
    db: sqlite3.Connection, changes: Changes, placing: Placing, lists: Iterable[Listed]
) -> None:
    """Take an article out of lists."""
    leaving = list(lists)
    changes.moved(placing, leaving)
    db.executemany(
        "DELETE FROM membership WHERE term = ? AND position = ? AND article = ?",
        [(listed.term, placing.position, placing.id) for listed in leaving],
    )
    _count(db, leaving, -1)


def count_all(db: sqlite3.Connection) -> None:
    """Count the articles of all lists, after many were put into them at once."""
    db.execute(
        "UPDATE term SET count = (SELECT count(*) FROM membership WHERE membership.term = term.id)"
    )


def _count(db: sqlite3.Connection, lists: Iterable[Listed], more: int) -> None:
    db.executemany(
        "UPDATE term SET count = count + ? WHERE id = ?", [(more, each.term) for each in lists]
    )
