"""Measures one contender: first builds, builds after each change, the limits, and the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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


@dataclass(slots=True)
class Measuring:
    """One contender on its way through the rows, in two parts: first builds, then all others."""

    contender: Contender
    comparison: Comparison
    plan: Plan
    row: str = FIRST
    timings: Timings = field(init=False)

    def __post_init__(self) -> None:
        self.timings = Timings(self.contender.name)
        self.comparison.contenders.append(self.timings)

    def begin(self) -> None:
        """Write the archive, and measure first builds if anything needs one.

        Raises `CommandFailed`.
        """
        contender, size = self.contender, self.comparison.size
        self.plan.tell(f"{contender.name}: writing {size:,} articles")
        for each in archive(size, short=self.comparison.short):
            contender.write(each)
        if self.plan.limits or self.plan.rows - {SERVE}:
            self._named(self._first_builds)

    def go_on(self) -> None:
        """Measure all other rows. Raises `CommandFailed`."""
        self._named(self._other_rows)

    def _named(self, part: Callable[[], None]) -> None:
        try:
            part()
        except CommandFailed as error:
            raise CommandFailed(f"{self.contender.name}, {self.row}: {error}") from error

    def _other_rows(self) -> None:
        rows = self.plan.rows
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
            self.contender.rest()
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
        self.row = SERVE
        self.plan.tell(f"{self.contender.name}: building for serve")
        for spent in refreshes(self.contender, middle(self.comparison), self.plan.quick_runs):
            self._note(Cost(spent))

    def _note(self, cost: Cost) -> None:
        self.timings.costs.setdefault(self.row, []).append(cost)
        self.plan.tell(f"{self.contender.name}, {self.row}: {cost.seconds:.2f} s")
        self.plan.keep()
