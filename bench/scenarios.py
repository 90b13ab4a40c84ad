"""What is timed: a first build, and builds after nothing, one body and one story changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from bench.contenders import Contender
from bench.corpus import archive, story
from bench.processes import Cost, run

SCENARIOS = ("first build", "nothing changed", "one body edited", "one story published")
FIRST = SCENARIOS[0]


@dataclass(slots=True)
class Timings:
    """One contender's costs by scenario, a list entry a run, and the files of its first build."""

    contender: Contender
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    files: int = 0

    def middle(self, scenario: str, part: Callable[[Cost], float | None]) -> float | None:
        """The median over the runs of one part of the cost; None where it is not known."""
        known = [
            value for cost in self.costs.get(scenario, []) if (value := part(cost)) is not None
        ]
        return median(known) if known else None


def write_archives(contenders: list[Contender], size: int) -> None:
    """Write the same archive for every contender."""
    for each in archive(size):
        for contender in contenders:
            contender.write(each)


def measure(timings: list[Timings], size: int, log: Path, tell: Callable[[str], None]) -> None:
    """One run of everything: the first builds of all, one after another, then their changes."""
    for timing in timings:
        timing.contender.forget()
        _time(timing, FIRST, log, tell)
        timing.files = timing.contender.files()
    for timing in timings:
        for scenario, change in zip(SCENARIOS[1:], (_nothing, _edit, _publish), strict=True):
            with change(timing.contender, size):
                _time(timing, scenario, log, tell)


def _time(timing: Timings, scenario: str, log: Path, tell: Callable[[str], None]) -> None:
    cost = run(timing.contender.command, log)
    timing.costs.setdefault(scenario, []).append(cost)
    tell(f"{timing.contender.name}, {scenario}: {cost.seconds:.2f} s")


@contextmanager
def _nothing(contender: Contender, size: int) -> Iterator[None]:
    yield


@contextmanager
def _edit(contender: Contender, size: int) -> Iterator[None]:
    """A sentence more in a story from the middle of the archive, for as long as it is timed."""
    before = story(max(1, size // 2), size)
    contender.write(replace(before, body=f"{before.body} One sentence more."))
    yield
    contender.write(before)


@contextmanager
def _publish(contender: Contender, size: int) -> Iterator[None]:
    """A story that is newer than all others, for as long as it is timed."""
    path = contender.write(story(size + 1, size))
    yield
    path.unlink()
