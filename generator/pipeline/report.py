"""The report of a build, as one JSON object."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from generator.errors import Problem
from generator.index.moved_urls import MovedUrl
from generator.model.source import UnreadFile

_STAGES = ("scan", "parse", "plan", "render", "write")


@dataclass(slots=True)
class Sources:
    """How many sources there are, how many were parsed, and how many are gone."""

    seen: int = 0
    parsed: int = 0
    removed: int = 0


@dataclass(slots=True)
class Outputs:
    """How many outputs the site has, and what happened to them."""

    total: int = 0
    rendered: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the portal has and the site does not show.

    `next_at` is when the first scheduled story appears, ISO 8601 in the portal's time zone.
    `unread` are files that are no sources.
    """

    drafts: int = 0
    scheduled: int = 0
    next_at: str | None = None
    expired: int = 0
    unread: tuple[UnreadFile, ...] = ()


@dataclass(slots=True)
class Report:
    """What a build did, filled in stage by stage.

    `next_change_at` is ISO 8601 in UTC. `moved_urls` are the stories whose URL this build changed.
    If the build was asked to explain, `reasons` says why each output was rendered; `evaluated` is
    the number of queries that were evaluated again.
    """

    sources: Sources = field(default_factory=Sources)
    outputs: Outputs = field(default_factory=Outputs)
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    left_out: LeftOut = LeftOut()
    moved_urls: tuple[MovedUrl, ...] = ()
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_STAGES, 0.0))
    peak_rss_bytes: int = 0
    next_change_at: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()
    evaluated: int = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to a stage's seconds."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 4)

    def published(self, written: Collection[str], removed: Collection[str]) -> None:
        """Add files that were written and removed to those of an earlier attempt."""
        self.changed = tuple(sorted({*self.changed, *written}.difference(removed)))
        self.gone = tuple(sorted({*self.gone, *removed}.difference(written)))
        outputs = self.outputs
        outputs.written, outputs.removed = len(self.changed), len(self.gone)
        outputs.unchanged = outputs.rendered - outputs.written

    def as_json(self) -> dict[str, Any]:
        """Return the values for `--report`, without those for the terminal."""
        plain = asdict(self)
        del plain["reasons"], plain["evaluated"]
        return plain
