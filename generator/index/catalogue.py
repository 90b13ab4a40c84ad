"""Streams what a portal consists of, in order, for planning outputs.

Each stream can be narrowed to the source, listing or period of a scope.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.queries.terms import PERIODS, TERM_COUNT, TERMS, TermCount
from generator.index.reader import IndexReader
from generator.index.recorder import Argument, Query, T


@dataclass(frozen=True, slots=True)
class PageSource:
    """A source with a page of its own, and the page's site path."""

    path: str
    permalink: str
    news_id: str = ""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that is copied; `fingerprint` is the digest of its bytes in hexadecimal."""

    path: str
    fingerprint: str


class Catalogue:
    """Streams what is live from the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def articles(self, path: str | None = None) -> Iterator[PageSource]:
        """Return live articles, oldest first, or the one of a source."""
        rows = self._db.execute(
            f"""SELECT path, permalink, news_id FROM article
                WHERE live {_narrowed("path", path)} ORDER BY position""",
            {"only": path},
        )
        return (PageSource(*row) for row in rows)

    def pages(self, path: str | None = None) -> Iterator[PageSource]:
        """Return live standalone pages."""
        rows = self._db.execute(
            f"""SELECT path, permalink FROM page WHERE live {_narrowed("path", path)}
                ORDER BY permalink""",
            {"only": path},
        )
        return (PageSource(*row) for row in rows)

    def aliases(self, owner: str | None = None) -> Iterator[tuple[str, str, str]]:
        """Return old site paths of what is live: alias, the page's site path, source."""
        return iter(
            self._db.execute(
                f"""SELECT alias.path, target.permalink, owner FROM alias JOIN (
                        SELECT path, permalink FROM article WHERE live
                        UNION ALL SELECT path, permalink FROM page WHERE live
                        UNION ALL SELECT path, '/authors/' || slug || '/' FROM profile
                    ) AS target ON target.path = owner
                    WHERE true {_narrowed("owner", owner)} ORDER BY alias.path, owner""",
                {"only": owner},
            )
        )

    def ask(self, query: Query[T], **arguments: Argument) -> T:
        """Return the answer to a query without recording it."""
        return query.decode(query.fetch(IndexReader(self._db), **arguments))

    def terms(self, taxonomy: str) -> tuple[TermCount, ...]:
        """Return the terms of a taxonomy that live articles have."""
        return self.ask(TERMS, taxonomy=taxonomy)

    def count(self, taxonomy: str, slug: str) -> int:
        """Return how many live articles a list holds."""
        return self.ask(TERM_COUNT, taxonomy=taxonomy, slug=slug)

    def profiles(self) -> list[str]:
        """Return the slugs of all authors with a profile."""
        return [row[0] for row in self._db.execute("SELECT slug FROM profile ORDER BY slug")]

    def has_profile(self, slug: str) -> bool:
        """Return whether an author has a profile."""
        found = self._db.execute("SELECT 1 FROM profile WHERE slug = ?", [slug]).fetchone()
        return found is not None

    def periods(self, within: str) -> tuple[tuple[str, int], ...]:
        """Return the years of the archive, or the months or days within a period, with counts."""
        return self.ask(PERIODS, within=within)

    def has_period(self, period: str) -> bool:
        """Return whether a period has live articles; true for all years."""
        found = self._db.execute(
            """SELECT 1 FROM term WHERE taxonomy = 'day' AND count > 0
                AND slug >= :period AND slug < :period || '~' LIMIT 1""",
            {"period": period},
        ).fetchone()
        return not period or found is not None

    def media(self, path: str | None = None) -> Iterator[PublishedFile]:
        """Return files that something published refers to, so nothing embargoed is among them."""
        rows = self._db.execute(
            f"""SELECT DISTINCT target, lower(hex(fingerprint)) FROM reference
                JOIN source ON source.path = target
                JOIN media ON media.path = target AND refused = ''
                WHERE reference.kind IN ('media', 'image') {_narrowed("target", path)} AND (
                    EXISTS (SELECT 1 FROM article WHERE path = owner AND live AND NOT retracted)
                    OR EXISTS (SELECT 1 FROM page WHERE path = owner AND live)
                    OR EXISTS (SELECT 1 FROM profile WHERE path = owner))
                ORDER BY target""",
            {"only": path},
        )
        return (PublishedFile(*row) for row in rows)

    def file(self, path: str) -> PublishedFile | None:
        """Return a media or static file, if the portal has it."""
        row = self._db.execute(
            "SELECT path, lower(hex(fingerprint)) FROM source WHERE path = ?", [path]
        ).fetchone()
        return PublishedFile(*row) if row else None

    def static(self, path: str | None = None) -> Iterator[PublishedFile]:
        """Return files that are copied as they are."""
        rows = self._db.execute(
            f"""SELECT path, lower(hex(fingerprint)) FROM source
                WHERE kind = 'static' {_narrowed("path", path)} ORDER BY path""",
            {"only": path},
        )
        return (PublishedFile(*row) for row in rows)


def _narrowed(column: str, only: str | None) -> str:
    return "" if only is None else f"AND {column} = :only"
