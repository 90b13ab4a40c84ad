"""The names that schemas propose: a portal's own, and those that its articles use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.site import Site
from generator.scaffold.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names of terms by their taxonomy, and the newest articles by their News ID."""

    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    articles: tuple[tuple[str, str], ...] = ()

    def of(self, taxonomy: str) -> tuple[str, ...]:
        """Return the names of a taxonomy's terms."""
        return self.terms.get(taxonomy, ())


def known_names(site: Site, vocabulary: Vocabulary) -> KnownNames:
    """Return the names that a portal's last build knows."""
    taxonomies = [taxonomy.name for taxonomy in site.all_taxonomies]
    terms = {name: vocabulary.names(name) for name in taxonomies}
    return KnownNames(terms, vocabulary.articles())
