"""What stages ask about all outputs: how many there are, what is left to do, what was lost."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from generator.index.build_state import MetaKey, meta
from generator.index.outputs import UNPLANNED

# The list of written files, if it is all that is left of a record, names an article by its short
# link.
_SHORT, _SHORT_END = "n/", "/index.html"
_LOST = f"""
    WITH gone AS (
        SELECT owner, CASE WHEN kind = 'article' THEN json_extract(params, '$.news_id')
                ELSE substr(path, {len(_SHORT) + 1}, length(path) - {len(_SHORT + _SHORT_END)})
            END AS news_id
            FROM {UNPLANNED} AND owned AND (kind = 'article'
                OR (kind = '' AND path LIKE '{_SHORT}%{_SHORT_END}')))
    SELECT gone.owner, gone.news_id, ifnull(article.draft, 0), ifnull(article.live_from > :now, 0)
        FROM gone LEFT JOIN article ON article.news_id = gone.news_id COLLATE NOCASE
        WHERE article.id IS NULL OR NOT (article.live OR ifnull(article.live_until <= :now, 0)
            OR (article.draft AND :had_drafts))
        ORDER BY gone.owner, gone.news_id
"""


class LostArticle(NamedTuple):
    """A published article that the site would no longer have."""

    owner: str
    news_id: str
    is_draft: bool
    is_early: bool


def count_planned(connection: sqlite3.Connection) -> int:
    """Return how many files the site has: an index counts all outputs, and few are unplanned."""
    known = connection.execute("SELECT count(*) FROM output").fetchone()[0]
    others = connection.execute(f"SELECT count(*) FROM {UNPLANNED}").fetchone()[0]
    return int(known - others)


def count_stale(connection: sqlite3.Connection) -> int:
    """Return how many outputs are stale, planned or not."""
    return int(connection.execute("SELECT count(*) FROM output WHERE stale").fetchone()[0])


def count_to_render(connection: sqlite3.Connection) -> int:
    """Return how many outputs have to be rendered."""
    found = connection.execute("SELECT count(*) FROM output WHERE stale AND planned").fetchone()
    return int(found[0])


def has_unplanned(connection: sqlite3.Connection) -> bool:
    """Return whether there are files to remove."""
    return connection.execute(f"SELECT 1 FROM {UNPLANNED} LIMIT 1").fetchone() is not None


def is_finished(connection: sqlite3.Connection) -> bool:
    """Return whether the last build left nothing to do."""
    stale = connection.execute("SELECT 1 FROM output WHERE stale LIMIT 1").fetchone()
    unchecked = meta(connection, MetaKey.UNCHECKED) == "1"
    return not (stale or has_unplanned(connection) or unchecked)


def render_reasons(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return the path of each output that this build rendered, and why it did, sorted by path."""
    rows = connection.execute(
        "SELECT path, reason FROM rendered JOIN output ON id = rendered.output ORDER BY path"
    )
    return tuple(rows)


def content_owners(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the source of each output that has one, by the output's path."""
    return dict(connection.execute("SELECT path, owner FROM output WHERE owner LIKE 'content/%'"))


def is_planned(connection: sqlite3.Connection, path: str) -> bool:
    """Return whether the site has a file at a path of the output folder."""
    found = connection.execute("SELECT 1 FROM output WHERE path = ? AND planned", [path]).fetchone()
    return found is not None


def has_ended(connection: sqlite3.Connection, permalink: str, now: int) -> bool:
    """Return whether the article with a permalink has expired."""
    found = connection.execute(
        "SELECT 1 FROM article WHERE permalink = ? AND live_until <= ?", [permalink, now]
    ).fetchone()
    return found is not None


def permanent_paths(connection: sqlite3.Connection) -> list[str]:
    """Return the paths of the pages whose URLs may not vanish."""
    rows = connection.execute(
        """SELECT path FROM output WHERE kind IN ('article', 'page')
            OR (kind = 'listing' AND json_extract(params, '$.number') = 0)
            OR (kind = 'redirect' AND path NOT LIKE 'n/%')"""
    )
    return [path for (path,) in rows]


def lost_articles(
    connection: sqlite3.Connection, now: int, *, had_drafts: bool
) -> list[LostArticle]:
    """Return the published articles that the planned site would not have.

    `had_drafts` says that the last build published drafts, which are no loss.
    """
    rows = connection.execute(_LOST, {"now": now, "had_drafts": had_drafts})
    return [LostArticle(*row) for row in rows]


def count_live(connection: sqlite3.Connection) -> int:
    """Return how many articles are live."""
    found = connection.execute("SELECT count FROM term WHERE taxonomy = 'site'").fetchone()
    return int(found[0]) if found else 0
