"""Refuses to publish a site that has lost many of its articles at once.

A checkout that failed, a folder that moved, or a clock that fell back takes articles away that
nobody meant to take away. An article that expires, that is retracted, or that has another URL is
not lost.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.errors import Problem
from generator.model.paths import ARTICLES

# Fewer are an editor's daily work, as is a smaller share of an archive (one in so many).
_MANY = 10
_ONE_IN = 10
_NAMED = 3

# What lists of written files say of an article, if there is no index: its short link.
_SHORT, _SHORT_END = "n/", "/index.html"
_LOST = f"""
    WITH gone AS (
        SELECT owner, CASE WHEN kind = 'article' THEN json_extract(params, '$.news_id')
                ELSE substr(path, {len(_SHORT) + 1}, length(path) - {len(_SHORT + _SHORT_END)})
            END AS news_id
            FROM output INDEXED BY output_unwanted
            WHERE NOT wanted AND claimed AND (kind = 'article'
                OR (kind = '' AND path LIKE '{_SHORT}%{_SHORT_END}')))
    SELECT gone.owner, gone.news_id, ifnull(article.draft, 0), ifnull(article.live_from > :now, 0)
        FROM gone LEFT JOIN article ON article.news_id = gone.news_id COLLATE NOCASE
        WHERE article.id IS NULL OR NOT (article.live OR ifnull(article.live_until <= :now, 0)
            OR (article.draft AND :had_drafts))
        ORDER BY gone.owner, gone.news_id
"""


@dataclass(frozen=True, slots=True)
class _LostArticle:
    """A published article that the site would not have any more."""

    owner: str
    news_id: str
    is_draft: bool
    is_early: bool

    def __str__(self) -> str:
        return self.owner or f"News ID {self.news_id}"


def refusal(
    connection: sqlite3.Connection, root: Path, now: datetime, *, had_drafts: bool
) -> Problem | None:
    """Why the planned site may not be published, if it has lost too many of its articles.

    `had_drafts` tells that the last build showed drafts, which are no loss.
    """
    values = {"now": int(now.timestamp()), "had_drafts": had_drafts}
    lost = [_LostArticle(*row) for row in connection.execute(_LOST, values)]
    if not lost:
        return None
    has_folder = (root / ARTICLES).is_dir()
    count, left = len(lost), _live(connection)
    many = count >= _MANY and count * _ONE_IN > count + left
    if has_folder and not many and (left or count == 1):
        return None
    named = ", ".join(map(str, lost[:_NAMED])) + (", …" if lost[_NAMED:] else "")
    whole = "" if has_folder else "there is no such folder, and "
    message = f"{whole}{count} of {count + left} published articles would vanish: {named}"
    hint = f"{_cause(lost, now)} To remove them, use --allow-removals"
    return Problem(ARTICLES, 0, 0, message, hint)


def _live(connection: sqlite3.Connection) -> int:
    found = connection.execute("SELECT count FROM term WHERE taxonomy = 'site'").fetchone()
    return int(found[0]) if found else 0


def _cause(lost: list[_LostArticle], now: datetime) -> str:
    """What most of them have in common."""
    if sum(each.is_early for each in lost) * 2 > len(lost):
        return f"they are not published yet at {now.isoformat(' ', 'minutes')}: is that the time?"
    if sum(each.is_draft for each in lost) * 2 > len(lost):
        return "they are drafts now."
    return "their files are gone: is content/ complete?"
