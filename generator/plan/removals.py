"""Refuses to publish a site that lost many of its articles at once.

A failed checkout, a moved folder, or a clock that was set back removes articles that nobody meant
to remove. An article that expires, that is retracted, or that has a different URL is not lost.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from generator.errors import Problem
from generator.index.output_queries import LostArticle, count_live, lost_articles
from generator.model.paths import ARTICLES

# Fewer are an editor's daily work, as is a smaller share of an archive (one in this many).
_MANY = 10
_ONE_IN = 10
_NAMED = 3


def refusal(
    connection: sqlite3.Connection, root: Path, now: datetime, *, had_drafts: bool
) -> Problem | None:
    """Return the error of a planned site that lost too many of its articles, if it did.

    `had_drafts` says that the last build published drafts, which are no loss.
    """
    lost = lost_articles(connection, int(now.timestamp()), had_drafts=had_drafts)
    if not lost:
        return None
    has_folder = (root / ARTICLES).is_dir()
    count, left = len(lost), count_live(connection)
    many = count >= _MANY and count * _ONE_IN > count + left
    if has_folder and not many and (left or count == 1):
        return None
    named = ", ".join(map(_name, lost[:_NAMED])) + (", …" if lost[_NAMED:] else "")
    whole = "" if has_folder else "there is no such folder, and "
    message = f"{whole}{count} of {count + left} published articles would vanish: {named}"
    hint = f"{_cause(lost, now)} To remove them, use --allow-removals"
    return Problem(ARTICLES, 0, 0, message, hint)


def _name(article: LostArticle) -> str:
    return article.owner or f"News ID {article.news_id}"


def _cause(lost: list[LostArticle], now: datetime) -> str:
    """Return what most of them have in common."""
    if sum(each.is_early for each in lost) * 2 > len(lost):
        return f"they are not published yet at {now.isoformat(' ', 'minutes')}: is that the time?"
    if sum(each.is_draft for each in lost) * 2 > len(lost):
        return "they are drafts now."
    return "their files are gone: is content/ complete?"
