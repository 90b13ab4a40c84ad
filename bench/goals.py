"""What the builds should reach, and whether they did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.contenders import BROADSHEET, HUGO
from bench.timings import (
    BODY,
    COLD,
    FIRST,
    NOTHING,
    REST,
    SERVE,
    STORY,
    TEMPLATE,
    WARM,
    Comparison,
    Part,
    memory,
    parsed,
    processor,
    seconds,
    written,
)

# True and False tell whether it was reached, None that this was not measured.
Test = Callable[[Comparison], bool | None]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a row should reach on an archive of one size; all of `tests` must hold."""

    row: str
    size: int
    words: str
    tests: tuple[Test, ...]
    short: bool = False

    def verdict(self, comparison: Comparison) -> bool | None:
        """Whether it was reached; None if not enough was measured to say so."""
        found = [test(comparison) for test in self.tests]
        if False in found:
            return False
        return None if None in found else True


def goal_of(row: str, comparison: Comparison) -> Goal | None:
    """The goal that is set for a row on such an archive."""
    place = (row, comparison.size, comparison.short)
    return next((goal for goal in _GOALS if (goal.row, goal.size, goal.short) == place), None)


def to_hugo(
    comparison: Comparison, row: str, part: Part, name: str = BROADSHEET, beside: str = HUGO
) -> float | None:
    """A contender's cost as a part of that of one of Hugo's sites."""
    ours, theirs = comparison.of(name), comparison.of(beside)
    if ours is None or theirs is None:
        return None
    return _ratio(ours.middle(row, part), theirs.middle(row, part))


def to_first_build(comparison: Comparison, row: str, name: str = BROADSHEET) -> float | None:
    """The time of a contender's row as a part of that of its first build."""
    ours = comparison.of(name)
    return _ratio(ours.middle(row, seconds), ours.middle(FIRST, seconds)) if ours else None


def _ratio(one: float | None, other: float | None) -> float | None:
    return None if one is None or not other else one / other


def _within(row: str, part: Part, most: float) -> Test:
    return lambda comparison: _at_most(_ours(comparison, row, part), most)


def _beside_hugo(part: Part, most: float) -> Test:
    return lambda comparison: _at_most(to_hugo(comparison, FIRST, part), most)


def _ours(comparison: Comparison, row: str, part: Part) -> float | None:
    """The median time and memory, but the most files of any run."""
    ours = comparison.of(BROADSHEET)
    if ours is None:
        return None
    counted = part in (written, parsed)
    return ours.most(row, part) if counted else ours.middle(row, part)


def _at_most(value: float | None, most: float) -> bool | None:
    return None if value is None else value <= most


def _third(comparison: Comparison) -> bool | None:
    return _at_most(to_first_build(comparison, TEMPLATE), 1 / 3)


_GOALS = (
    Goal(FIRST, 10_000, "no slower than Hugo", (_beside_hugo(seconds, 1),)),
    Goal(
        FIRST,
        100_000,
        "at most 0.3 of Hugo's time and 0.15 of its memory",
        (_beside_hugo(seconds, 0.3), _beside_hugo(memory, 0.15)),
    ),
    Goal(NOTHING, 100_000, "under 0.7 s", (_within(NOTHING, seconds, 0.7),)),
    Goal(BODY, 100_000, "under 1 s", (_within(BODY, seconds, 1),)),
    Goal(
        STORY,
        100_000,
        "under 1.5 s, at most 40 files written",
        (_within(STORY, seconds, 1.5), _within(STORY, written, 40)),
    ),
    Goal(
        TEMPLATE,
        10_000,
        "no source parsed, at most a third of the first build",
        (_within(TEMPLATE, parsed, 0), _third),
    ),
    Goal(COLD, 10_000, "within 2 s", (_within(COLD, seconds, 2),)),
    Goal(WARM, 100_000, "within 1 s", (_within(WARM, seconds, 1),)),
    Goal(SERVE, 100_000, "within 0.3 s", (_within(SERVE, seconds, 0.3),)),
    Goal(
        REST,
        100_000,
        "no processor time (under 1%), under 300 MB",
        (_within(REST, processor, 0.1), _within(REST, memory, 3e8)),
    ),
    Goal(FIRST, 1_000_000, "under 2 GB of memory", (_within(FIRST, memory, 2e9),), short=True),
)
