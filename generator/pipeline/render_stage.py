"""Renders what is stale, in parallel, and writes down what each output read."""

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
    problems.extend(errors.told())
    return stats
