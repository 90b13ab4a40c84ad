"""The two tasks of a worker, reading sources and rendering outputs, and their results.

Whatever happens to one source or output becomes an error of its own; the others are done all the
same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import Problem, unexpected
from generator.index.connection import damage
from generator.index.dependencies import Trace, trace_of
from generator.index.recorder import Dependency
from generator.model.output import FileCopy
from generator.model.source import Parsed, SourceFile
from generator.pipeline.worker import ParseTask, RenderTask, WorkerContext

if TYPE_CHECKING:
    from generator.parse.parser import SourceReader


@dataclass(frozen=True, slots=True)
class ParseResult:
    """One source as read: `parsed` is None if its bytes are as before, or if it has errors."""

    source: SourceFile
    new: bool
    parsed: Parsed | None
    problems: tuple[Problem, ...]

    @property
    def invalid(self) -> bool:
        """Whether the source has errors."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class RenderResult:
    """An output as made. `staged` tells that its bytes differ from the published ones."""

    id: int
    digest: bytes
    staged: bool
    trace: Trace


@dataclass(frozen=True, slots=True)
class Failure:
    """An output that could not be made. `expected` tells that its template or source explains it,
    whatever the index holds."""

    id: int
    problem: Problem
    expected: bool = True


@dataclass(frozen=True, slots=True)
class RenderBatch:
    """The results of one batch; the traces' `shared` count into `reads`."""

    made: list[RenderResult]
    reads: list[Dependency]
    failures: list[Failure]


def read_sources(context: WorkerContext, batch: list[ParseTask]) -> list[ParseResult]:
    """Read sources."""
    return [_read(context.reader, task) for task in batch]


def _read(reader: SourceReader, task: ParseTask) -> ParseResult:
    source = task.source
    try:
        parsed, problems = reader.read(source, task.known)
    except Exception as error:  # noqa: BLE001 - the other sources are read all the same
        return ParseResult(source, task.new, None, (unexpected(error, source.path),))
    return ParseResult(source, task.new, parsed, tuple(problems))


def render_outputs(context: WorkerContext, batch: list[RenderTask]) -> RenderBatch:
    """Make outputs, and stage those whose bytes are not what is published."""
    batch_result = RenderBatch([], [], [])
    numbers: dict[Dependency, int] = {}
    with context.index_held():
        for order in batch:
            _make(context, order, batch_result, numbers)
    batch_result.reads.extend(numbers)
    return batch_result


def _make(
    context: WorkerContext,
    order: RenderTask,
    batch_result: RenderBatch,
    numbers: dict[Dependency, int],
) -> None:
    content = _rendered(context, order)
    read = context.renderer.recorder.flush()
    if isinstance(content, Failure):
        batch_result.failures.append(content)
        return
    placed = context.place(order, content)
    if isinstance(placed, Problem):
        batch_result.failures.append(Failure(order.id, placed))
    else:
        batch_result.made.append(RenderResult(order.id, *placed, trace_of(order.id, read, numbers)))


def _rendered(context: WorkerContext, order: RenderTask) -> bytes | FileCopy | Failure:
    from generator.render.errors import is_expected, problem_of

    renderer = context.renderer
    try:
        return context.kinds[order.output.kind].render(order.output, renderer)
    except Exception as error:
        if damage(error):
            raise
        problem = problem_of(error, renderer.theme, context.options.root, order.output)
        return Failure(order.id, problem, is_expected(error))
