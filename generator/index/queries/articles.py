"""Articles: by News ID, the latest of anything, one page of a listing, and what goes together."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from generator.index import facets
from generator.index.facets import RELATED_PER_TERM, Facet
from generator.index.recorder import Query, Rows
from generator.index.views import decode_article, decode_card
from generator.model.article import Article, Card
from generator.model.output import Neighbours

_CARD = "article.card, article.breaking, article.pinned"
_FROM_LISTING = """FROM term
    JOIN membership ON membership.term = term.id
    JOIN article ON article.id = membership.article
    WHERE term.taxonomy = :taxonomy AND term.slug = :slug"""


def cards(rows: Rows) -> tuple[Card, ...]:
    """Cards from rows of card, breaking and pinned."""
    return tuple(_flagged(decode_card(row[0]), row[1], row[2]) for row in rows)


def articles(rows: Rows) -> tuple[Article, ...]:
    """Articles from rows of details, breaking and pinned."""
    return tuple(_flagged(decode_article(row[0]), row[1], row[2]) for row in rows)


def _flagged(card: Any, breaking: int, pinned: int) -> Any:
    if breaking or pinned:
        return replace(card, breaking=bool(breaking), pinned=bool(pinned))
    return card


def _latest(  # noqa: PLR0913 - each argument narrows the same question
    db: sqlite3.Connection,
    *,
    limit: int,
    section: str | None = None,
    tag: str | None = None,
    author: str | None = None,
    source: str | None = None,
    kind: str | None = None,
    lang: str | None = None,
    exclude: tuple[str, ...] = (),
) -> Rows:
    terms = [
        (taxonomy, slug)
        for taxonomy, slug in (
            ("tags", tag),
            ("authors", author),
            ("sources", source),
            ("section", section),
        )
        if slug is not None
    ]
    among, order, values = _among(terms[0] if terms else None, kind, lang)
    conditions = ["NOT article.retracted"]
    for taxonomy, slug in terms[1:]:
        conditions.append(
            "EXISTS (SELECT 1 FROM tagging JOIN term AS other ON other.id = tagging.term WHERE "
            "tagging.article = article.id AND other.taxonomy = ? AND other.slug = ?)"
        )
        values += [taxonomy, slug]
    for column, value in (("kind", kind), ("lang", lang)):
        if value is not None:
            conditions.append(f"article.{column} = ?")
            values.append(value)
    if exclude:
        conditions.append(f"article.news_id NOT IN ({_places(exclude)})")
        values += exclude
    return db.execute(
        f"""SELECT {_CARD} {among} AND {" AND ".join(conditions)}
            ORDER BY {order} DESC LIMIT ?""",
        [*values, limit],
    ).fetchall()


def _among(
    term: tuple[str, str] | None, kind: str | None, lang: str | None
) -> tuple[str, str, list[str | int]]:
    """Where to look for the latest, and in which order: among the few that can be it."""
    if term is None and (kind is not None or lang is not None):
        index = "article_lang" if kind is None else "article_kind"
        return f"FROM article INDEXED BY {index} WHERE live", "article.position", []
    return (
        """FROM membership JOIN article ON article.id = membership.article
        WHERE membership.term = (SELECT id FROM term WHERE taxonomy = ? AND slug = ?)""",
        "membership.position",
        list(term or ("site", "")),
    )


def _latest_facets(
    *,
    section: str | None = None,
    tag: str | None = None,
    author: str | None = None,
    source: str | None = None,
    **_: object,
) -> tuple[Facet, ...]:
    for taxonomy, slug in (
        ("tags", tag),
        ("authors", author),
        ("sources", source),
        ("section", section),
    ):
        if slug is not None:
            return (facets.term(taxonomy, slug),)
    return (facets.term("site", ""),)


LATEST = Query("latest", _latest, cards, _latest_facets)


def _marked(mark: str) -> Any:
    def rows(db: sqlite3.Connection, *, limit: int, section: str | None = None) -> Rows:
        return db.execute(
            f"""SELECT {_CARD} FROM article WHERE {mark} AND NOT retracted
                AND (:section IS NULL OR section = :section)
                ORDER BY position DESC LIMIT :limit""",
            {"section": section, "limit": limit},
        ).fetchall()

    return rows


PINNED = Query("pinned", _marked("pinned"), cards, lambda **_: (facets.marked("pinned"),))
BREAKING = Query("breaking", _marked("breaking"), cards, lambda **_: (facets.marked("breaking"),))


def _listing_page(
    db: sqlite3.Connection, *, taxonomy: str, slug: str, first: int, count: int | None
) -> Rows:
    found = db.execute(
        "SELECT id, count FROM term WHERE taxonomy = ? AND slug = ?", [taxonomy, slug]
    ).fetchone()
    if found is None:
        return []
    term, total = found
    past = total if count is None else min(first + count, total)
    # Places are passed over one by one, so they are counted from the nearer end.
    newest_first = total - past < first
    order, skipped = ("DESC", total - past) if newest_first else ("ASC", first)
    rows = db.execute(
        f"""SELECT {_CARD} FROM (SELECT position, article AS id FROM membership WHERE term = ?
                ORDER BY position {order} LIMIT ? OFFSET ?) AS place JOIN article USING (id)
            ORDER BY place.position DESC""",
        [term, max(0, past - first), skipped],
    )
    return rows.fetchall()


def _listing_places(
    *, taxonomy: str, slug: str, first: int, count: int | None
) -> tuple[Facet, ...]:
    last = facets.LAST if count is None else first + count - 1
    return (facets.places(taxonomy, slug, first, last),)


LISTING_PAGE = Query("listing_page", _listing_page, cards, _listing_places, shared=False)


def _feed_entries(db: sqlite3.Connection, *, taxonomy: str, slug: str, limit: int) -> Rows:
    return db.execute(
        f"""SELECT article.details, article.breaking, article.pinned {_FROM_LISTING}
            AND article.feed ORDER BY membership.position DESC LIMIT :limit""",
        {"taxonomy": taxonomy, "slug": slug, "limit": limit},
    ).fetchall()


FEED_ENTRIES = Query(
    "feed_entries",
    _feed_entries,
    articles,
    lambda *, taxonomy, slug, **_: (facets.term(taxonomy, slug),),
    shared=False,
)


def _article(db: sqlite3.Connection, *, news_id: str) -> Rows:
    return db.execute(
        "SELECT details, breaking, pinned FROM article WHERE news_id = ? COLLATE NOCASE AND live",
        [news_id],
    ).fetchall()


def _only_article(rows: Rows) -> Article | None:
    return next(iter(articles(rows)), None)


ARTICLE = Query(
    "article",
    _article,
    _only_article,
    lambda *, news_id: (facets.article(news_id),),
    shared=False,
)


# Subqueries rather than joins, as each is one look-up and leaves the order to the index.
_POSITION = "SELECT position FROM article WHERE news_id = :news_id COLLATE NOCASE"
_NEIGHBOUR = f"""SELECT {_CARD} FROM membership JOIN article ON article.id = membership.article
    WHERE membership.term = (SELECT id FROM term WHERE taxonomy = 'section' AND slug = :section)
    AND membership.position {{side}} ({_POSITION})
    AND NOT article.retracted AND article.lang = :lang
    ORDER BY membership.position {{order}} LIMIT 1"""
_OLDER = _NEIGHBOUR.format(side="<", order="DESC")
_NEWER = _NEIGHBOUR.format(side=">", order="ASC")


def _neighbours(db: sqlite3.Connection, *, news_id: str, section: str, lang: str) -> Rows:
    asked = {"section": section, "news_id": news_id, "lang": lang}
    return [db.execute(side, asked).fetchone() or (None, 0, 0) for side in (_OLDER, _NEWER)]


def _both_neighbours(rows: Rows) -> Neighbours:
    older, newer = (cards([row])[0] if row[0] else None for row in rows)
    return Neighbours(older, newer)


NEIGHBOURS = Query(
    "neighbours",
    _neighbours,
    _both_neighbours,
    lambda *, news_id, **_: (facets.beside(news_id),),
    shared=False,
)


def _related(  # noqa: PLR0913 - each argument narrows the same question
    db: sqlite3.Connection,
    *,
    news_id: str,
    limit: int,
    chosen: tuple[str, ...],
    tags: tuple[str, ...],
    section: str,
    lang: str,
) -> Rows:
    """The stories that the author chose, then older ones that share most tags, newest first.

    Only older stories are found by tag, and of each tag only the nearest, so that a new story
    leaves the pages of the archive as they are. What is found is in the article's language.
    """
    found = [row for each in chosen for row in _chosen(db, each)]
    taken = {row[0] for row in found}
    candidates = _sharing(db, news_id, (("tags", tag) for tag in tags))
    candidates = candidates or _sharing(db, news_id, [("section", section)])
    waiting = [article for article in candidates if article not in taken]
    while waiting and len(found) < limit:
        missing = limit - len(found)
        found += _shown(db, waiting[:missing], lang)
        waiting = waiting[missing:]
    return [row[1:] for row in found[:limit]]


def _chosen(db: sqlite3.Connection, news_id: str) -> Rows:
    return db.execute(
        f"SELECT id, {_CARD} FROM article "
        "WHERE news_id = ? COLLATE NOCASE AND live AND NOT retracted",
        [news_id],
    ).fetchall()


def _shown(db: sqlite3.Connection, articles: list[int], lang: str) -> Rows:
    """Those of some articles that may be shown, in the order given."""
    # The sign keeps SQLite from looking through all articles in a language for these few.
    rows = db.execute(
        f"""SELECT id, {_CARD} FROM article WHERE id IN ({_places(articles)})
            AND +lang = ? AND live AND NOT retracted""",
        [*articles, lang],
    ).fetchall()
    return sorted(rows, key=lambda row: articles.index(row[0]))


_JUST_BEFORE = f"""SELECT position, article FROM membership
    WHERE term = (SELECT id FROM term WHERE taxonomy = ? AND slug = ?) AND position < ?
    ORDER BY position DESC LIMIT {RELATED_PER_TERM}"""


def _sharing(db: sqlite3.Connection, news_id: str, terms: Iterable[tuple[str, str]]) -> list[int]:
    """Articles just before one in some listings, those in most of them first, newest first."""
    here = db.execute(_POSITION, {"news_id": news_id}).fetchone()
    if here is None:
        return []
    shared: Counter[tuple[str, int]] = Counter()
    for term in terms:
        shared.update(db.execute(_JUST_BEFORE, (*term, *here)))
    newest_first = sorted(shared, reverse=True)
    newest_first.sort(key=shared.__getitem__, reverse=True)
    return [article for _, article in newest_first]


def _places(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _related_facets(*, news_id: str, chosen: tuple[str, ...], **_: object) -> tuple[Facet, ...]:
    return (facets.related(news_id), *map(facets.article, chosen))


RELATED = Query("related", _related, cards, _related_facets, shared=False)


def _series(db: sqlite3.Connection, *, slug: str) -> Rows:
    return db.execute(
        f"SELECT {_CARD} {_FROM_LISTING} AND NOT article.retracted ORDER BY membership.position",
        {"taxonomy": "series", "slug": slug},
    ).fetchall()


SERIES_PARTS = Query("series_parts", _series, cards, lambda *, slug: (facets.term("series", slug),))


def _translations(db: sqlite3.Connection, *, news_id: str, original: str) -> Rows:
    return db.execute(
        f"""SELECT {_CARD} FROM article WHERE live AND NOT retracted AND id IN (
                SELECT id FROM article WHERE news_id = :root COLLATE NOCASE
                UNION ALL SELECT id FROM article
                    WHERE translation_of = :root COLLATE NOCASE AND translation_of != '')
            AND news_id != :news_id ORDER BY lang, position""",
        {"root": original or news_id, "news_id": news_id},
    ).fetchall()


TRANSLATIONS = Query(
    "translations",
    _translations,
    cards,
    lambda *, news_id, original: (facets.translations(original or news_id),),
    shared=False,
)
