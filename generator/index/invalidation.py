"""Which facets and scopes a change invalidates: pure functions of what the index has.

`diff` compares one article before and after one change, with all other articles as they are. A
build that changes several articles adds up the results, one change after another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.index import facets
from generator.index.facets import Facet
from generator.model.output import SITE_SCOPE, Scope

_WITHOUT_NAMES = ("site", "section", "day")
_WITHOUT_LISTINGS = ("site", "day")
_SHOWN_FLAGS = frozenset(("pinned", "breaking"))


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An article in one list. `name` is the term as the article spells it.

    `rank` is counted from the oldest. `neighbours` are the News IDs of the articles that have this
    one as a neighbour, `newer` those that may show it as a related story. `periods` are those
    before and after a day, its month and its year, if no other article has that day.
    """

    taxonomy: str
    slug: str
    name: str = ""
    rank: int = 0
    neighbours: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        """Whether the article is the oldest of the list."""
        return self.rank == 0


@dataclass(frozen=True, slots=True)
class ArticleState:
    """All that the index has of an article and that others can see.

    `row` is what lists and links show, `details` what its own page and feeds show besides.
    `lists` has an entry for each list of a live article. `month` and `month_rank` say where a
    sitemap has it, with an empty month if none has. `media` are the files that it shows.
    """

    path: str
    news_id: str
    position: str
    row: tuple[object, ...] = ()
    details: bytes = b""
    translation_of: str = ""
    live: bool = False
    flags: frozenset[str] = frozenset()
    lists: tuple[ListEntry, ...] = ()
    month: str = ""
    month_rank: int = 0
    sitemap_entry: tuple[object, ...] = ()
    media: tuple[str, ...] = ()


@dataclass(slots=True)
class Invalidation:
    """What a change invalidates: facets of queries, and scopes whose outputs are planned again.

    `renamed` says that a News ID is no longer that of an article.
    """

    facets: set[Facet] = field(default_factory=set)
    scopes: set[Scope] = field(default_factory=set)
    renamed: bool = False

    def add(self, *facets: Facet) -> None:
        """Invalidate facets."""
        self.facets.update(facets)

    def plan(self, *scopes: Scope) -> None:
        """Plan the outputs of scopes again."""
        self.scopes.update(scopes)


def diff(before: ArticleState | None, after: ArticleState | None) -> Invalidation:
    """Return what is invalidated when an article changes; None stands for no article."""
    found = Invalidation()
    states = [state for state in (before, after) if state]
    if before == after:
        return found
    found.plan(*(Scope.source(state.path) for state in states))
    if before and after and _visible(before) == _visible(after):
        _details_changed(found, after)
        return found
    for state in states:
        _article_changed(found, state)
    found.renamed = bool(before and after and before.news_id != after.news_id)
    if bool(before and before.live) != bool(after and after.live):
        found.plan(*(Scope.media(path) for state in states for path in state.media))
    _lists_changed(found, before, after)
    _sitemap_changed(found, before, after)
    return found


def _visible(state: ArticleState) -> tuple[object, ...]:
    """Return what pages other than the article's own can show of it."""
    names = tuple(sorted((entry.taxonomy, entry.slug, entry.name) for entry in state.lists))
    return state.news_id, state.position, state.row, state.live, state.flags, names


def _details_changed(found: Invalidation, state: ArticleState) -> None:
    """Only the article's own page and the feeds that hold it show something else."""
    found.add(facets.article(state.news_id))
    found.add(*(facets.term(entry.taxonomy, entry.slug) for entry in state.lists))


def _article_changed(found: Invalidation, state: ArticleState) -> None:
    """What is asked about one article by its News ID or source."""
    found.add(
        facets.article(state.news_id),
        facets.location(state.news_id),
        *facets.located(state.path),
        facets.neighbours(state.news_id),
        facets.related(state.news_id),
        # A translation may itself be translated.
        facets.translations(state.news_id),
        facets.translations(state.translation_of),
        *map(facets.flagged, state.flags),
    )


def _lists_changed(
    found: Invalidation, before: ArticleState | None, after: ArticleState | None
) -> None:
    stays = before and after and before.position == after.position
    had = {(entry.taxonomy, entry.slug): entry for entry in before.lists} if before else {}
    has = {(entry.taxonomy, entry.slug): entry for entry in after.lists} if after else {}
    for entries, others in ((had, has), (has, had)):
        for key, entry in entries.items():
            _nearby_changed(found, entry)
            if stays and key in others:
                _card_changed(found, entry)
            else:
                _membership_changed(found, entry)


def _nearby_changed(found: Invalidation, entry: ListEntry) -> None:
    """What pages of other articles show because this one is near them in a list."""
    found.add(facets.term(entry.taxonomy, entry.slug))
    found.add(*map(facets.neighbours, entry.neighbours), *map(facets.related, entry.newer))


def _card_changed(found: Invalidation, entry: ListEntry) -> None:
    """The article stays where it is in a list, and is shown differently."""
    found.add(facets.ranks(entry.taxonomy, entry.slug, entry.rank, entry.rank))
    if entry.taxonomy not in _WITHOUT_NAMES:
        found.add(facets.taxonomy(entry.taxonomy))


def _membership_changed(found: Invalidation, entry: ListEntry) -> None:
    """The article enters or leaves a list, so that the ranks of all newer ones shift."""
    found.add(facets.ranks(entry.taxonomy, entry.slug, entry.rank), facets.taxonomy(entry.taxonomy))
    if entry.taxonomy not in _WITHOUT_LISTINGS:
        found.plan(Scope.listing(entry.taxonomy, entry.slug))
    if entry.is_first and entry.taxonomy not in _WITHOUT_NAMES:
        _terms_changed(found, entry.taxonomy)
    if entry.taxonomy == "day":
        _archive_changed(found, entry)


def _terms_changed(found: Invalidation, taxonomy: str) -> None:
    """A taxonomy may have other terms, or have them in a different order of first use."""
    found.add(facets.in_use(taxonomy))
    found.plan(Scope.sitemap(taxonomy))


def _archive_changed(found: Invalidation, entry: ListEntry) -> None:
    *wider, day = _periods(entry.slug)
    found.add(*map(facets.archive, wider))
    found.plan(*map(Scope.period, (*wider, day)))
    found.add(*map(facets.period, entry.periods))


def _periods(day: str) -> Iterator[str]:
    """Yield all years, a day's year and month, and the day."""
    yield from ("", day[:4], day[:7], day)


def _sitemap_changed(
    found: Invalidation, before: ArticleState | None, after: ArticleState | None
) -> None:
    """A sitemap lists the article differently, or those after it in other places."""
    if before and after and before.sitemap_entry == after.sitemap_entry:
        return
    for state in (before, after):
        if state and state.live and state.month:
            found.add(
                facets.taxonomy("month"), facets.ranks("month", state.month, state.month_rank)
            )
            found.plan(Scope.sitemap(state.month))


def file_changed(path: str) -> Invalidation:
    """Return what is invalidated when a page, profile or media file changes, comes or goes."""
    found = Invalidation()
    found.add(facets.page(path), facets.PAGES, *facets.located(path), facets.media(path))
    found.plan(Scope.source(path), Scope.media(path))
    return found


def page_changed(path: str, media: tuple[str, ...] = ()) -> Invalidation:
    """Return what is invalidated when a standalone page changes, comes or goes."""
    found = Invalidation()
    found.add(facets.page(path), facets.PAGES, *facets.located(path))
    found.plan(Scope.source(path), Scope.sitemap("site"), *map(Scope.media, media))
    return found


def profile_changed(slug: str) -> Invalidation:
    """Return what is invalidated when the profile of an author changes, comes or goes."""
    found = Invalidation()
    found.add(facets.profile(slug))
    found.plan(Scope.listing("authors", slug))
    _terms_changed(found, "authors")
    return found


def static_changed(path: str) -> Invalidation:
    """Return what is invalidated when a static file changes, comes or goes."""
    found = Invalidation()
    found.plan(Scope.static(path), SITE_SCOPE)
    return found


def text_changed(path: str) -> Invalidation:
    """Return what is invalidated when the text of a source changes."""
    found = Invalidation()
    found.add(facets.body(path))
    return found
