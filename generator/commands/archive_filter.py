"""What `list` was asked for, as a filter of the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from generator.commands.moments import back_to
from generator.errors import ConfigError, Problem, did_you_mean
from generator.index.archive import ArchiveFilter, Missing, State

if TYPE_CHECKING:
    from generator.index.inspect import Inspector
    from generator.model.site import Site

# The taxonomy of each option, and what an article has of it.
_TAXONOMIES = {
    "tags": ("--tag", "the tag"),
    "authors": ("--author", "the author"),
    "sources": ("--source", "the source"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The conditions of `list` as they were written."""

    drafts: bool
    scheduled: bool
    live: bool
    expired: bool
    corrected: bool
    retracted: bool
    sections: tuple[str, ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    langs: tuple[str, ...]
    missing: tuple[Missing, ...]
    since: timedelta | datetime | None
    newest: bool | None

    @property
    def states(self) -> frozenset[State]:
        """The states that were asked for."""
        chosen: Mapping[State, bool] = {
            "draft": self.drafts,
            "scheduled": self.scheduled,
            "live": self.live,
            "expired": self.expired,
        }
        return frozenset(state for state, on in chosen.items() if on)


def archive_filter(
    asked: Asked, site: Site, inspector: Inspector, now: datetime, limit: int | None
) -> ArchiveFilter:
    """Return the filter. Raises `ConfigError` for a section that the portal does not have."""
    _check_sections(asked, site)
    # What is next matters most among stories that are yet to come.
    newest = asked.states != {"scheduled"} if asked.newest is None else asked.newest
    return ArchiveFilter(
        now=int(now.timestamp()),
        states=asked.states,
        corrected=asked.corrected,
        retracted=asked.retracted,
        terms=dict(_terms(asked, site, inspector)),
        kinds=frozenset(asked.kinds),
        langs=frozenset(lang.replace("_", "-") for lang in asked.langs),
        missing=frozenset(asked.missing),
        since=None if asked.since is None else back_to(asked.since, now, site.zone),
        oldest_first=not newest,
        limit=limit,
    )


def _check_sections(asked: Asked, site: Site) -> None:
    slugs = [section.slug for section in site.sections]
    unknown = [slug for slug in asked.sections if slug not in slugs]
    if unknown:
        raise ConfigError(
            *(
                Problem("--section", 0, 0, f"there is no section '{slug}'", _nearest(slug, slugs))
                for slug in unknown
            )
        )


def _nearest(slug: str, slugs: list[str]) -> str:
    return did_you_mean(slug, slugs) or f"there are: {', '.join(slugs)}"


def _terms(asked: Asked, site: Site, inspector: Inspector) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the slugs that were asked for of each taxonomy, each given as a slug or a name."""
    if asked.sections:
        yield "section", frozenset(asked.sections)
    for taxonomy in _TAXONOMIES:
        written: tuple[str, ...] = getattr(asked, taxonomy)
        named = {site.slugs_of(taxonomy).of(name) for name in written}
        if taxonomy == "authors":
            named |= {slug for key in named for slug in inspector.author_slugs(key)}
        if written:
            yield taxonomy, frozenset({*written, *named})


def unknown_terms(asked: Asked, site: Site, inspector: Inspector) -> Iterator[Problem]:
    """Yield a warning for each tag, author and source that no article has."""
    for taxonomy, (option, noun) in _TAXONOMIES.items():
        written: tuple[str, ...] = getattr(asked, taxonomy)
        known: Mapping[str, Any] = inspector.terms(taxonomy) if written else {}
        for name in written:
            slug = site.slugs_of(taxonomy).of(name)
            if not known.keys() & {name, slug, *inspector.author_slugs(slug)}:
                message = f"no story has {noun} '{name}'"
                yield Problem(option, 0, 0, message, did_you_mean(slug, known), "warning")
