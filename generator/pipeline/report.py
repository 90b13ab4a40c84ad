"""What a build did, as one JSON object for machines and one line for people."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from generator.errors import Problem

_STAGES = ("scan", "parse", "plan", "render", "write")


@dataclass(slots=True)
class Sources:
    """How many sources there are, how many were parsed, and how many are gone."""

    seen: int = 0
    parsed: int = 0
    removed: int = 0


@dataclass(slots=True)
class Outputs:
    """How many outputs the site has, and what became of them."""

    total: int = 0
    rendered: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(slots=True)
class Report:
    """Filled in stage by stage. `next_change_at` is ISO 8601 in UTC.

    `reasons` says of each output that was made why, if the build was asked to; `asked_again` is
    how many recorded queries had to be.
    """

    sources: Sources = field(default_factory=Sources)
    outputs: Outputs = field(default_factory=Outputs)
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_STAGES, 0.0))
    peak_rss_bytes: int = 0
    next_change_at: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()
    asked_again: int = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to a stage's seconds."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 4)

    def moved(self, written: Collection[str], removed: Collection[str]) -> None:
        """Note files that were written and removed, after those of an earlier try, if any."""
        self.changed = tuple(sorted({*self.changed, *written}.difference(removed)))
        self.gone = tuple(sorted({*self.gone, *removed}.difference(written)))
        outputs = self.outputs
        outputs.written, outputs.removed = len(self.changed), len(self.gone)
        outputs.unchanged = outputs.rendered - outputs.written

    def as_json(self) -> dict[str, Any]:
        """Plain values for `--report`: what was done, without what is for people."""
        plain = asdict(self)
        del plain["reasons"], plain["asked_again"]
        return plain
