"""What a portal consists of, streamed in order: the read side that planning outputs needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.queries.terms import PERIODS, TERMS, TermCount


@dataclass(frozen=True, slots=True)
class Placed:
    """A source with a page of its own, and the page's site path."""

    path: str
    permalink: str
    news_id: str = ""


class Catalogue:
    """Streams what is live out of the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def articles(self) -> Iterator[Placed]:
        """Live articles, oldest first."""
        rows = self._db.execute(
            "SELECT path, permalink, news_id FROM article WHERE live ORDER BY position"
        )
        return (Placed(*row) for row in rows)

    def pages(self) -> Iterator[Placed]:
        """Live standalone pages."""
        rows = self._db.execute("SELECT path, permalink FROM page WHERE live ORDER BY permalink")
        return (Placed(*row) for row in rows)

    def aliases(self) -> Iterator[tuple[str, str, str]]:
        """Old site paths of what is live: the alias, the page's site path, and the source."""
        return iter(
            self._db.execute(
                """SELECT alias.path, target.permalink, owner FROM alias JOIN (
                        SELECT path, permalink FROM article WHERE live
                        UNION ALL SELECT path, permalink FROM page WHERE live
                        UNION ALL SELECT path, '/authors/' || slug || '/' FROM profile
                    ) AS target ON target.path = owner ORDER BY alias.path"""
            )
        )

    def terms(self, taxonomy: str) -> tuple[TermCount, ...]:
        """The terms of a taxonomy that live articles have."""
        return TERMS.view(TERMS.rows(self._db, taxonomy=taxonomy))

    def count(self, taxonomy: str, slug: str) -> int:
        """How many live articles a listing holds."""
        return next((term.count for term in self.terms(taxonomy) if term.slug == slug), 0)

    def profiles(self) -> list[str]:
        """The slugs of all authors with a profile."""
        return [row[0] for row in self._db.execute("SELECT slug FROM profile ORDER BY slug")]

    def periods(self, within: str) -> tuple[tuple[str, int], ...]:
        """The years of the archive, or the months or days within a period, with counts."""
        return PERIODS.view(PERIODS.rows(self._db, within=within))

    def media(self) -> Iterator[str]:
        """Files that something published refers to, so that nothing embargoed is among them."""
        rows = self._db.execute(
            """SELECT DISTINCT target FROM reference
                WHERE kind IN ('media', 'image') AND target != '' AND (
                    EXISTS (SELECT 1 FROM article WHERE path = owner AND live
                        AND NOT (retracted AND reference.kind IN ('media', 'image')))
                    OR EXISTS (SELECT 1 FROM page WHERE path = owner AND live)
                    OR EXISTS (SELECT 1 FROM profile WHERE path = owner))
                ORDER BY target"""
        )
        return (row[0] for row in rows)

    def static(self) -> Iterator[str]:
        """Files that are copied as they are."""
        rows = self._db.execute("SELECT path FROM source WHERE kind = 'static' ORDER BY path")
        return (row[0] for row in rows)
