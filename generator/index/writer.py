"""Parsed sources into rows.

What one source needs of others (an author's profile, a picture's size) is resolved here, so sources
are written in the order media, authors, pages and articles.
"""

from __future__ import annotations

import sqlite3

from generator.index.article_row import POSITION, article_row, terms_in
from generator.index.article_state import article_state, followed
from generator.index.articles import (
    Values,
    add_article,
    delete_article,
    known_article,
    replace_article,
)
from generator.index.changes import Changes
from generator.index.documents import (
    forget_documents,
    profiles,
    profiles_of,
    put_media,
    put_page,
    put_profile,
)
from generator.index.editorial import forget_editorial, put_editorial
from generator.index.invalidation import (
    diff,
    file_changed,
    page_changed,
    profile_changed,
    static_changed,
)
from generator.index.membership import (
    TermIds,
    add_terms,
    enter_lists,
    leave_lists,
    replace_terms,
    terms_of,
)
from generator.index.references import TextWriter
from generator.index.sources import forget_source
from generator.index.views import article_views, encode, page_views, profile_view
from generator.model.article import AuthorRef
from generator.model.output import Scope
from generator.model.site import Site
from generator.model.source import (
    MediaFile,
    Parsed,
    ParsedArticle,
    ParsedPage,
    ParsedProfile,
)


class IndexWriter:
    """Writes sources into one connection, inside its caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, site: Site, changes: Changes) -> None:
        self._db = connection
        self._site = site
        self._changes = changes
        self._texts = TextWriter(connection, site, changes)
        self._author_slugs = site.slugs_of("authors")
        self._terms = TermIds(connection)
        self._profiles: dict[str, AuthorRef] = {}

    def load_profiles(self) -> None:
        """Learn which names have a profile; call it when profiles are written, before articles."""
        self._profiles = {}
        for slug, key, name in profiles(self._db):
            self._profiles.setdefault(key, AuthorRef(name, slug))
            self._profiles[slug] = AuthorRef(name, slug)

    def put(self, parsed: Parsed, *, new: bool = False) -> None:
        """Write one source in the place of what its path held before: nothing, if it is `new`."""
        if not new:
            self._texts.forget(parsed.path)
        if isinstance(parsed, ParsedArticle):
            self._put_article(parsed, new)
        elif isinstance(parsed, ParsedPage):
            self._put_page(parsed)
        elif isinstance(parsed, ParsedProfile):
            self._put_profile(parsed)
        elif isinstance(parsed, MediaFile):
            put_media(self._db, parsed)
            self._changes.add(file_changed(parsed.path))
        else:
            self._changes.add(static_changed(parsed.path))

    def remove(self, path: str) -> None:
        """Forget a source and all that came from it."""
        kind = forget_source(self._db, path)
        if kind is None:
            return
        self._texts.forget(path)
        if kind == "article":
            self._remove_article(path)
        elif kind == "page":
            self._changes.add(page_changed(path))
        for slug in profiles_of(self._db, path):
            self._changes.add(profile_changed(slug))
        forget_documents(self._db, path)
        self._texts.forget_text(path)
        self._changes.add(file_changed(path))
        self._changes.add(static_changed(path))

    def _put_article(self, parsed: ParsedArticle, new: bool) -> None:
        front, path = parsed.front, parsed.path
        authors = tuple(map(self._author, front.authors))
        image = self._texts.picture(path, front.image)
        card, article = article_views(
            self._site, front, parsed.body, path=path, authors=authors, image=image
        )
        values = (*article_row(self._site, path, front), encode(card), encode(article))
        terms = {
            self._terms.of(taxonomy, slug): name
            for taxonomy, slug, name in terms_in(front, authors)
        }
        known = None if new else known_article(self._db, path)
        if known is None:
            number = self._add_article(values, terms)
        else:
            number = known[0]
            # For its redirects, as aliases are in no row of the article's.
            self._changes.plan(Scope.source(path))
            self._replace_article(*known, values, terms)
        put_editorial(self._db, number, front, parsed.body)
        related = [("related", news_id, news_id, 0, 0) for news_id in front.related]
        if front.translation_of:
            related.append(("translation", front.translation_of, front.translation_of, 0, 0))
        self._texts.put(path, parsed.body, front.image, front.aliases, others=related, new=new)

    def _add_article(self, values: Values, terms: dict[int, str]) -> int:
        article = add_article(self._db, values)
        add_terms(self._db, article, terms)
        if not self._changes.everything:
            self._changes.add(diff(None, article_state(self._db, article, ranks=False)))
        return article

    def _replace_article(
        self, article: int, known: tuple[object, ...], values: Values, terms: dict[int, str]
    ) -> None:
        """Replace an article's row and terms; where it is live, its lists follow at once."""
        db, had, position = self._db, terms_of(self._db, article), str(values[POSITION])
        ranks = known[:-1] != tuple(values[:-1]) or had != terms
        with followed(db, self._changes, article, ranks=ranks) as before:
            if before.live:
                keep = had.keys() & terms.keys() if before.position == position else ()
                leave_lists(db, article, before.position, keep=keep)
            replace_article(db, article, values)
            replace_terms(db, article, terms)
            if before.live:
                enter_lists(db, article, position)

    def _remove_article(self, path: str) -> None:
        known = known_article(self._db, path)
        if known is None:
            return
        article, _ = known
        with followed(self._db, self._changes, article) as before:
            if before.live:
                leave_lists(self._db, article, before.position)
            replace_terms(self._db, article, {})
            delete_article(self._db, article)
        forget_editorial(self._db, article)

    def _put_page(self, parsed: ParsedPage) -> None:
        front, path = parsed.front, parsed.path
        image = self._texts.picture(path, front.image)
        entry, view = page_views(self._site, front, parsed.body, path=path, image=image)
        put_page(self._db, path, front, entry, view)
        self._changes.add(page_changed(path))
        self._texts.put(path, parsed.body, front.image, front.aliases)

    def _put_profile(self, parsed: ParsedProfile) -> None:
        front, path = parsed.front, parsed.path
        view = profile_view(front, parsed.body, image=self._texts.picture(path, front.image))
        put_profile(self._db, path, front.slug, self._author_slugs.of(front.name), view)
        self._changes.add(profile_changed(front.slug))
        self._changes.add(file_changed(path))
        self._texts.put(path, parsed.body, front.image, front.aliases)

    def _author(self, name: str) -> AuthorRef:
        slug = self._author_slugs.of(name)
        return self._profiles.get(name) or self._profiles.get(slug) or AuthorRef(name, slug)
