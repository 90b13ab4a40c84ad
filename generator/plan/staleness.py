"""From what changed to the outputs that have to be rendered again.

Changed facets lead to the recorded queries that they can alter. Those are evaluated again, and only
where the answer is different are the outputs that depend on it marked as stale.
"""

from __future__ import annotations

import sqlite3

from generator.index import outputs
from generator.index.changes import Changes
from generator.index.dependencies import (
    RecordedQuery,
    facets_of,
    record_answer,
    touched_queries,
)
from generator.index.input_keys import is_input_set
from generator.index.queries.registry import ask_again
from generator.index.reader import IndexReader
from generator.index.recorder import answer_digest
from generator.plan.reasons import answer_changed, inputs_changed, nearness


def mark_stale(connection: sqlite3.Connection, changes: Changes) -> int:
    """Mark the outputs that depend on a changed answer; return how many queries were evaluated."""
    reader = IndexReader(connection)
    touched = touched_queries(connection, changes.facets)
    for query in sorted(touched, key=lambda each: nearness(each.key)):
        if reason := _reason(connection, reader, changes, query):
            outputs.mark_dependents_stale(connection, query.id, reason)
    return len(touched)


def _reason(
    connection: sqlite3.Connection, reader: IndexReader, changes: Changes, query: RecordedQuery
) -> str:
    """Why the dependents of a query are stale, empty if its answer is as before."""
    if is_input_set(query.key):
        differing = changes.altered.keys() & set(facets_of(connection, query.id))
        return inputs_changed(changes.altered, differing)
    now = answer_digest(ask_again(reader, query.key))
    if now == query.digest:
        return ""
    record_answer(connection, query.id, now)
    return answer_changed(connection, query.key)
