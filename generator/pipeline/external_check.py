"""Checks links to other hosts: those that worked not long ago are not asked for again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import Problem
from generator.pipeline.external_links import Asking, Manners, Verdict
from generator.pipeline.link_cache import LinkCache


@dataclass(slots=True)
class ExternalCheck:
    """How links to other hosts are checked.

    `base` is the portal's folder `.broadsheet/`; what worked is trusted for `days`. `problems` are
    those of the file that remembers it.
    """

    base: Path
    manners: Manners = field(default_factory=Manners)
    days: float = 7
    problems: list[Problem] = field(default_factory=list)

    def verdicts(self, addresses: Iterable[str]) -> Mapping[str, Verdict]:
        """Return a verdict of each address that is not skipped."""
        wanted = [each for each in dict.fromkeys(addresses) if not self.manners.skips(each)]
        cache = LinkCache(self.base, self.days)
        cache.load()
        asking = Asking(self.manners)
        unknown = [address for address in wanted if not cache.has(address)]
        try:
            if unknown:
                asking.ask(unknown)
        finally:
            # Also after an interrupt, so that the next run has less to ask for.
            working = [each for each, verdict in asking.verdicts.items() if verdict.works]
            if working:
                cache.save(working)
            self.problems += cache.problems
        return {address: asking.verdicts.get(address, Verdict("works")) for address in wanted}
