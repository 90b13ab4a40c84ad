"""Parsed sources into rows. What one source needs of others (an author's profile, a picture's
size) is resolved here, so sources are written in the order media, authors, pages and articles.
"""

from __future__ import annotations

import sqlite3

from generator.index import facets
from generator.index.article_row import (
    ARTICLE_COLUMNS,
    LISTED_AS,
    POSITION,
    article_row,
    terms_of,
)
from generator.index.changes import Changes
from generator.index.membership import enter, leave, memberships_of, placement_of
from generator.index.references import TextWriter
from generator.index.sources import forget_source
from generator.index.views import article_views, encode, page_views, profile_view
from generator.model.article import AuthorRef
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
        self._terms: dict[tuple[str, str], int] = {}
        self._profiles: dict[str, AuthorRef] = {}

    def load_profiles(self) -> None:
        """Learn which names have a profile; call it when profiles are written, before articles."""
        self._profiles = {}
        for slug, key, name in self._db.execute("SELECT slug, key, name FROM profile"):
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
            self._put_media(parsed)
        else:
            self._changes.replan("static", parsed.path)
            self._changes.replan("site", "")

    def remove(self, path: str) -> None:
        """Forget a source and all that came from it."""
        kind = forget_source(self._db, path)
        if kind is None:
            return
        self._texts.forget(path)
        if kind == "article":
            self._remove_article(path)
        for (slug,) in self._db.execute("SELECT slug FROM profile WHERE path = ?", [path]):
            self._profile_changed(slug)
        if kind == "page":
            self._changes.replan("sitemap", "site")
        for table in ("page", "profile", "media", "body"):
            self._db.execute(f"DELETE FROM {table} WHERE path = ?", [path])
        self._file_changed(path)
        self._changes.replan("static", path)
        self._changes.replan("site", "")

    def _remove_article(self, path: str) -> None:
        row = self._db.execute("SELECT id, live FROM article WHERE path = ?", [path]).fetchone()
        if row is None:
            return
        article, live = row
        placement = placement_of(self._db, article)
        if live:
            leave(self._db, self._changes, placement, memberships_of(self._db, article))
            self._changes.listed(placement)
        self._changes.article(placement)
        self._db.execute("DELETE FROM tagging WHERE article = ?", [article])
        self._db.execute("DELETE FROM article WHERE id = ?", [article])

    def _put_article(self, parsed: ParsedArticle, new: bool) -> None:
        front, path = parsed.front, parsed.path
        authors = tuple(map(self._author, front.authors))
        card, article = article_views(
            self._site,
            front,
            parsed.body,
            path=path,
            authors=authors,
            image=self._texts.picture(path, front.image),
        )
        values = (*article_row(self._site, path, front), encode(card), encode(article))
        lists = {
            self._term(taxonomy, slug): name for taxonomy, slug, name in terms_of(front, authors)
        }
        if new:
            self._add_article(values, lists)
        else:
            self._write_article(path, values, lists)
        related = [("related", news_id, news_id, 0, 0) for news_id in front.related]
        if front.translation_of:
            related.append(("translation", front.translation_of, front.translation_of, 0, 0))
        self._texts.put(path, parsed.body, front.image, front.aliases, others=related, new=new)

    def _add_article(
        self, values: tuple[str | int | bytes | None, ...], lists: dict[int, str]
    ) -> None:
        self._changes.touch(*facets.lying(str(values[0])))
        marks = ", ".join("?" * len(values))
        inserted = self._db.execute(
            f"INSERT INTO article ({ARTICLE_COLUMNS}) VALUES ({marks})", values
        )
        self._put_lists(int(inserted.lastrowid or 0), lists)

    def _write_article(
        self, path: str, values: tuple[str | int | bytes | None, ...], lists: dict[int, str]
    ) -> None:
        """Write an article's row and lists; where it is live, show it there at once."""
        db = self._db
        known = db.execute(
            f"SELECT id, live, {ARTICLE_COLUMNS} FROM article WHERE path = ?", [path]
        ).fetchone()
        if known is None:
            self._add_article(values, lists)
            return
        article, live, *before = known
        had = memberships_of(db, article)
        self._changes.replan("source", path)
        old = placement_of(db, article)
        if {each.term: each.name for each in had} == lists and tuple(before[:-1]) == values[:-1]:
            if before[-1] != values[-1]:
                db.execute("UPDATE article SET details = ? WHERE id = ?", [values[-1], article])
                self._changes.detailed(old, had if live else ())
            return
        relisted = live and any(before[column] != values[column] for column in LISTED_AS)
        moving = old.position != values[POSITION]
        staying = [] if moving else [each for each in had if each.term in lists]
        if live:
            leave(db, self._changes, old, [each for each in had if each not in staying])
            self._changes.shown(old, staying)
        self._changes.article(old)
        if relisted:
            self._changes.listed(old)
        self._replace_article(article, values, lists)
        new = placement_of(db, article)
        self._changes.renamed |= new.news_id != old.news_id
        self._changes.article(new)
        if relisted:
            self._changes.listed(new)
        if live:
            kept = {each.term for each in staying}
            now = memberships_of(db, article)
            enter(db, self._changes, new, [each for each in now if each.term not in kept])
            self._changes.shown(new, [each for each in now if each.term in kept])

    def _replace_article(
        self, article: int, values: tuple[str | int | bytes | None, ...], lists: dict[int, str]
    ) -> None:
        marks = ", ".join("?" * len(values))
        self._db.execute(
            f"UPDATE article SET ({ARTICLE_COLUMNS}) = ({marks}) WHERE id = {article}", values
        )
        self._db.execute("DELETE FROM tagging WHERE article = ?", [article])
        self._put_lists(article, lists)

    def _put_lists(self, article: int, lists: dict[int, str]) -> None:
        self._db.executemany(
            "INSERT INTO tagging VALUES (?, ?, ?)",
            [(article, term, name) for term, name in lists.items()],
        )

    def _put_page(self, parsed: ParsedPage) -> None:
        front, path = parsed.front, parsed.path
        image = self._texts.picture(path, front.image)
        entry, view = page_views(self._site, front, parsed.body, path=path, image=image)
        self._db.execute(
            "INSERT INTO page (path, permalink, draft, weight, menu, entry, view) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
            "permalink = excluded.permalink, draft = excluded.draft, weight = excluded.weight, "
            "menu = excluded.menu, entry = excluded.entry, view = excluded.view",
            [
                path,
                front.permalink,
                front.draft,
                front.weight,
                front.menu,
                encode(entry),
                encode(view),
            ],
        )
        self._file_changed(path)
        self._changes.replan("sitemap", "site")
        self._texts.put(path, parsed.body, front.image, front.aliases)

    def _put_profile(self, parsed: ParsedProfile) -> None:
        front, path = parsed.front, parsed.path
        view = encode(
            profile_view(front, parsed.body, image=self._texts.picture(path, front.image))
        )
        self._db.execute(
            "INSERT OR REPLACE INTO profile VALUES (?, ?, ?, ?, ?)",
            [front.slug, path, self._author_slugs.of(front.name), front.name, view],
        )
        self._profile_changed(front.slug)
        self._file_changed(path)
        self._texts.put(path, parsed.body, front.image, front.aliases)

    def _put_media(self, parsed: MediaFile) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?, ?)",
            [parsed.path, parsed.width, parsed.height, parsed.type, parsed.refused],
        )
        self._file_changed(parsed.path)

    def _profile_changed(self, slug: str) -> None:
        self._changes.touch(facets.profile(slug))
        self._changes.replan("listing", f"authors/{slug}")
        self._changes.in_use("authors")

    def _file_changed(self, path: str) -> None:
        self._changes.touch(
            facets.page(path), facets.PAGES, *facets.lying(path), facets.media(path)
        )
        self._changes.replan("source", path)
        self._changes.replan("media", path)

    def _author(self, name: str) -> AuthorRef:
        slug = self._author_slugs.of(name)
        return self._profiles.get(name) or self._profiles.get(slug) or AuthorRef(name, slug)

    def _term(self, taxonomy: str, slug: str) -> int:
        key = (taxonomy, slug)
        if key not in self._terms:
            self._db.execute("INSERT OR IGNORE INTO term (taxonomy, slug) VALUES (?, ?)", key)
            found = self._db.execute(
                "SELECT id FROM term WHERE taxonomy = ? AND slug = ?", key
            ).fetchone()
            self._terms[key] = found[0]
        return self._terms[key]
