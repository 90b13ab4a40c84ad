"""What goes together with one article: neighbours, related stories, its series, translations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.index import facets
from generator.index.facets import RELATED_PER_TERM, Facet
from generator.index.list_window import Place
from generator.index.queries.articles import CARD, FROM_LISTING, cards
from generator.index.reader import IndexReader, StoryRow
from generator.index.recorder import Query, Rows
from generator.model.output import Neighbours

# So many of the nearest are looked at one by one before the index is asked for the first that fits.
_NEAREST = 4
_NEIGHBOUR = f"""SELECT {CARD} FROM membership JOIN article ON article.id = membership.article
    WHERE membership.term = (SELECT id FROM term WHERE taxonomy = 'section' AND slug = :section)
    AND membership.position {{side}} :position
    AND NOT article.retracted AND article.lang = :lang
    ORDER BY membership.position {{order}} LIMIT 1"""
_OLDER = _NEIGHBOUR.format(side="<", order="DESC")
_NEWER = _NEIGHBOUR.format(side=">", order="ASC")
_NOBODY = (None, 0, 0)


def _neighbours(db: IndexReader, *, news_id: str, section: str, lang: str) -> Rows:
    position = db.position(news_id)
    if position is None:
        return [_NOBODY, _NOBODY]
    older = db.before("section", section, position, _NEAREST)
    newer = db.after("section", section, position, _NEAREST)
    asked = {"section": section, "position": position, "lang": lang}
    found: Rows = []
    for places, further in ((older[::-1], _OLDER), (newer, _NEWER)):
        near = _shown(db, [article for _, article in places], lang, 1)
        if near:
            found.append(_row(near[0]))
        elif len(places) < _NEAREST:
            found.append(_NOBODY)
        else:
            found.append(db.execute(further, asked).fetchone() or _NOBODY)
    return found


def _both_neighbours(rows: Rows) -> Neighbours:
    older, newer = (cards([row])[0] if row[0] else None for row in rows)
    return Neighbours(older, newer)


NEIGHBOURS = Query(
    "neighbours",
    _neighbours,
    _both_neighbours,
    lambda *, news_id, **_: (facets.neighbours(news_id),),
    cached=False,
)


def _related(  # noqa: PLR0913 - each argument narrows the same question
    db: IndexReader,
    *,
    news_id: str,
    limit: int,
    chosen: tuple[str, ...],
    tags: tuple[str, ...],
    section: str,
    lang: str,
) -> Rows:
    """Return the stories that the author chose, then older ones that share most tags, newest first.

    Only older stories are found by tag, and of each tag only the nearest, so that a new story
    leaves the pages of the archive as they are. What is found is in the article's language.
    """
    found = [row for each in chosen for row in _chosen(db, each)]
    taken = {row[0] for row in found}
    shared = _sharing(db, news_id, [("tags", tag) for tag in tags])
    shared = shared or _sharing(db, news_id, [("section", section)])
    waiting = (article for article in _most_first(shared) if article not in taken)
    rows: Rows = [row[1:] for row in found]
    rows += map(_row, _shown(db, waiting, lang, limit - len(rows)))
    return rows[:limit]


def _chosen(db: IndexReader, news_id: str) -> Rows:
    return db.execute(
        f"SELECT id, {CARD} FROM article "
        "WHERE news_id = ? COLLATE NOCASE AND live AND NOT retracted",
        [news_id],
    ).fetchall()


def _shown(db: IndexReader, articles: Iterable[int], lang: str, limit: int) -> list[StoryRow]:
    """Return the first of some articles that may be shown in a language."""
    waiting = iter(articles)
    found: list[StoryRow] = []
    while (missing := limit - len(found)) > 0 and (some := list(islice(waiting, missing))):
        stories = db.stories(some)
        found += [
            story for article in some if (story := stories.get(article)) and _fits(story, lang)
        ]
    return found


def _fits(story: StoryRow, lang: str) -> bool:
    return bool(story.shown) and story.lang == lang


def _row(story: StoryRow) -> tuple[bytes, int, int]:
    return story.card, story.breaking, story.pinned


def _sharing(db: IndexReader, news_id: str, terms: Iterable[tuple[str, str]]) -> Counter[Place]:
    """Articles just before one in some listings, and in how many of them each of them is."""
    position = db.position(news_id)
    shared: Counter[Place] = Counter()
    if position is not None:
        for taxonomy, slug in terms:
            shared.update(db.before(taxonomy, slug, position, RELATED_PER_TERM))
    return shared


def _most_first(shared: Counter[Place]) -> Iterator[int]:
    """Those in most listings first, newest first; the many that are in one only if need be."""
    several = [(count, place) for place, count in shared.items() if count > 1]
    for _, (_, article) in sorted(several, reverse=True):
        yield article
    single = [place for place, count in shared.items() if count == 1]
    for _, article in sorted(single, reverse=True):
        yield article


def _related_facets(*, news_id: str, chosen: tuple[str, ...], **_: object) -> tuple[Facet, ...]:
    return (facets.related(news_id), *map(facets.article, chosen))


RELATED = Query("related", _related, cards, _related_facets, cached=False)


def _series(db: IndexReader, *, slug: str) -> Rows:
    return db.execute(
        f"SELECT {CARD} {FROM_LISTING} AND NOT article.retracted ORDER BY membership.position",
        {"taxonomy": "series", "slug": slug},
    ).fetchall()


SERIES_PARTS = Query("series_parts", _series, cards, lambda *, slug: (facets.term("series", slug),))


def _translations(db: IndexReader, *, news_id: str, original: str) -> Rows:
    if not db.has_translations:
        return []
    return db.execute(
        f"""SELECT {CARD} FROM article WHERE live AND NOT retracted AND id IN (
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
    cached=False,
)
