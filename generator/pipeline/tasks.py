"""The two tasks of a worker, parsing sources and rendering outputs, and their results.

An error of one source or output becomes a result of its own; the others are processed all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import Problem, unexpected
from generator.index.connection import damage
from generator.index.dependencies import OutputReads
from generator.index.outputs import RenderedRow
from generator.index.recorder import Dependency
from generator.model.output import FileCopy
from generator.model.source import Parsed, SourceFile
from generator.pipeline.worker import ParseTask, RenderTask, WorkerContext
from generator.write.stager import OutputFile

if TYPE_CHECKING:
    from generator.parse.parser import SourceReader


@dataclass(frozen=True)
class ParseResult:
    """A source that was read; `parsed` is None if its bytes are as before, or if it has errors."""

    source: SourceFile
    new: bool
    parsed: Parsed | None
    problems: tuple[Problem, ...]

    @property
    def invalid(self) -> bool:
        """Whether the source has errors."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True)
class RenderResult:
    """An output as rendered, and what it depends on."""

    row: RenderedRow
    reads: OutputReads


@dataclass(frozen=True, slots=True)
class Failure:
    """An output that could not be rendered.

    `expected` says that its template or source explains the error, so the index is not suspected.
    `page` is the address of an output whose template has the error; empty if its source has it.
    """

    id: int
    problem: Problem
    expected: bool = True
    page: str = ""


@dataclass(frozen=True, slots=True)
class RenderBatch:
    """The results of one batch; what outputs read are numbers into `dependencies`."""

    rendered: list[RenderResult]
    dependencies: list[Dependency]
    failures: list[Failure]


def read_sources(context: WorkerContext, batch: list[ParseTask]) -> list[ParseResult]:
    """Read and parse sources."""
    return [_read(context.reader, task) for task in batch]


def _read(reader: SourceReader, task: ParseTask) -> ParseResult:
    source = task.source
    try:
        parsed, problems = reader.read(source, task.known)
    except Exception as error:  # noqa: BLE001 - the other sources are read all the same
        return ParseResult(source, task.new, None, (unexpected(error, source.path),))
    return ParseResult(source, task.new, parsed, tuple(problems))


def render_outputs(context: WorkerContext, batch: list[RenderTask]) -> RenderBatch:
    """Render outputs, and stage those whose bytes differ from the published ones."""
    batch_result = RenderBatch([], [], [])
    numbers: dict[Dependency, int] = {}
    with context.index_held():
        for task in batch:
            _render(context, task, batch_result, numbers)
    batch_result.dependencies.extend(numbers)
    return batch_result


def _render(
    context: WorkerContext,
    task: RenderTask,
    batch_result: RenderBatch,
    numbers: dict[Dependency, int],
) -> None:
    content = _rendered(context, task)
    dependencies = context.renderer.recorder.flush()
    if isinstance(content, Failure):
        batch_result.failures.append(content)
        return
    turn = context.kinds[task.output.kind].turn
    file = OutputFile(task.id, task.output.path, turn, task.known)
    staged = context.stager.stage(file, content)
    if isinstance(staged, Problem):
        batch_result.failures.append(Failure(task.id, staged))
    else:
        row = RenderedRow(task.id, *staged)
        reads = tuple(numbers.setdefault(each, len(numbers)) for each in dependencies)
        batch_result.rendered.append(RenderResult(row, OutputReads(task.id, reads)))


def _rendered(context: WorkerContext, task: RenderTask) -> bytes | FileCopy | Failure:
    from generator.render.errors import Known, RenderError, is_expected, problem_of

    renderer = context.renderer
    try:
        return context.kinds[task.output.kind].make(task.output, renderer)
    except Exception as error:
        if damage(error):
            raise
        known = Known(renderer.theme, renderer.names())
        problem = problem_of(error, known, context.options.root, task.output)
        page = (
            ""
            if isinstance(error, RenderError)
            else f"/{task.output.path.removesuffix('index.html')}"
        )
        return Failure(task.id, problem, is_expected(error), page)
