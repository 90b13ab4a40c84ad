"""Renders what was planned, in parallel, and writes down what each output read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from generator.build.crew import Crew
from generator.build.plan import orders
from generator.build.workshop import Delivery, Order, render_outputs
from generator.errors import Problem, Problems
from generator.index.recorder import Read

BATCH = 32
_KNOWN_QUERIES = 4096


class TraceWriter:
    """Stores reads as they come in; a question that several outputs asked is stored once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._known: dict[str, int] = {}
        self._last = 0
        for table in ("query", "facet", "read"):
            connection.execute(f"DELETE FROM {table}")

    def write(self, delivery: Delivery) -> None:
        """Store the reads of one delivery."""
        before = self._last
        numbers = [self._query(read) for read in delivery.reads]
        self._db.executemany(
            "INSERT OR IGNORE INTO read VALUES (?, ?)",
            ((numbers[read], made.id) for made in delivery.made for read in made.reads),
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO facet VALUES (?, ?)",
            (
                (facet, number)
                for read, number in zip(delivery.reads, numbers, strict=True)
                if number > before
                for facet in read.facets
            ),
        )

    def _query(self, read: Read) -> int:
        number = self._known.get(read.key)
        if number is None:
            number = self._store(read)
            if len(self._known) < _KNOWN_QUERIES:
                self._known[read.key] = number
        return number

    def _store(self, read: Read) -> int:
        """The number of a question, which is the next one if nobody has asked it yet."""
        stored = self._db.execute(
            "INSERT OR IGNORE INTO query VALUES (?, ?, ?)", [self._last + 1, read.key, read.digest]
        )
        if stored.rowcount:
            self._last += 1
            return self._last
        found = self._db.execute("SELECT id FROM query WHERE key = ?", [read.key]).fetchone()
        return int(found[0])


@dataclass(slots=True)
class _Met:
    """A fault, the first output that met it, and on how many more it differs in nothing else."""

    number: int
    problem: Problem
    more: int = 0


class Faults:
    """What went wrong in templates, told once for all the outputs that met it."""

    def __init__(self) -> None:
        self._found: dict[Problem, _Met] = {}

    def add(self, number: int, problem: Problem) -> None:
        """Note a fault of the output with this number."""
        met = self._found.setdefault(replace(problem, hint=""), _Met(number, problem))
        if met.problem == problem:
            return
        met.more += 1
        if number < met.number:
            met.number, met.problem = number, problem

    def told(self) -> Iterator[Problem]:
        """Each fault, and on how many more pages it was met."""
        for met in self._found.values():
            more = f", and on {met.more} more page{'s' * (met.more > 1)}" if met.more else ""
            yield replace(met.problem, hint=met.problem.hint + more)


def produce(
    connection: sqlite3.Connection,
    crew: Crew,
    problems: Problems,
    advance: Callable[[int], None],
) -> int:
    """Render all planned outputs; returns how many were rendered without a fault."""
    rendered = 0
    traces, faults = TraceWriter(connection), Faults()
    for delivery in crew.run(render_outputs, _batched(orders(connection))):
        traces.write(delivery)
        connection.executemany(
            "UPDATE planned SET digest = ?, staged = ? WHERE id = ?",
            [(made.digest, made.staged, made.id) for made in delivery.made],
        )
        for number, problem in delivery.problems:
            faults.add(number, problem)
        rendered += len(delivery.made)
        advance(len(delivery.made) + len(delivery.problems))
    problems.extend(faults.told())
    return rendered


def _batched(items: Iterable[Order]) -> Iterator[list[Order]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch
