"""Collects what the changed sources of one build invalidate."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.index.facets import Facet
from generator.index.invalidation import Invalidation
from generator.model.output import Scope


@dataclass(slots=True)
class Changes:
    """What one build invalidates.

    With `everything` nothing is collected, for an index that is new or so much changed that all
    outputs are rendered again. `renamed` says that a News ID which others may name is no longer in
    use; `altered` says of each input that differs how it does.
    """

    everything: bool = False
    renamed: bool = False
    facets: set[Facet] = field(default_factory=set)
    scopes: set[Scope] = field(default_factory=set)
    altered: dict[str, str] = field(default_factory=dict)

    def add(self, found: Invalidation) -> None:
        """Add what one change invalidates."""
        self.renamed |= found.renamed
        if not self.everything:
            self.facets |= found.facets
            self.scopes |= found.scopes

    def invalidate(self, *facets: Facet) -> None:
        """Add facets."""
        if not self.everything:
            self.facets.update(facets)

    def plan(self, *scopes: Scope) -> None:
        """Add scopes whose outputs are planned again."""
        if not self.everything:
            self.scopes.update(scopes)
