"""Renders what is stale, in parallel, and writes down what each output read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import msgspec

from generator.errors import Problem, Problems
from generator.index.connection import inside_output
from generator.index.dependencies import TraceWriter
from generator.model.output import Output, Scope
from generator.pipeline.pool import WorkerPool
from generator.pipeline.tasks import Failure, render_outputs
from generator.pipeline.worker import RenderTask

BATCH = 32


@dataclass(slots=True)
class _RepeatedProblem:
    """A fault, the first output that met it, and on how many more it differs in nothing else."""

    number: int
    problem: Problem
    more: int = 0


class RenderProblems:
    """What went wrong in templates, told once for all the outputs that met it."""

    def __init__(self) -> None:
        self._found: dict[Problem, _RepeatedProblem] = {}

    def add(self, failure: Failure) -> None:
        """Note why an output could not be made."""
        number, problem = failure.id, failure.problem
        # An unexpected error has no place of its own, and names the output instead.
        nowhere = not failure.expected and not problem.line
        same = replace(problem, path="" if nowhere else problem.path, hint="")
        met = self._found.setdefault(same, _RepeatedProblem(number, problem))
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


@dataclass(slots=True)
class RenderStats:
    """How many outputs were made, and the messages of errors that nothing explains."""

    rendered: int = 0
    unexpected: set[str] = field(default_factory=set)


def render_stale(
    connection: sqlite3.Connection,
    pool: WorkerPool,
    problems: Problems,
    advance: Callable[[int], None],
) -> RenderStats:
    """Render all stale outputs. What went wrong is added to `problems`."""
    stats = RenderStats()
    connection.execute("DELETE FROM made")
    traces, errors = TraceWriter(connection), RenderProblems()
    for batch_result in pool.run(render_outputs, _batched(stale_outputs(connection))):
        traces.write(batch_result.reads, [made.trace for made in batch_result.made])
        connection.executemany(
            "INSERT INTO made VALUES (?, ?, ?)",
            [(made.id, made.digest, made.staged) for made in batch_result.made],
        )
        for failure in batch_result.failures:
            errors.add(failure)
            if not failure.expected:
                stats.unexpected.add(failure.problem.message)
        stats.rendered += len(batch_result.made)
        advance(len(batch_result.made) + len(batch_result.failures))
    traces.forget_unread()
    problems.extend(errors.told())
    return stats


def reasons(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """The path of each output that was made and is not published yet, and why it was made."""
    rows = connection.execute(
        "SELECT path, reason FROM made JOIN output ON id = made.output ORDER BY path"
    )
    return tuple(rows)


def _batched(items: Iterable[RenderTask]) -> Iterator[list[RenderTask]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def stale_outputs(connection: sqlite3.Connection) -> Iterator[RenderTask]:
    """All stale outputs with the digest of what is published in their place.

    Numbers follow the archive's time, as far as outputs were planned together.
    """
    rows = connection.execute(
        """SELECT id, path, kind, params, owner, scope, digest FROM output
            WHERE stale AND wanted ORDER BY id"""
    )
    for number, path, kind, params, owner, scope, digest in rows:
        part, _, key = scope.partition("/")
        output = Output(
            inside_output(path), kind, Scope(part, key), msgspec.json.decode(params), owner
        )
        yield RenderTask(number, output, digest)
