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
from bench.server import built, first_page, free_port
from bench.timings import COLD, FIRST, REST, SERVE, SERVER_ROWS, TEMPLATE, WARM, Comparison, Timings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure, and whom to tell.

    `runs` is how often builds run that make everything, `quick_runs` how often those that follow
    a change, `saves` how many edits there are under the server. `keep` is called whenever something
    was measured.
    """

    rows: frozenset[str]
    limits: bool
    runs: int
    quick_runs: int
    saves: int
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
        if self.plan.limits or self.plan.rows.difference(SERVER_ROWS):
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
        if self.contender.server:
            self._serve()

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

    def _serve(self) -> None:
        """Start the server from nothing, then on what it built, and leave it running for saves."""
        contender, rows = self.contender, self.plan.rows
        if COLD in rows:
            self._first_pages(COLD, 0)
        if not rows & {WARM, SERVE, REST}:
            return
        port = free_port()
        self.plan.tell(f"{contender.name}: building for serve")
        built(contender.server_at(port))
        if WARM in rows:
            self._first_pages(WARM, port)
        if rows & {SERVE, REST}:
            self._refreshes(port)

    def _first_pages(self, row: str, port: int) -> None:
        self.row = row
        for _ in range(self.plan.quick_runs):
            self.contender.rest()
            self._note(Cost(first_page(self.contender.server_at(port))))

    def _refreshes(self, port: int) -> None:
        self.row, contender = SERVE, self.contender
        edited = middle(self.comparison)
        spent, at_rest = refreshes(contender, contender.server_at(port), edited, self.plan.saves)
        if SERVE in self.plan.rows:
            for each in spent:
                self._note(Cost(each))
        if REST in self.plan.rows:
            self.row = REST
            self._note(at_rest)

    def _note(self, cost: Cost) -> None:
        self.timings.costs.setdefault(self.row, []).append(cost)
        self.plan.tell(f"{self.contender.name}, {self.row}: {cost.seconds:.2f} s")
        self.plan.keep()
