"""The index as queries read it, while nothing changes it.

Pages are rendered in the order of the archive, so consecutive pages show the same stories and ask
for the same part of the same lists. Both are kept here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from generator.index.cache import LruCache
from generator.index.list_window import ListWindow, Place, read_window

_CACHED_STORIES = 2048
_CACHED_POSITIONS = 256
_CACHED_WINDOWS = 512

_Places = Callable[[ListWindow, str, int], list[Place] | None]


class StoryRow(NamedTuple):
    """What lists show of an article, and what decides whether they may."""

    card: bytes
    breaking: int
    pinned: int
    lang: str
    shown: int


class IndexReader:
    """Reads an index that does not change meanwhile; `execute` is that of its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.execute = connection.execute
        self._windows: LruCache[tuple[str, str], ListWindow] = LruCache(_CACHED_WINDOWS)
        self._stories: LruCache[int, StoryRow] = LruCache(_CACHED_STORIES)
        self._positions: LruCache[str, str] = LruCache(_CACHED_POSITIONS)

    @cached_property
    def has_translations(self) -> bool:
        """Whether any article is a translation; most archives have none."""
        found = self.execute("SELECT EXISTS (SELECT 1 FROM article WHERE translation_of != '')")
        return bool(found.fetchone()[0])

    def position(self, news_id: str) -> str | None:
        """Return the position of an article; None if there is no such article."""
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
        """Return the last `count` places of a list before a position, oldest first.

        `count` is at most `MOST_PLACES`.
        """
        return self._beside(ListWindow.before, taxonomy, slug, position, count)

    def after(self, taxonomy: str, slug: str, position: str, count: int) -> list[Place]:
        """Return the first `count` places of a list after a position, oldest first.

        `count` is at most `MOST_PLACES`.
        """
        return self._beside(ListWindow.after, taxonomy, slug, position, count)

    def _beside(
        self, places: _Places, taxonomy: str, slug: str, position: str, count: int
    ) -> list[Place]:
        """Return places on one side, from the window that is kept or else from a new one."""
        window = self._windows.get((taxonomy, slug))
        found = places(window, position, count) if window else None
        if found is None:
            window = read_window(self._connection, taxonomy, slug, position)
            self._windows.put((taxonomy, slug), window)
            found = places(window, position, count)
        return found or []

    def stories(self, articles: Iterable[int]) -> Mapping[int, StoryRow]:
        """Return articles by their numbers."""
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
