"""Renders stale outputs in parallel, and records their dependencies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from generator.errors import Problem, Problems
from generator.index.dependencies import DependencyWriter
from generator.index.outputs import note_rendered, stale_outputs
from generator.pipeline.pool import WorkerPool, batched
from generator.pipeline.tasks import Failure, render_outputs
from generator.pipeline.worker import RenderTask

BATCH = 32


@dataclass(slots=True)
class _RepeatedProblem:
    """An error, the first output that has it, and how many more have the same one."""

    number: int
    problem: Problem
    more: int = 0


class RenderProblems:
    """The errors of templates, each reported once for all outputs that have it."""

    def __init__(self) -> None:
        self._found: dict[Problem, _RepeatedProblem] = {}

    def add(self, failure: Failure) -> None:
        """Add the reason why an output could not be rendered."""
        number, problem = failure.id, failure.problem
        # An unexpected error has no position of its own, and names the output instead.
        nowhere = not failure.expected and not problem.line
        same = replace(problem, path="" if nowhere else problem.path, hint="")
        known = self._found.setdefault(same, _RepeatedProblem(number, problem))
        if known.problem == problem:
            return
        known.more += 1
        if number < known.number:
            known.number, known.problem = number, problem

    def merged(self) -> Iterator[Problem]:
        """Yield each error, with the number of further pages that have it."""
        for known in self._found.values():
            more = f", and on {known.more} more page{'s' * (known.more > 1)}" if known.more else ""
            yield replace(known.problem, hint=known.problem.hint + more)


@dataclass(slots=True)
class RenderStats:
    """How many outputs were rendered, and the messages of unexpected errors."""

    rendered: int = 0
    unexpected: set[str] = field(default_factory=set)


def render_stale(
    connection: sqlite3.Connection,
    pool: WorkerPool,
    problems: Problems,
    advance: Callable[[int], None],
) -> RenderStats:
    """Render all stale outputs. Errors are added to `problems`."""
    stats = RenderStats()
    tasks = (RenderTask(*row) for row in stale_outputs(connection))
    dependencies, errors = DependencyWriter(connection), RenderProblems()
    for batch_result in pool.run(render_outputs, batched(tasks, BATCH)):
        rendered = batch_result.rendered
        dependencies.write(batch_result.dependencies, [each.reads for each in rendered])
        note_rendered(connection, [each.row for each in rendered])
        for failure in batch_result.failures:
            errors.add(failure)
            if not failure.expected:
                stats.unexpected.add(failure.problem.message)
        stats.rendered += len(rendered)
        advance(len(rendered) + len(batch_result.failures))
    dependencies.close()
    problems.extend(errors.merged())
    return stats
