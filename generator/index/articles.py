"""The rows of articles. The only module that writes the table `article`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from generator.index.article_row import ARTICLE_COLUMNS

Values = Sequence[str | int | bytes | None]

_MARKS = ", ".join("?" * len(ARTICLE_COLUMNS.split(", ")))


def add_article(db: sqlite3.Connection, values: Values) -> int:
    """Add a row; return its id. The article is not live yet."""
    added = db.execute(f"INSERT INTO article ({ARTICLE_COLUMNS}) VALUES ({_MARKS})", values)
    return int(added.lastrowid or 0)


def known_article(db: sqlite3.Connection, path: str) -> tuple[int, tuple[object, ...]] | None:
    """Return the id and the row of a source's article, None if there is none."""
    row = db.execute(f"SELECT id, {ARTICLE_COLUMNS} FROM article WHERE path = ?", [path]).fetchone()
    return (row[0], tuple(row[1:])) if row else None


def replace_article(db: sqlite3.Connection, article: int, values: Values) -> None:
    """Replace a row; whether the article is live, and its flags, stay."""
    db.execute(
        f"UPDATE article SET ({ARTICLE_COLUMNS}) = ({_MARKS}) WHERE id = ?", [*values, article]
    )


def delete_article(db: sqlite3.Connection, article: int) -> None:
    """Delete a row."""
    db.execute("DELETE FROM article WHERE id = ?", [article])


def set_live(db: sqlite3.Connection, article: int) -> None:
    """Make an article live."""
    db.execute("UPDATE article SET live = 1 WHERE id = ?", [article])


def set_all_live(db: sqlite3.Connection, articles: str) -> None:
    """Make the articles live whose ids a query gives."""
    db.execute(f"UPDATE article SET live = 1 WHERE id IN ({articles})")


def set_not_live(db: sqlite3.Connection, article: int) -> None:
    """Make an article not live; it then has no flags."""
    db.execute(
        "UPDATE article SET live = 0, pinned = 0, breaking = 0, recent = 0 WHERE id = ?", [article]
    )


def set_flag(db: sqlite3.Connection, article: int, flag: str, *, on: bool) -> None:
    """Set or clear one of the flags `pinned`, `breaking` and `recent`."""
    db.execute(f"UPDATE article SET {flag} = ? WHERE id = ?", [on, article])
