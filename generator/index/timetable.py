"""Lists what time alone changes: the moments at which the site differs without an edit.

`generator.index.visibility` decides what is live; here are the same moments, each with its article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from generator.index.build_state import MetaKey, meta
from generator.index.facets import LAST
from generator.index.news import MOST_NEWS, NEWS_SECONDS

Change = Literal["appears", "expires", "pin-ends", "breaking-ends", "leaves-news-sitemap"]

# The last day of the calendar, from which no time zone leads out of it.
_END = 253_402_214_400

# What is live, or will be by itself; the rest is over, or a draft.
_COMING = "NOT live AND (draft = 0 OR :drafts) AND ifnull(live_until > live_from, 1)"
_STANDING = f"(live OR ({_COMING} AND ifnull(live_until > :now, 1)))"
_CHANGES = f"""
    SELECT live_from AS instant, 'appears' AS change, id FROM article
        WHERE {_COMING} AND ifnull(live_until > :now, 1)
    UNION ALL SELECT live_until, 'expires', id FROM article
        WHERE live_until IS NOT NULL AND {_STANDING}
    UNION ALL SELECT pinned_until, 'pin-ends', id FROM article
        WHERE pinned_until < :forever AND (pinned OR pinned_until > max(live_from, :now))
            AND ifnull(pinned_until < live_until, 1) AND {_STANDING}
    UNION ALL SELECT breaking_until, 'breaking-ends', id FROM article
        WHERE breaking_until < :forever AND (breaking OR breaking_until > max(live_from, :now))
            AND ifnull(breaking_until < live_until, 1) AND {_STANDING}
    UNION ALL SELECT live_from + :news, 'leaves-news-sitemap', id FROM (
        SELECT id, live_from, live_until FROM article WHERE recent
            ORDER BY position DESC LIMIT :most)
        WHERE ifnull(live_from + :news < live_until, 1)
    UNION ALL SELECT live_from + :news, 'leaves-news-sitemap', id FROM article
        WHERE {_COMING} AND ifnull(live_until > :now, 1) AND news AND live_from + :news > :now
            AND ifnull(live_from + :news < live_until, 1)
"""


@dataclass(frozen=True, slots=True)
class TimedChange:
    """A moment, in seconds since the epoch, at which an article's place on the site changes.

    It is `overdue` if the moment has passed and no build has followed it.
    """

    instant: int
    change: Change
    overdue: bool
    path: str
    news_id: str
    title: str
    url: str
    lang: str


@dataclass(frozen=True)
class _Headline:
    """The part of a card that is listed."""

    title: str
    url: str


_decode = msgspec.json.Decoder(_Headline).decode


def timed_changes(
    db: sqlite3.Connection, now: int, *, until: int | None = None, limit: int | None = None
) -> Iterator[TimedChange]:
    """Yield what changes by itself after `now`, and what should have by then; soonest first.

    Drafts count if the last build published them. `until` is the last moment that counts.
    """
    rows = db.execute(
        f"""SELECT instant, change, path, news_id, lang, card
            FROM ({_CHANGES}) JOIN article USING (id)
            WHERE instant <= :until ORDER BY instant, position, change LIMIT :limit""",
        {
            "now": now,
            "drafts": meta(db, MetaKey.DRAFTS) == "1",
            "forever": LAST,
            "news": NEWS_SECONDS,
            "most": MOST_NEWS,
            "until": _END if until is None else min(until, _END),
            "limit": -1 if limit is None else limit,
        },
    )
    for instant, change, path, news_id, lang, card in rows:
        shown = _decode(card)
        yield TimedChange(
            instant, change, instant <= now, path, news_id, shown.title, shown.url, lang
        )
