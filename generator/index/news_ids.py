"""Looks up who has a News ID, whether that was published, and who refers to it."""

from __future__ import annotations

import sqlite3


def articles_with(connection: sqlite3.Connection, news_id: str) -> list[str]:
    """Return the sources of the articles that have a News ID, whatever its case."""
    rows = connection.execute(
        "SELECT path FROM article WHERE news_id = ? COLLATE NOCASE ORDER BY path", [news_id]
    )
    return [path for (path,) in rows]


def has_published(connection: sqlite3.Connection, path: str, news_id: str) -> bool:
    """Return whether the output has the story of a source under a News ID; drafts don't count."""
    found = connection.execute(
        """SELECT 1 FROM article JOIN output ON output.scope = 'source/' || article.path
            WHERE article.path = ? AND news_id = ? COLLATE NOCASE AND NOT draft
            AND output.kind = 'article' AND planned AND digest IS NOT NULL""",
        [path, news_id],
    ).fetchone()
    return found is not None


def possible_mentions(
    connection: sqlite3.Connection, news_id: str, path: str, name: str
) -> list[str]:
    """Return the sources that may refer to a News ID, or to the source at `path`.

    `name` is that by which the shortcode `ref` finds this source.
    """
    rows = connection.execute(
        """SELECT owner FROM reference WHERE kind IN ('news', 'related', 'translation')
                AND target = :news_id COLLATE NOCASE
            UNION SELECT owner FROM reference WHERE kind = 'source' AND target = :path
            UNION SELECT owner FROM reference WHERE kind = 'ref' AND target = :name
            UNION SELECT owner FROM shortcode WHERE name = 'related'""",
        {"news_id": news_id, "path": path, "name": name},
    )
    return sorted(owner for (owner,) in rows)
