"""A part of a list of articles, kept for the next pages.

Pages are rendered in the order of the archive, so consecutive pages ask for the same part of the
same lists.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from generator.index.facets import RELATED_PER_TERM

MOST_PLACES = RELATED_PER_TERM
"""How many places on one side of a position can be requested."""

# Later pages ask for newer places, so a window holds more of these.
_NEWER = 64
_LAST = 2**63
_PLACES = """SELECT position, article FROM membership
    WHERE term = (SELECT id FROM term WHERE taxonomy = ? AND slug = ?) AND position"""
_OLDER_PLACES = f"{_PLACES} < ? ORDER BY position DESC, article DESC LIMIT {MOST_PLACES}"
_NEWER_PLACES = f"{_PLACES} >= ? ORDER BY position, article LIMIT {_NEWER}"

Place = tuple[str, int]
"""Where a list has an article: its position and its number."""


@dataclass(frozen=True, slots=True)
class ListWindow:
    """Consecutive places of a list, oldest first; whether they reach its beginning and its end."""

    places: list[Place]
    has_oldest: bool
    has_newest: bool

    def before(self, position: str, count: int) -> list[Place] | None:
        """Return the last `count` places before a position; None if the window is too short."""
        end = bisect_left(self.places, (position,))
        if (end < len(self.places) or self.has_newest) and (end >= count or self.has_oldest):
            return self.places[max(0, end - count) : end]
        return None

    def after(self, position: str, count: int) -> list[Place] | None:
        """Return the first `count` places after a position; None if the window is too short."""
        begin = bisect_right(self.places, (position, _LAST))
        if (begin > 0 or self.has_oldest) and (
            begin + count <= len(self.places) or self.has_newest
        ):
            return self.places[begin : begin + count]
        return None


def read_window(
    connection: sqlite3.Connection, taxonomy: str, slug: str, position: str
) -> ListWindow:
    """Return the window around a position."""
    around = [taxonomy, slug, position]
    older = connection.execute(_OLDER_PLACES, around).fetchall()
    newer = connection.execute(_NEWER_PLACES, around).fetchall()
    return ListWindow([*reversed(older), *newer], len(older) < MOST_PLACES, len(newer) < _NEWER)
