"""Measures one contender: first builds, builds after each change, the limits, and the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.changes import CHANGES, middle
from bench.contenders import Contender
from bench.corpus import archive
from bench.limits import limits
from bench.processes import CommandFailed, Cost, run
from bench.refresh import refreshes
from bench.timings import FIRST, SERVE, TEMPLATE, Comparison, Timings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure, and whom to tell.

    `runs` is how often builds run that make everything, `quick_runs` how often those that follow
    a change. `keep` is called whenever something was measured.
    """

    rows: frozenset[str]
    limits: bool
    runs: int
    quick_runs: int
    log: Path
    tell: Callable[[str], None]
    keep: Callable[[], None]


def measure(contender: Contender, comparison: Comparison, plan: Plan) -> None:
    """Add a contender to a comparison: write the archive for it, and measure every row."""
    timings = Timings(contender.name)
    comparison.contenders.append(timings)
    plan.tell(f"{contender.name}: writing {comparison.size:,} articles")
    for each in archive(comparison.size, short=comparison.short):
        contender.write(each)
    measuring = _Measuring(contender, timings, comparison, plan)
    try:
        measuring.all()
    except CommandFailed as fault:
        raise CommandFailed(f"{contender.name}, {measuring.row}: {fault}") from fault


@dataclass(slots=True)
class _Measuring:
    """One contender on its way through the rows."""

    contender: Contender
    timings: Timings
    comparison: Comparison
    plan: Plan
    row: str = FIRST

    def all(self) -> None:
        rows = self.plan.rows
        if self.plan.limits or rows - {SERVE}:
            self._first_builds()
        for row in CHANGES:
            if row in rows:
                self._builds_after(row)
        if self.plan.limits and self.contender.server:
            self._limits()
        if SERVE in rows and self.contender.server:
            self._refreshes()

    def _first_builds(self) -> None:
        for _ in range(self.plan.runs):
            self.contender.forget()
            self.contender.rest_long()
            cost = run(self.contender.command, self.plan.log)
            self.timings.files = self.contender.files()
            self._note(cost)

    def _builds_after(self, row: str) -> None:
        """Change, build, take the change back: the archive is the same before each run."""
        self.row = row
        contender, plan = self.contender, self.plan
        reporting = ("--report", str(contender.report)) if contender.report else ()
        quick = contender.report is not None and row != TEMPLATE
        for number in range(plan.quick_runs if quick else plan.runs):
            self._settle()
            with CHANGES[row](contender, self.comparison, number):
                cost = run((*contender.command, *reporting), plan.log)
            written, parsed = contender.done()
            self._note(replace(cost, written=written, parsed=parsed))

    def _settle(self) -> None:
        """Let what was taken back grow old, and be built by who keeps something of it."""
        self.contender.rest()
        if self.contender.report:
            run(self.contender.command, self.plan.log)
            self.contender.rest()

    def _limits(self) -> None:
        self.row = "limits"
        for name, spent in limits(self.contender, self.plan.quick_runs, self.plan.log):
            self.comparison.limits[name] = spent
            self.plan.tell(f"{name}: {spent:.2f} s")
        self.plan.keep()

    def _refreshes(self) -> None:
        """The server makes a site of its own, so the one that was built can go."""
        self.row = SERVE
        self.contender.forget()
        self.plan.tell(f"{self.contender.name}: building for serve")
        for spent in refreshes(self.contender, middle(self.comparison), self.plan.quick_runs):
            self._note(Cost(spent))

    def _note(self, cost: Cost) -> None:
        self.timings.costs.setdefault(self.row, []).append(cost)
        self.plan.tell(f"{self.contender.name}, {self.row}: {cost.seconds:.2f} s")
        self.plan.keep()
