"""The functions with which templates query the archive: checked arguments of named queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, get_args

from generator.index.queries import articles, documents, related
from generator.index.queries.terms import TERM_NAME, TERMS
from generator.index.recorder import Recorder
from generator.model.article import Article, Card, Kind
from generator.model.output import Neighbours, Term
from generator.model.page import AuthorProfile, PageEntry
from generator.model.paths import archive_path, listing_path
from generator.model.site import Section, Site
from generator.model.taxonomy import SECTIONS, Taxonomy
from generator.model.timestamp import Timestamp
from generator.render.calls import checked_functions
from generator.render.misuse import MisuseError
from generator.validation.messages import nearest, quoted


class TemplateFunctions:
    """The query functions of templates, bound to a site and a recorder."""

    def __init__(self, site: Site, recorder: Recorder) -> None:
        self._site = site
        self._recorder = recorder

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return the functions by name, each with its arguments checked."""
        return checked_functions(
            {
                "latest": self.latest,
                "pinned": self.pinned,
                "breaking": self.breaking,
                "related": self.related,
                "neighbours": self.neighbours,
                "series_parts": self.series_parts,
                "translations": self.translations,
                "article": self.article,
                "terms": self.terms,
                "term_name": self.term_name,
                "author": self.author,
                "pages": self.pages,
                "section": self.section,
                "section_href": self.section_href,
                "term_href": self.term_href,
                "archive_href": self.archive_href,
            },
            {"latest": self._own_taxonomies},
        )

    def latest(  # noqa: PLR0913 - each argument narrows the same question
        self,
        limit: int,
        *,
        section: str | None = None,
        tag: str | None = None,
        author: str | None = None,
        source: str | None = None,
        kind: str | None = None,
        lang: str | None = None,
        exclude: Iterable[str | Card] | str | Card = (),
        **terms: str | None,
    ) -> tuple[Card, ...]:
        """Return the newest live articles that match, newest first.

        `terms` are of the portal's own taxonomies.
        """
        own = self._own_terms(terms)
        if kind is not None:
            _one_of("kind", kind, get_args(Kind))
        return self._recorder.ask(
            articles.LATEST,
            limit=_whole(limit),
            section=self._section_slug(section),
            tag=self._slug("tags", tag),
            author=self._slug("authors", author),
            source=self._slug("sources", source),
            kind=kind,
            lang=lang,
            exclude=_news_ids(exclude),
            **({"terms": own} if own else {}),
        )

    def _own_terms(self, terms: Mapping[str, str | None]) -> tuple[str, ...]:
        """Return terms of the portal's own taxonomies, by the singular or name of each."""
        if not terms:
            return ()
        taxonomies = self._own_taxonomies()
        chosen = {taxonomies[argument].name: name for argument, name in terms.items()}
        found = ((taxonomy, self._slug(taxonomy, name)) for taxonomy, name in chosen.items())
        return tuple(f"{taxonomy}/{slug}" for taxonomy, slug in sorted(found) if slug is not None)

    def _own_taxonomies(self) -> Mapping[str, Taxonomy]:
        """Return the portal's own taxonomies, by the singular and by the name of each."""
        taxonomies = {each.singular: each for each in self._site.taxonomies}
        return taxonomies | {each.name: each for each in self._site.taxonomies}

    def _slug(self, taxonomy: str, name: str | None) -> str | None:
        return None if name is None else self._site.slugs_of(taxonomy).of(name)

    def _section_slug(self, slug: str | None) -> str | None:
        return None if slug is None else self.section(slug).slug

    def pinned(self, limit: int, section: str | None = None) -> tuple[Card, ...]:
        """Articles that are pinned now, newest first."""
        return self._recorder.ask(
            articles.PINNED, limit=_whole(limit), section=self._section_slug(section)
        )

    def breaking(self, limit: int, section: str | None = None) -> tuple[Card, ...]:
        """Articles that are breaking now, newest first."""
        return self._recorder.ask(
            articles.BREAKING, limit=_whole(limit), section=self._section_slug(section)
        )

    def related(self, article: Article, limit: int = 4) -> tuple[Card, ...]:
        """Return the stories that the author chose, then older ones on the same subjects."""
        return self._recorder.ask(
            related.RELATED,
            news_id=article.news_id,
            limit=_whole(limit),
            chosen=article.related,
            tags=tuple(tag.slug for tag in article.tags),
            section=article.section,
            lang=article.lang,
        )

    def neighbours(self, article: Card) -> Neighbours:
        """Return the articles in its language just before and after one in its section."""
        return self._recorder.ask(
            related.NEIGHBOURS,
            news_id=article.news_id,
            section=article.section,
            lang=article.lang,
        )

    def series_parts(self, article: Article) -> tuple[Card, ...]:
        """Return all parts of an article's series, oldest first; none if it is in none."""
        if article.series is None:
            return ()
        return self._recorder.ask(related.SERIES_PARTS, slug=article.series.slug)

    def translations(self, article: Article) -> tuple[Card, ...]:
        """Return the same story in other languages."""
        return self._recorder.ask(
            related.TRANSLATIONS, news_id=article.news_id, original=article.translation_of
        )

    def article(self, news_id: str | int) -> Article | None:
        """Return a live article by its News ID."""
        return self._recorder.ask(articles.ARTICLE, news_id=str(news_id))

    def terms(
        self, taxonomy: str, limit: int | None = None, order: str = "name"
    ) -> tuple[Term, ...]:
        """The terms of a taxonomy, by `name`, by `count` or with the `latest` article first."""
        _one_of("taxonomy", taxonomy, [each.name for each in self._site.all_taxonomies])
        _one_of("order", order, ("name", "count", "latest"))
        if limit is not None:
            _whole(limit)
        found = self._recorder.ask(TERMS, taxonomy=taxonomy, limit=limit, order=order)
        return tuple(
            Term(term.slug, term.name, term.count, self.term_href(taxonomy, term.slug) or "")
            for term in found
        )

    def term_name(self, taxonomy: str, slug: str) -> str:
        """Return a term as its oldest article spells it."""
        name = self._recorder.ask(TERM_NAME, taxonomy=taxonomy, slug=slug)
        if not name:
            self._check_taxonomy(taxonomy)
        return name

    def author(self, slug: str) -> AuthorProfile | None:
        """Return an author's profile, if there is one."""
        return self._recorder.ask(documents.PROFILE, slug=slug)

    def pages(self, menu: bool | None = None) -> tuple[PageEntry, ...]:
        """Standalone pages by weight and address: all, or those that menus show or leave out."""
        return self._recorder.ask(documents.PAGES, menu=menu)

    def section(self, slug: str) -> Section:
        """Return a section of site.toml. Raises `MisuseError` for one that does not exist."""
        found = self._site.section(slug)
        if found is None:
            raise _unknown("section", slug, [section.slug for section in self._site.sections])
        return found

    def section_href(self, slug: str) -> str:
        """Return the address of a section's listing."""
        return self._site.href(listing_path("section", self.section(slug).slug))

    def term_href(self, taxonomy: str, slug: str) -> str | None:
        """Return the address of a term's listing; None where the portal does without."""
        if not self._site.has_listings(taxonomy):
            self._check_taxonomy(taxonomy)
            return None
        return self._site.href(listing_path(taxonomy, slug))

    def _check_taxonomy(self, name: str) -> None:
        known = [each.name for each in (SECTIONS, *self._site.all_taxonomies)]
        _one_of("taxonomy", name, known)

    def archive_href(self, period: Timestamp | str = "") -> str | None:
        """The address of a day's archive, or of a period such as `2024-01`; None where off."""
        if not self._site.outputs.archive:
            return None
        value = period.at.date().isoformat() if isinstance(period, Timestamp) else period
        return self._site.href(archive_path(value))


def _whole(limit: int) -> int:
    if limit < 0:
        raise MisuseError(f"'limit' must be 0 or more, not {limit}", "", "limit", certain=False)
    return limit


def _one_of(what: str, value: str, choices: Collection[str]) -> None:
    if value not in choices:
        raise _unknown(what, value, choices)


def _unknown(what: str, value: str, choices: Iterable[str]) -> MisuseError:
    hint = nearest(value, choices) or f"choose from {', '.join(choices)}"
    return MisuseError(f"there is no {what} {quoted(value)}", hint, value, certain=False)


def _news_ids(exclude: Iterable[str | Card] | str | Card) -> tuple[str, ...]:
    items = [exclude] if isinstance(exclude, str | Card) else exclude
    return tuple(sorted({item.news_id if isinstance(item, Card) else str(item) for item in items}))
