"""The legal states of an output, as the table in `generator.index.outputs` has them."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from generator.index.outputs import Owned


class State(NamedTuple):
    """An output's columns; `known` says that the digest of the published file is known."""

    planned: bool
    stale: bool
    rendered: bool
    owned: Owned
    known: bool


def states(connection: sqlite3.Connection) -> dict[str, State]:
    """The state of each output by its path."""
    rows = connection.execute(
        """SELECT path, planned, stale, rendered.output IS NOT NULL, owned,
            output.digest IS NOT NULL
            FROM output LEFT JOIN rendered ON rendered.output = output.id"""
    )
    return {
        path: State(bool(planned), bool(stale), bool(rendered), Owned(owned), bool(known))
        for path, planned, stale, rendered, owned, known in rows
    }


def is_legal(state: State) -> bool:
    """Whether the table has a line for a state."""
    published = state.owned is Owned.INDEX and state.known
    unknown = not state.known
    if not state.planned:
        return not state.rendered and (published or unknown)
    if not state.stale:
        return not state.rendered and published
    return published or unknown


def illegal(connection: sqlite3.Connection) -> dict[str, State]:
    """The outputs whose state the table does not have."""
    return {path: state for path, state in states(connection).items() if not is_legal(state)}
