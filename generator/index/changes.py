"""What a changed source touches: the facets that it can alter, and the scopes to plan anew.

Called while the index still shows, or already shows, the article in its lists, as a place in a
list is counted there. With `everything` set nothing is followed, for an index that is new or so
much changed that all of it is made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.index import facets
from generator.index.facets import RELATED_PER_TERM, Facet
from generator.index.queries.terms import PERIODS_BESIDE
from generator.index.reader import IndexReader
from generator.model.output import Scope

_LISTED = ("section", "tags", "authors", "sources", "series")
_NAMED = ("tags", "authors", "sources", "series")


@dataclass(frozen=True, slots=True)
class Membership:
    """An article's place in one list. `name` is the term as the article spells it."""

    term: int
    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Placement:
    """What of an article decides where it is shown. `month` is empty if no sitemap lists it."""

    id: int
    path: str
    news_id: str
    position: str
    lang: str
    translation_of: str
    month: str
    marks: tuple[str, ...]


@dataclass(slots=True)
class Changes:
    """Collects what one build's changed sources touch.

    `renamed` tells that a News ID which others may name is another now; `altered` tells of each
    input that is no query, and differs, what became of it.
    """

    connection: sqlite3.Connection
    everything: bool = False
    renamed: bool = False
    facets: set[Facet] = field(default_factory=set)
    scopes: set[Scope] = field(default_factory=set)
    altered: dict[str, str] = field(default_factory=dict)

    def touch(self, *touched: Facet) -> None:
        """Announce facets."""
        if not self.everything:
            self.facets.update(touched)

    def replan(self, part: str, key: str) -> None:
        """Announce that the outputs of a scope may be others."""
        if not self.everything:
            self.scopes.add(Scope(part, key))

    def article(self, placement: Placement) -> None:
        """An article says something else now, or is not there any more."""
        self.touch(
            facets.article(placement.news_id),
            facets.location(placement.news_id),
            *facets.lying(placement.path),
            facets.beside(placement.news_id),
            facets.related(placement.news_id),
            # A translation may itself be translated.
            facets.translations(placement.news_id),
            facets.translations(placement.translation_of),
            *map(facets.marked, placement.marks),
        )
        self.replan("source", placement.path)

    def detailed(self, placement: Placement, lists: Iterable[Membership]) -> None:
        """An article's own page and feeds say something else of it, but no list does."""
        self.touch(facets.article(placement.news_id))
        self.touch(*(facets.term(listed.taxonomy, listed.slug) for listed in lists))

    def shown(self, placement: Placement, lists: Iterable[Membership]) -> None:
        """An article shows otherwise in lists where it stays in its place."""
        for listed in self._followed(lists):
            place = self._place(listed.term, placement)
            self.touch(facets.places(listed.taxonomy, listed.slug, place, place))
            self._around(placement, listed)
            if listed.taxonomy in _NAMED:
                self.touch(facets.taxonomy(listed.taxonomy))

    def moved(self, placement: Placement, lists: Iterable[Membership]) -> None:
        """An article enters or leaves lists; all newer places shift."""
        for listed in self._followed(lists):
            place = self._place(listed.term, placement)
            self.touch(
                facets.places(listed.taxonomy, listed.slug, place),
                facets.taxonomy(listed.taxonomy),
            )
            self._around(placement, listed)
            if listed.taxonomy in _LISTED:
                self.replan("listing", f"{listed.taxonomy}/{listed.slug}")
            if listed.taxonomy == "day":
                self._period(listed)
            if place == 0 and listed.taxonomy in _NAMED:
                self.in_use(listed.taxonomy)

    def in_use(self, taxonomy: str) -> None:
        """A taxonomy may have other terms, or have them in another order."""
        self.touch(facets.in_use(taxonomy))
        self.replan("sitemap", taxonomy)

    def listed(self, placement: Placement) -> None:
        """A sitemap lists a live article otherwise, anew or no more; those after it may shift."""
        if self.everything or not placement.month:
            return
        place = self.connection.execute(
            """SELECT count(*) FROM article
                WHERE live AND listed AND month = ? AND position < ?""",
            [placement.month, placement.position],
        ).fetchone()[0]
        self.touch(facets.taxonomy("month"), facets.places("month", placement.month, int(place)))
        self.replan("sitemap", placement.month)

    def media_of(self, owner: str) -> None:
        """The pictures and files that a source shows may be published now, or no more."""
        if self.everything:
            return
        rows = self.connection.execute(
            "SELECT target FROM reference WHERE owner = ? AND kind IN ('media', 'image')", [owner]
        )
        for (target,) in rows:
            self.replan("media", target)

    def _followed(self, lists: Iterable[Membership]) -> Iterable[Membership]:
        return () if self.everything else lists

    def _around(self, placement: Placement, listed: Membership) -> None:
        """What others show because an article stands near them in a list."""
        self.touch(facets.term(listed.taxonomy, listed.slug))
        if listed.taxonomy == "section":
            self._beside(placement, listed)
        if listed.taxonomy in ("section", "tags"):
            rows = self.connection.execute(
                """SELECT news_id FROM membership JOIN article ON article.id = membership.article
                    WHERE term = ? AND membership.position > ?
                    ORDER BY membership.position LIMIT ?""",
                [listed.term, placement.position, RELATED_PER_TERM],
            )
            self.touch(*(facets.related(row[0]) for row in rows))

    def _beside(self, placement: Placement, listed: Membership) -> None:
        """The articles whose neighbour this one is or was: on each side all up to the first that
        is not retracted, as a retracted article has neighbours but is nobody's."""
        for side, order in (("<", "DESC"), (">", "ASC")):
            rows = self.connection.execute(
                f"""SELECT news_id, retracted FROM membership
                    JOIN article ON article.id = membership.article
                    WHERE term = ? AND membership.position {side} ? AND article.lang = ?
                    ORDER BY membership.position {order}""",
                [listed.term, placement.position, placement.lang],
            )
            for news_id, retracted in rows:
                self.touch(facets.beside(news_id))
                if not retracted:
                    break

    def _period(self, listed: Membership) -> None:
        day = listed.slug
        year, month = day[:4], day[:7]
        self.touch(*map(facets.archive, ("", year, month)))
        for value in ("", year, month, day):
            self.replan("period", value)
        if self._count(listed.term) <= 1:
            for value in (year, month, day):
                # The period itself, too: it may be gone and be there again in one build.
                now = IndexReader(self.connection)
                beside = [row[0] for row in PERIODS_BESIDE.rows(now, period=value)]
                self.touch(*(facets.period(each) for each in (value, *beside) if each))

    def _place(self, term: int, placement: Placement) -> int:
        """An article's place in a list that has it, counted from the end that may be nearer."""
        others = self._count(term) - 1
        newer = self._beyond(term, ">", placement, others // 2)
        if newer < others // 2:
            return others - newer
        return self._beyond(term, "<", placement, others)

    def _beyond(self, term: int, side: str, placement: Placement, most: int) -> int:
        # Two articles have one position while they exchange News IDs, but never one place.
        found = self.connection.execute(
            f"""SELECT count(*) FROM (SELECT 1 FROM membership
                WHERE term = ? AND (position, article) {side} (?, ?) LIMIT ?)""",
            [term, placement.position, placement.id, most],
        ).fetchone()
        return int(found[0])

    def _count(self, term: int) -> int:
        found = self.connection.execute("SELECT count FROM term WHERE id = ?", [term]).fetchone()
        return int(found[0])
