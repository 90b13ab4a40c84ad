"""Articles: by News ID, the latest of anything, and one page of a listing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from generator.index import facets
from generator.index.facets import Facet
from generator.index.reader import IndexReader
from generator.index.recorder import Query, Rows
from generator.index.views import decode_article, decode_card
from generator.model.article import Article, Card
from generator.model.taxonomy import AUTHORS, SECTIONS, SOURCES, TAGS

CARD = "article.card, article.breaking, article.pinned"
FROM_LISTING = """FROM term
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
    db: IndexReader,
    *,
    limit: int,
    section: str | None = None,
    tag: str | None = None,
    author: str | None = None,
    source: str | None = None,
    kind: str | None = None,
    lang: str | None = None,
    exclude: tuple[str, ...] = (),
    terms: tuple[str, ...] = (),
) -> Rows:
    lists = _lists(section, tag, author, source, terms)
    among, order, values = _among(lists[0] if lists else None, kind, lang)
    conditions = ["NOT article.retracted"]
    for taxonomy, slug in lists[1:]:
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
        f"""SELECT {CARD} {among} AND {" AND ".join(conditions)}
            ORDER BY {order} DESC LIMIT ?""",
        [*values, limit],
    ).fetchall()


def _among(
    term: tuple[str, str] | None, kind: str | None, lang: str | None
) -> tuple[str, str, list[str | int]]:
    """Return where to look for the latest, and in which order: among the few that can be it."""
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
    terms: tuple[str, ...] = (),
    **_: object,
) -> tuple[Facet, ...]:
    lists = _lists(section, tag, author, source, terms)
    return (facets.term(*(lists[0] if lists else ("site", ""))),)


def _lists(
    section: str | None,
    tag: str | None,
    author: str | None,
    source: str | None,
    terms: tuple[str, ...],
) -> list[tuple[str, str]]:
    """The lists that a story must be in; `terms` are of the portal's own, as `people/SLUG`."""
    chosen: list[tuple[str, str | None]] = [
        (TAGS.name, tag),
        (AUTHORS.name, author),
        (SOURCES.name, source),
        (SECTIONS.name, section),
    ]
    own = [(taxonomy, slug) for taxonomy, _, slug in (term.partition("/") for term in terms)]
    return own + [(taxonomy, slug) for taxonomy, slug in chosen if slug is not None]


LATEST = Query("latest", _latest, cards, _latest_facets)


def _marked(mark: str) -> Any:
    def rows(db: IndexReader, *, limit: int, section: str | None = None) -> Rows:
        return db.execute(
            f"""SELECT {CARD} FROM article WHERE {mark} AND NOT retracted
                AND (:section IS NULL OR section = :section)
                ORDER BY position DESC LIMIT :limit""",
            {"section": section, "limit": limit},
        ).fetchall()

    return rows


PINNED = Query("pinned", _marked("pinned"), cards, lambda **_: (facets.flagged("pinned"),))
BREAKING = Query("breaking", _marked("breaking"), cards, lambda **_: (facets.flagged("breaking"),))


def _listing_page(
    db: IndexReader, *, taxonomy: str, slug: str, first: int, count: int | None
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
        f"""SELECT {CARD} FROM (SELECT position, article AS id FROM membership WHERE term = ?
                ORDER BY position {order} LIMIT ? OFFSET ?) AS place JOIN article USING (id)
            ORDER BY place.position DESC""",
        [term, max(0, past - first), skipped],
    )
    return rows.fetchall()


def _listing_places(
    *, taxonomy: str, slug: str, first: int, count: int | None
) -> tuple[Facet, ...]:
    last = facets.LAST if count is None else first + count - 1
    return (facets.ranks(taxonomy, slug, first, last),)


LISTING_PAGE = Query("listing_page", _listing_page, cards, _listing_places, cached=False)


def _feed_entries(db: IndexReader, *, taxonomy: str, slug: str, limit: int) -> Rows:
    return db.execute(
        f"""SELECT article.details, article.breaking, article.pinned {FROM_LISTING}
            AND article.feed ORDER BY membership.position DESC LIMIT :limit""",
        {"taxonomy": taxonomy, "slug": slug, "limit": limit},
    ).fetchall()


FEED_ENTRIES = Query(
    "feed_entries",
    _feed_entries,
    articles,
    lambda *, taxonomy, slug, **_: (facets.term(taxonomy, slug),),
    cached=False,
)


def _article(db: IndexReader, *, news_id: str) -> Rows:
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
    cached=False,
)


def _places(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
