"""Renders stale outputs in parallel, and records their dependencies."""

from __future__ import annotations

import re
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


# What one error of a template names differs between pages: a value that it met there.
_NAMED = re.compile(r"'[^']*'|\d+")


@dataclass(slots=True)
class _RepeatedProblem:
    """An error, the first output that has it, and how many have the same one."""

    first: Failure
    count: int = 1


class RenderProblems:
    """The errors of templates, each reported once for all outputs that have it."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int, str], _RepeatedProblem] = {}

    def add(self, failure: Failure) -> None:
        """Add the reason why an output could not be rendered."""
        problem = failure.problem
        path = "" if _is_nowhere(failure) else problem.path
        message = _NAMED.sub("", problem.message) if failure.page else problem.message
        same = (path, problem.line, problem.column, message)
        known = self._found.get(same)
        if known is None:
            self._found[same] = _RepeatedProblem(failure)
        elif failure.page:
            known.count += 1
            if failure.id < known.first.id:
                known.first = failure

    def merged(self) -> Iterator[Problem]:
        """Yield each error, with the number of pages that met it and the first of them."""
        for known in self._found.values():
            problem = known.first.problem
            yield replace(problem, hint=_with_pages(problem.hint, known))


def _is_nowhere(failure: Failure) -> bool:
    """Return whether an error has no position of its own, and names its output instead."""
    return not failure.expected and not failure.problem.line


def _with_pages(hint: str, known: _RepeatedProblem) -> str:
    page = known.first.page
    if not page:
        return hint
    if _is_nowhere(known.first):
        more = known.count - 1
        return hint + (f", and on {more} more page{'s' * (more > 1)}" if more else "")
    met = (
        f"met by {known.count:,} pages, the first is {page}"
        if known.count > 1
        else f"met by {page}"
    )
    if not hint:
        return met
    return f"{hint}{' ' if hint.endswith('?') else '; '}{met}"


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
