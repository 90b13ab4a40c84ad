"""The names that a portal uses already, as its last build knows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.errors import Problem

# More are of no use in a menu, and slow in an editor.
MOST_NAMES = 2_000
MOST_ARTICLES = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the index of a portal's last build knows; nothing if there is none, or a damaged one."""

    index: Path

    def names(self, taxonomy: str) -> tuple[str, ...]:
        """Return the names of a taxonomy's terms, those of most articles first."""
        from generator.index.vocabulary import names_in_use, profile_names

        def ask(connection: sqlite3.Connection) -> tuple[str, ...]:
            found = names_in_use(connection, taxonomy, MOST_NAMES)
            more = profile_names(connection) if taxonomy == "authors" else ()
            return tuple(dict.fromkeys([*found, *more]))

        return self._answer(ask, ())

    def articles(self) -> tuple[tuple[str, str], ...]:
        """Return the News IDs and titles of the newest articles."""
        from generator.index.vocabulary import recent_articles

        def ask(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
            return tuple(recent_articles(connection, MOST_ARTICLES))

        return self._answer(ask, ())

    def _answer(self, ask: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        from generator.index.connection import check_schema, open_for_reading

        if not self.index.is_file():
            return nothing
        try:
            with closing(open_for_reading(self.index)) as connection:
                check_schema(connection)
                return ask(connection)
        except (sqlite3.Error, ValueError, LookupError, TypeError):
            return nothing


def vocabulary_of(root: Path) -> Vocabulary:
    """Return the vocabulary of a portal."""
    return Vocabulary(root.resolve() / ".broadsheet" / "build" / "index.sqlite")


def spelled_as_in_use(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return names, each as it is spelled already if it is the same term."""
    from generator.model.taxonomy import term_key

    spellings = {term_key(name): name for name in reversed(list(known))}
    return [spellings.get(term_key(name), name) for name in names]


def new_names(option: str, what: str, names: Iterable[str], known: Iterable[str]) -> list[Problem]:
    """Return a warning for each name that is not in use yet; none if nothing is."""
    from generator.validation.messages import nearest

    used = set(known)
    if not used:
        return []
    return [
        Problem(option, 0, 0, f"'{name}' is a new {what}", nearest(name, sorted(used)), "warning")
        for name in names
        if name not in used
    ]
