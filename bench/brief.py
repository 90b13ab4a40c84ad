"""The few lines of the results that the README shows: a line a row, a column an archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.contenders import BROADSHEET, HUGO
from bench.goals import Goal, goal_of
from bench.page import measured
from bench.table import table
from bench.timings import BODY, COLD, FIRST, NOTHING, ROWS, SERVE, STORY, WARM, Comparison

# What readers ask first; the page of results has every row.
SHOWN = (FIRST, NOTHING, BODY, STORY, COLD, WARM, SERVE)


def brief(comparisons: Sequence[Comparison]) -> list[str]:
    """The table of what was measured, and how many goals are not reached."""
    head = ["", *(comparison.kind for comparison in comparisons)]
    lines = []
    for row in SHOWN:
        lines.append([row, *(_of(comparison, row, BROADSHEET) for comparison in comparisons)])
        if row == FIRST:
            lines.append([f"{row} by {HUGO}", *(_of(each, row, HUGO) for each in comparisons)])
    return [*table(head, filter(_says_something, lines)), *_goals(comparisons)]


def _of(comparison: Comparison, row: str, name: str) -> str:
    return measured(row, comparison.of(name))


def _says_something(line: Sequence[str]) -> bool:
    return any(line[1:])


def _goals(comparisons: Sequence[Comparison]) -> list[str]:
    """A sentence on the goals that were measured, after an empty line; nothing without any."""
    known = [each for each in _verdicts(comparisons) if each[1] is not None]
    if not known:
        return []
    missed = [
        f"{goal.row} ({where}): {goal.words}" for goal, reached, where in known if not reached
    ]
    count = f"Goals reached: {len(known) - len(missed)} of {len(known)}."
    return ["", f"{count} Not reached: {'; '.join(missed)}." if missed else count]


def _verdicts(comparisons: Sequence[Comparison]) -> Iterator[tuple[Goal, bool | None, str]]:
    """Each goal that is set for what was measured, whether it is reached, and of which archive."""
    for comparison in comparisons:
        for row in ROWS.values():
            goal = goal_of(row, comparison)
            if goal:
                yield goal, goal.verdict(comparison), comparison.kind
