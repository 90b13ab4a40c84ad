"""What a portal consists of, streamed in order: the read side that planning outputs needs.

Each stream can be narrowed to the one source, listing or period that a scope names.
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
    """Streams what is live out of the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def articles(self, path: str | None = None) -> Iterator[PageSource]:
        """Live articles, oldest first, or the one of a source."""
        rows = self._db.execute(
            f"""SELECT path, permalink, news_id FROM article
                WHERE live {_narrowed("path", path)} ORDER BY position""",
            {"only": path},
        )
        return (PageSource(*row) for row in rows)

    def pages(self, path: str | None = None) -> Iterator[PageSource]:
        """Live standalone pages."""
        rows = self._db.execute(
            f"""SELECT path, permalink FROM page WHERE live {_narrowed("path", path)}
                ORDER BY permalink""",
            {"only": path},
        )
        return (PageSource(*row) for row in rows)

    def aliases(self, owner: str | None = None) -> Iterator[tuple[str, str, str]]:
        """Old site paths of what is live: the alias, the page's site path, and the source."""
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
        """The answer to a query, of which no record is kept."""
        return query.view(query.rows(IndexReader(self._db), **arguments))

    def terms(self, taxonomy: str) -> tuple[TermCount, ...]:
        """The terms of a taxonomy that live articles have."""
        return self.ask(TERMS, taxonomy=taxonomy)

    def count(self, taxonomy: str, slug: str) -> int:
        """How many live articles a listing holds."""
        return self.ask(TERM_COUNT, taxonomy=taxonomy, slug=slug)

    def profiles(self) -> list[str]:
        """The slugs of all authors with a profile."""
        return [row[0] for row in self._db.execute("SELECT slug FROM profile ORDER BY slug")]

    def has_profile(self, slug: str) -> bool:
        """Whether an author has a profile."""
        found = self._db.execute("SELECT 1 FROM profile WHERE slug = ?", [slug]).fetchone()
        return found is not None

    def periods(self, within: str) -> tuple[tuple[str, int], ...]:
        """The years of the archive, or the months or days within a period, with counts."""
        return self.ask(PERIODS, within=within)

    def has_period(self, period: str) -> bool:
        """Whether anything live was published in a year, month or day; true for all years."""
        found = self._db.execute(
            """SELECT 1 FROM term WHERE taxonomy = 'day' AND count > 0
                AND slug >= :period AND slug < :period || '~' LIMIT 1""",
            {"period": period},
        ).fetchone()
        return not period or found is not None

    def media(self, path: str | None = None) -> Iterator[PublishedFile]:
        """Files that something published refers to, so that nothing embargoed is among them."""
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
        """A media or static file, if the portal has it."""
        row = self._db.execute(
            "SELECT path, lower(hex(fingerprint)) FROM source WHERE path = ?", [path]
        ).fetchone()
        return PublishedFile(*row) if row else None

    def static(self, path: str | None = None) -> Iterator[PublishedFile]:
        """Files that are copied as they are."""
        rows = self._db.execute(
            f"""SELECT path, lower(hex(fingerprint)) FROM source
                WHERE kind = 'static' {_narrowed("path", path)} ORDER BY path""",
            {"only": path},
        )
        return (PublishedFile(*row) for row in rows)


def _narrowed(column: str, only: str | None) -> str:
    return "" if only is None else f"AND {column} = :only"
