"""Names in use, for completing and checking what an author types: terms, authors, News IDs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

# Of each term one spelling, the first by the alphabet, which costs one look-up.
_NAMES = """SELECT (SELECT min(name) FROM tagging WHERE tagging.term = term.id AND name != '')
        AS spelling FROM term
    WHERE taxonomy = ? AND EXISTS (SELECT 1 FROM tagging WHERE tagging.term = term.id)
    ORDER BY count DESC, slug LIMIT ?"""


class RecentArticle(NamedTuple):
    """A live article, as a list of News IDs may describe it."""

    news_id: str
    title: str


def names_in_use(connection: sqlite3.Connection, taxonomy: str, most: int) -> tuple[str, ...]:
    """Return the names of a taxonomy's terms, those of most live articles first."""
    rows = connection.execute(_NAMES, [taxonomy, most])
    return tuple(name for (name,) in rows if name)


def profile_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of all authors with a profile."""
    return tuple(name for (name,) in connection.execute("SELECT name FROM profile ORDER BY name"))


def recent_articles(connection: sqlite3.Connection, most: int) -> Iterator[RecentArticle]:
    """Yield live articles, the newest first."""
    rows = connection.execute(
        """SELECT news_id, card FROM membership JOIN article ON article.id = membership.article
            WHERE term = (SELECT id FROM term WHERE taxonomy = 'site' AND slug = '')
            ORDER BY membership.position DESC LIMIT ?""",
        [most],
    )
    for news_id, card in rows:
        yield RecentArticle(news_id, json.loads(card)["title"])
