"""The two tasks of a worker, reading sources and rendering outputs, and their results.

Whatever happens to one source or output becomes an error of its own; the others are done all the
same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pipeline.worker import Candidate, Order, Workshop
from generator.errors import Problem, unexpected
from generator.index.connection import damage
from generator.index.recorder import Read
from generator.index.dependencies import Trace, trace_of
from generator.model.output import FileCopy
from generator.model.source import Parsed, SourceFile

if TYPE_CHECKING:
    from generator.parse.parser import SourceReader


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as read: `parsed` is None if its bytes are as before, or if it has errors."""

    source: SourceFile
    new: bool
    parsed: Parsed | None
    problems: tuple[Problem, ...]

    @property
    def faulty(self) -> bool:
        """Whether the source has errors."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Made:
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
class Delivery:
    """The results of one batch; the traces' `shared` count into `reads`."""

    made: list[Made]
    reads: list[Read]
    failures: list[Failure]


def read_sources(workshop: Workshop, batch: list[Candidate]) -> list[Reading]:
    """Read sources."""
    return [_read(workshop.reader, candidate) for candidate in batch]


def _read(reader: SourceReader, candidate: Candidate) -> Reading:
    source = candidate.source
    try:
        parsed, problems = reader.read(source, candidate.known)
    except Exception as fault:  # noqa: BLE001 - the other sources are read all the same
        return Reading(source, candidate.new, None, (unexpected(fault, source.path),))
    return Reading(source, candidate.new, parsed, tuple(problems))


def render_outputs(workshop: Workshop, batch: list[Order]) -> Delivery:
    """Make outputs, and stage those whose bytes are not what is published."""
    delivery = Delivery([], [], [])
    numbers: dict[Read, int] = {}
    with workshop.index_held():
        for order in batch:
            _make(workshop, order, delivery, numbers)
    delivery.reads.extend(numbers)
    return delivery


def _make(workshop: Workshop, order: Order, delivery: Delivery, numbers: dict[Read, int]) -> None:
    content = _rendered(workshop, order)
    read = workshop.renderer.recorder.take()
    if isinstance(content, Failure):
        delivery.failures.append(content)
        return
    placed = workshop.place(order, content)
    if isinstance(placed, Problem):
        delivery.failures.append(Failure(order.id, placed))
    else:
        delivery.made.append(Made(order.id, *placed, trace_of(order.id, read, numbers)))


def _rendered(workshop: Workshop, order: Order) -> bytes | FileCopy | Failure:
    from generator.render.errors import is_expected, problem_of

    renderer = workshop.renderer
    try:
        return workshop.kinds[order.output.kind].render(order.output, renderer)
    except Exception as fault:
        if damage(fault):
            raise
        problem = problem_of(fault, renderer.theme, workshop.options.root, order.output)
        return Failure(order.id, problem, is_expected(fault))
