"""Decides whether a failed build starts again with a new index.

SQLite notices damage to its pages, but not a flipped bit inside a value. Such a value shows when a
step fails that can't fail in an index that a build wrote.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from generator.errors import BroadsheetError, Problem, raised_at
from generator.index.build_state import MetaKey, meta, set_meta
from generator.index.changes import Changes
from generator.index.connection import damage, open_index
from generator.index.input_keys import file_name, setting_name
from generator.model.site import Site
from generator.model.source import Parsed
from generator.pipeline.pool import WorkerDiedError

# These say what is wrong, and it is not the index.
_EXPLAINED = (BroadsheetError, OSError, MemoryError, WorkerDiedError, sqlite3.Error)


class SuspectIndexError(Exception):
    """Outputs failed for no reason that their templates or sources explain."""


def suspicion(error: Exception) -> str:
    """Return what may be wrong with the index, empty if something else explains the failure."""
    if found := damage(error):
        return found
    if isinstance(error, SuspectIndexError):
        return f"may be damaged: {error}"
    if isinstance(error, _EXPLAINED):
        return ""
    return f"may be damaged: {type(error).__name__}: {error}, raised at {raised_at(error)}"


def warning(state: str, wrong: str) -> Problem:
    """Return the warning that a build started again with a new index."""
    message = f"the index {wrong}; a new one was created, and everything rendered again"
    return Problem(state, 0, 0, message, severity="warning")


def suspect(
    connection: sqlite3.Connection,
    unexpected: set[str],
    changed: Iterable[str],
    *,
    fresh_index: bool,
) -> None:
    """Raise `SuspectIndexError` if unexpected errors may come from damage to the index.

    They do not if the index is new, if they occurred with a new one before, or if the theme or
    site.toml is among the inputs that `changed`.
    """
    if not unexpected:
        return
    new = unexpected - _known(connection)
    edited = any(file_name(key) or setting_name(key) for key in changed)
    if new and not fresh_index and not edited:
        raise SuspectIndexError(min(new))
    if fresh_index:
        set_meta(connection, MetaKey.UNEXPECTED, "\n".join(sorted(unexpected)))


def takes(site: Site, parsed: Parsed) -> bool:
    """Return whether an empty index accepts a source; if not, the index is not at fault."""
    from generator.index.writer import IndexWriter

    with closing(open_index(Path(":memory:"))) as connection:
        try:
            IndexWriter(connection, site, Changes()).put(parsed, new=True)
        except Exception:  # noqa: BLE001 - whichever it is, the caller has one of its own
            return False
        return True


def _known(connection: sqlite3.Connection) -> set[str]:
    return set(meta(connection, MetaKey.UNEXPECTED).splitlines())
