"""Which lists an article belongs to, and the live articles of each list in order.

The only module that writes the tables `term`, `tagging` and `membership`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

Terms = Mapping[int, str]
"""The terms of an article by id, each as the article spells it."""


class TermIds:
    """The ids of terms, which are added when they are first needed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[tuple[str, str], int] = {}

    def of(self, taxonomy: str, slug: str) -> int:
        """Return the id of a term."""
        key = (taxonomy, slug)
        if key not in self._known:
            self._db.execute("INSERT OR IGNORE INTO term (taxonomy, slug) VALUES (?, ?)", key)
            found = self._db.execute(
                "SELECT id FROM term WHERE taxonomy = ? AND slug = ?", key
            ).fetchone()
            self._known[key] = found[0]
        return self._known[key]


def terms_of(db: sqlite3.Connection, article: int) -> dict[int, str]:
    """Return the terms of an article."""
    return dict(db.execute("SELECT term, name FROM tagging WHERE article = ?", [article]))


def add_terms(db: sqlite3.Connection, article: int, terms: Terms) -> None:
    """Store the terms of an article that has none."""
    db.executemany(
        "INSERT INTO tagging VALUES (?, ?, ?)",
        [(article, term, name) for term, name in terms.items()],
    )


def replace_terms(db: sqlite3.Connection, article: int, terms: Terms) -> None:
    """Store the terms of an article in the place of those that it had."""
    db.execute("DELETE FROM tagging WHERE article = ?", [article])
    add_terms(db, article, terms)


def enter_lists(db: sqlite3.Connection, article: int, position: str) -> None:
    """Put an article into the lists of its terms, where it is not in them yet."""
    had = _lists_of(db, article, position)
    entering = terms_of(db, article).keys() - had
    db.executemany(
        "INSERT INTO membership VALUES (?, ?, ?)",
        [(term, position, article) for term in sorted(entering)],
    )
    _add_to_counts(db, entering, 1)


def leave_lists(
    db: sqlite3.Connection, article: int, position: str, *, keep: Iterable[int] = ()
) -> None:
    """Take an article out of its lists, but for those to keep."""
    leaving = _lists_of(db, article, position).difference(keep)
    db.executemany(
        "DELETE FROM membership WHERE term = ? AND position = ? AND article = ?",
        [(term, position, article) for term in leaving],
    )
    _add_to_counts(db, leaving, -1)


def enter_all_lists(db: sqlite3.Connection, entering: str) -> None:
    """Put the articles of a temporary table into their lists, after `enter_lists` was not used."""
    db.execute(
        f"""INSERT INTO membership SELECT tagging.term, article.position, article.id
            FROM {entering} JOIN article USING (id) JOIN tagging ON tagging.article = article.id
            ORDER BY 1, 2"""
    )
    db.execute(
        "UPDATE term SET count = (SELECT count(*) FROM membership WHERE membership.term = term.id)"
    )


def _lists_of(db: sqlite3.Connection, article: int, position: str) -> set[int]:
    rows = db.execute(
        """SELECT tagging.term FROM tagging JOIN membership ON membership.term = tagging.term
            AND membership.position = ? AND membership.article = tagging.article
            WHERE tagging.article = ?""",
        [position, article],
    )
    return {term for (term,) in rows}


def _add_to_counts(db: sqlite3.Connection, terms: Iterable[int], more: int) -> None:
    db.executemany(
        "UPDATE term SET count = count + ? WHERE id = ?", [(more, each) for each in terms]
    )
