"""What sitemaps list: articles by month, terms by their first use, and the news of two days."""

from __future__ import annotations

from typing import NamedTuple

from generator.index import facets
from generator.index.facets import Facet
from generator.index.news import MOST_NEWS
from generator.index.reader import IndexReader
from generator.index.recorder import Query, Rows
from generator.index.views import decode_card


class ListedMonth(NamedTuple):
    """A month, the files that its listed articles fill, and when the last of those changed."""

    month: str
    files: int
    modified: int


def _months(db: IndexReader, *, month: str | None, limit: int) -> Rows:
    only = "" if month is None else "AND month = :month"
    return db.execute(
        f"""SELECT month, (count(*) + :limit - 1) / :limit, max(modified) FROM article
            WHERE live AND listed {only} GROUP BY month ORDER BY month""",
        {"month": month, "limit": limit},
    ).fetchall()


LISTED_MONTHS: Query[tuple[ListedMonth, ...]] = Query(
    "listed_months",
    _months,
    lambda rows: tuple(ListedMonth(*row) for row in rows),
    lambda **_: (facets.taxonomy("month"),),
    cached=False,
)


def _listed(db: IndexReader, *, month: str, first: int, count: int) -> Rows:
    return db.execute(
        """SELECT permalink, modified FROM article WHERE live AND listed AND month = ?
            ORDER BY position LIMIT ? OFFSET ?""",
        [month, count, first],
    ).fetchall()


def _listed_places(*, month: str, first: int, count: int) -> tuple[Facet, ...]:
    return (facets.ranks("month", month, first, first + count - 1),)


LISTED: Query[Rows] = Query("listed", _listed, lambda rows: rows, _listed_places, cached=False)


def _in_use(db: IndexReader, *, taxonomy: str) -> Rows:
    return db.execute(
        """SELECT slug FROM (
                SELECT slug, (SELECT min(position) FROM membership WHERE term = term.id) AS oldest
                FROM term WHERE taxonomy = :taxonomy
                UNION ALL SELECT slug, '' FROM profile WHERE :taxonomy = 'authors'
            ) WHERE oldest IS NOT NULL GROUP BY slug ORDER BY max(oldest), slug""",
        {"taxonomy": taxonomy},
    ).fetchall()


TERMS_IN_USE: Query[tuple[str, ...]] = Query(
    "terms_in_use",
    _in_use,
    lambda rows: tuple(row[0] for row in rows),
    lambda *, taxonomy: (facets.in_use(taxonomy),),
)


def _last_change(db: IndexReader, *, taxonomy: str, slug: str) -> Rows:
    return db.execute(
        """SELECT article.modified FROM term
            JOIN membership ON membership.term = term.id
            JOIN article ON article.id = membership.article
            WHERE taxonomy = ? AND slug = ? ORDER BY membership.position DESC LIMIT 1""",
        [taxonomy, slug],
    ).fetchall()


LAST_CHANGE: Query[int | None] = Query(
    "last_change",
    _last_change,
    lambda rows: int(rows[0][0]) if rows else None,
    lambda *, taxonomy, slug: (facets.term(taxonomy, slug),),
)


class NewsEntry(NamedTuple):
    """An article in the news sitemap; `published` is a W3C date, with its time if it has one."""

    path: str
    lang: str
    title: str
    published: str


def _recent(db: IndexReader) -> Rows:
    rows = db.execute(
        """SELECT permalink, card FROM article WHERE recent
            ORDER BY position DESC LIMIT ?""",
        [MOST_NEWS],
    )
    return [_news_row(*row) for row in rows]


def _news_row(permalink: str, encoded: bytes) -> tuple[str, str, str, str]:
    card = decode_card(encoded)
    return permalink, card.lang, card.title, card.went_live.isoformat()


RECENT: Query[tuple[NewsEntry, ...]] = Query(
    "recent",
    _recent,
    lambda rows: tuple(NewsEntry(*row) for row in rows),
    lambda: (facets.flagged("recent"),),
    cached=False,
)
