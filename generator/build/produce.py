"""Renders what is stale, in parallel, and writes down what each output read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from generator.build.crew import Crew
from generator.build.plan import orders
from generator.build.workshop import Order, render_outputs
from generator.errors import Problems
from generator.index.traces import TraceWriter

BATCH = 32


def produce(
    connection: sqlite3.Connection,
    crew: Crew,
    problems: Problems,
    advance: Callable[[int], None],
) -> int:
    """Render all stale outputs; returns how many were rendered without a fault."""
    rendered = 0
    connection.execute("DELETE FROM made")
    traces = TraceWriter(connection)
    for delivery in crew.run(render_outputs, _batched(orders(connection))):
        traces.write(delivery.reads, [(made.id, made.reads) for made in delivery.made])
        connection.executemany(
            "INSERT INTO made VALUES (?, ?, ?)",
            [(made.id, made.digest, made.staged) for made in delivery.made],
        )
        problems.extend(problem for _, problem in delivery.problems)
        rendered += len(delivery.made)
        advance(len(delivery.made) + len(delivery.problems))
    traces.forget_unread()
    return rendered


def _batched(items: Iterable[Order]) -> Iterator[list[Order]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch
