"""What was measured: of each size of archive, each contender's costs by row, and the limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench.processes import Cost

FIRST = "first build"
NOTHING = "nothing changed"
BODY = "one body edited"
STORY = "one story published"
TEMPLATE = "article template edited"
COLD = "first page of `serve`, nothing built before"
WARM = "first page of `serve`, built before"
SERVE = "one body edited under `serve`"
REST = "`serve` at rest for 10 s"
SERVER_ROWS = (COLD, WARM, SERVE, REST)

# By the names that the command line has for them.
ROWS = {
    "first": FIRST,
    "nothing": NOTHING,
    "body": BODY,
    "story": STORY,
    "template": TEMPLATE,
    "cold": COLD,
    "warm": WARM,
    "serve": SERVE,
    "rest": REST,
}

Part = Callable[[Cost], float | None]


@dataclass(slots=True)
class Timings:
    """One contender's costs by row, a list entry a run, and the files of its first build."""

    name: str
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    files: int = 0

    def middle(self, row: str, part: Part) -> float | None:
        """The median over the runs of one part of the cost; None where it is not known."""
        known = self._known(row, part)
        return median(known) if known else None

    def most(self, row: str, part: Part) -> float | None:
        """The most of it that any run had."""
        return max(self._known(row, part), default=None)

    def _known(self, row: str, part: Part) -> list[float]:
        return [value for cost in self.costs.get(row, []) if (value := part(cost)) is not None]


@dataclass(slots=True)
class Comparison:
    """All that was measured on one archive. `limits` are seconds, each with what took them."""

    size: int
    short: bool = False
    contenders: list[Timings] = field(default_factory=list)
    limits: dict[str, float] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """As in `10,000 articles`."""
        return f"{self.size:,} {'short ' * self.short}articles"

    def of(self, name: str) -> Timings | None:
        """A contender's timings, if it took part."""
        return next((each for each in self.contenders if each.name == name), None)


def seconds(cost: Cost) -> float | None:
    """From start to end."""
    return cost.seconds


def memory(cost: Cost) -> float | None:
    """Of all processes together; of the largest one, where no more is known."""
    return cost.largest_process if cost.all_processes is None else cost.all_processes


def processor(cost: Cost) -> float | None:
    """Of all processes together."""
    return cost.processor_seconds


def written(cost: Cost) -> float | None:
    """Files written."""
    return cost.written


def parsed(cost: Cost) -> float | None:
    """Sources parsed."""
    return cost.parsed
