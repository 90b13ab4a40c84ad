"""Recognizes errors that only follow from others: something refers to a source with errors.

Such a source is in the index in an older version, or not at all. Whoever fixes it fixes these
errors too, so they are not reported. Nor are those of an excerpt that refer to what is not in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from pathlib import Path

from generator.index.integrity import SourceProblem
from generator.index.references import sources_that_seek
from generator.model.paths import ARTICLES, ref_name
from generator.parse.front_matter.news_id import claimed_news_id


class InvalidSources:
    """The sources with errors in this build, and the News IDs that they seem to have.

    With `keep_going`, their last version is published again. In an `excerpt`, whatever is sought
    and not there may be in the rest of the portal.
    """

    def __init__(
        self, root: Path, paths: Collection[str], *, keep_going: bool, excerpt: bool
    ) -> None:
        self.paths = frozenset(paths)
        self._keep_going = keep_going
        self._excerpt = excerpt
        articles = (path for path in paths if path.startswith(f"{ARTICLES}/"))
        self._news_ids = {claimed_news_id(root / path).casefold() for path in articles}

    def explain(self, problem: SourceProblem) -> bool:
        """Return whether an error may disappear once these sources have no errors."""
        if self._excerpt and not problem.others:
            seeks = problem.news_id or problem.missing or problem.ref
            return bool(seeks)
        claimed = problem.news_id.casefold() in self._news_ids
        if problem.others:
            given_up = bool(problem.news_id) and not claimed and not self._keep_going
            return given_up and not self.paths.isdisjoint(problem.others)
        named = bool(problem.ref) and any(ref_name(path) == problem.ref for path in self.paths)
        return claimed or named or not self.paths.isdisjoint(problem.missing)

    def held_back(self, connection: sqlite3.Connection) -> dict[str, str]:
        """Return the sources that can't be shown without one of these files, with that file."""
        if not self._keep_going or not self.paths:
            return {}
        found = sources_that_seek(connection, self.paths)
        return {owner: file for owner, file in found.items() if owner not in self.paths}
