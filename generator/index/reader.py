"""The index while nobody changes it, as queries are asked of it.

Pages are made in the order of the archive's time, so the pages made one after another ask for the
same stretch of the same lists, and show the same stories. Both are kept here.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from generator.index.cache import LruCache
from generator.index.facets import RELATED_PER_TERM

NEAR = RELATED_PER_TERM
"""How many places on one side of an article may be asked for."""

_AHEAD = 64
_KEPT_STRETCHES = 512
_KEPT_STORIES = 2048
_KEPT_POSITIONS = 256
_LAST = 2**63

# A position and an article's number: where a list has an article.
Place = tuple[str, int]


class StoryRow(NamedTuple):
    """What lists show of an article, and what decides whether one may show it."""

    card: bytes
    breaking: int
    pinned: int
    lang: str
    shown: int


@dataclass(frozen=True, slots=True)
class ListWindow:
    """Places in a list, oldest first, and whether they reach its beginning and its end."""

    places: list[Place]
    begins: bool
    ends: bool

    def before(self, position: str, count: int) -> list[Place] | None:
        """The last places before a position; None if others may lie between or before them."""
        end = bisect_left(self.places, (position,))
        if (end < len(self.places) or self.ends) and (end >= count or self.begins):
            return self.places[max(0, end - count) : end]
        return None

    def after(self, position: str, count: int) -> list[Place] | None:
        """The first places after a position; None if others may lie between or after them."""
        begin = bisect_right(self.places, (position, _LAST))
        if (begin > 0 or self.begins) and (begin + count <= len(self.places) or self.ends):
            return self.places[begin : begin + count]
        return None


class IndexReader:
    """An index that stays as it is while this is in use; `execute` is that of its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.execute = connection.execute
        self._stretches: LruCache[tuple[str, str], ListWindow] = LruCache(_KEPT_STRETCHES)
        self._stories: LruCache[int, StoryRow] = LruCache(_KEPT_STORIES)
        self._positions: LruCache[str, str] = LruCache(_KEPT_POSITIONS)

    @cached_property
    def has_translations(self) -> bool:
        """Whether any article is a translation, as there are none in most archives."""
        found = self.execute("SELECT EXISTS (SELECT 1 FROM article WHERE translation_of != '')")
        return bool(found.fetchone()[0])

    def position(self, news_id: str) -> str | None:
        """Where an article stands in the archive's time; None if there is no such article."""
        known = self._positions.get(news_id)
        if known is None:
            found = self.execute(
                "SELECT position FROM article WHERE news_id = ? COLLATE NOCASE", [news_id]
            ).fetchone()
            if found is None:
                return None
            known = str(found[0])
            self._positions.put(news_id, known)
        return known

    def before(self, taxonomy: str, slug: str, position: str, count: int) -> list[Place]:
        """The last `count` places of a list before a position, oldest first; at most `NEAR`."""
        stretch = self._stretches.get((taxonomy, slug))
        found = stretch.before(position, count) if stretch else None
        if found is None:
            found = self._read(taxonomy, slug, position).before(position, count)
        return found or []

    def after(self, taxonomy: str, slug: str, position: str, count: int) -> list[Place]:
        """The first `count` places of a list after a position, oldest first; at most `NEAR`."""
        stretch = self._stretches.get((taxonomy, slug))
        found = stretch.after(position, count) if stretch else None
        if found is None:
            found = self._read(taxonomy, slug, position).after(position, count)
        return found or []

    def _read(self, taxonomy: str, slug: str, position: str) -> ListWindow:
        """The places around a position, more of them after it, as later pages ask for those."""
        term = "SELECT id FROM term WHERE taxonomy = ? AND slug = ?"
        places = "SELECT position, article FROM membership WHERE term ="
        older = self.execute(
            f"{places} ({term}) AND position < ? ORDER BY position DESC, article DESC LIMIT {NEAR}",
            [taxonomy, slug, position],
        ).fetchall()
        newer = self.execute(
            f"{places} ({term}) AND position >= ? ORDER BY position, article LIMIT {_AHEAD}",
            [taxonomy, slug, position],
        ).fetchall()
        found = ListWindow([*reversed(older), *newer], len(older) < NEAR, len(newer) < _AHEAD)
        self._stretches.put((taxonomy, slug), found)
        return found

    def stories(self, articles: Iterable[int]) -> Mapping[int, StoryRow]:
        """Articles by their numbers."""
        found = {article: self._stories.get(article) for article in articles}
        missing = [article for article, story in found.items() if story is None]
        if missing:
            marks = ", ".join("?" * len(missing))
            rows: Iterable[Any] = self.execute(
                f"""SELECT id, card, breaking, pinned, lang, live AND NOT retracted
                    FROM article WHERE id IN ({marks})""",
                missing,
            )
            for number, *values in rows:
                found[number] = story = StoryRow(*values)
                self._stories.put(number, story)
        return {article: story for article, story in found.items() if story is not None}
