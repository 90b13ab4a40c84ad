"""The headings of a text: their ids, their levels, and the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model.article import Heading
from generator.model.permalink import slugify

MAX_LEVEL = 6
OWN_PREFIX = "bs-"
"""How ids of the theme begin; no heading has such an id."""

_NUMBERED = re.compile(r"(.*)_([0-9]+)")


class Headings:
    """Gives ids that are unique in a document; `found` has the headings of one text of it."""

    def __init__(self) -> None:
        self.found: list[Heading] = []
        self._used: set[str] = set()
        self._counters: dict[str, int] = {}

    def begin_document(self) -> None:
        """Forget the last document."""
        self.found.clear()
        self._used.clear()
        self._counters.clear()

    def begin_text(self) -> None:
        """Forget the headings of the last text; their ids stay in use."""
        self.found.clear()

    def reserve(self, ids: Iterable[str]) -> None:
        """Note ids that something else in the document has."""
        self._used.update(ids)

    def note(self, level: int, title: str, own_id: str = "") -> str:
        """Note a heading; returns the id that its author gave it, or else a new one."""
        heading = Heading(level, own_id or self._new_id(title), title)
        self.found.append(heading)
        return heading.id

    def _new_id(self, title: str) -> str:
        slug = slugify(title) or "section"
        if slug.startswith(OWN_PREFIX):
            slug = f"section-{slug}"
        if slug in self._used:
            slug = self._numbered(slug)
        self._used.add(slug)
        return slug

    def _numbered(self, slug: str) -> str:
        """Return the id with the next free number at its end: `talks_1`, `talks_2`."""
        found = _NUMBERED.fullmatch(slug)
        base, number = (found[1], int(found[2])) if found else (slug, 0)
        # All numbers up to this one are taken, so that repeated headings are not counted again.
        taken = self._counters.get(base, 0)
        follows = number <= taken + 1
        number = max(number, taken) + 1 if follows else number + 1
        while f"{base}_{number}" in self._used:
            number += 1
        if follows:
            self._counters[base] = number
        return f"{base}_{number}"
