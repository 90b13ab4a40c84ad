"""The portal as `site.toml` describes it: one frozen value that every stage may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.errors import Problem
from generator.model.permalink import encode_path
from generator.model.rules import LONGEST_HEADLINE, Level
from generator.model.taxonomy import (
    AUTHORS,
    BUILT_IN,
    SECTIONS,
    SERIES,
    SOURCES,
    TAGS,
    SourceCredit,
    Taxonomy,
    TermSlugs,
)

_OPTIONAL = frozenset((AUTHORS.name, SOURCES.name, SERIES.name))
"""The taxonomies whose listings a key of [outputs] turns off."""

MarkdownDialect = Literal["python-markdown", "commonmark"]
UnknownShortcodes = Literal["error", "text", "drop"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the portal, such as World; `slug` begins its URLs."""

    slug: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who is behind the portal. Policies map schema.org property names to URLs or site paths."""

    name: str = ""
    logo: str = ""
    email: str = ""
    founded: str = ""
    links: tuple[str, ...] = ()
    policies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Which kinds of page are made, beyond those that every portal has."""

    short_links: bool = True
    authors: bool = True
    sources: bool = True
    series: bool = True
    archive: bool = True
    feeds: tuple[str, ...] = ("rss",)
    feed_items: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How Markdown is read."""

    dialect: MarkdownDialect = "python-markdown"
    smart_quotes: bool = False
    emoji: bool = False
    mark: bool = False
    subscript: bool = False
    superscript: bool = False
    wiki_links: bool = False
    math: bool = False
    trusted_html: bool = False
    unknown_shortcodes: UnknownShortcodes = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """What the authors open files with. `url` has `{file}`, and may have `{line}`, `{column}`."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """The table `[check]`: the level of rules, which is `warning` unless it is set."""

    levels: Mapping[str, Level] = field(default_factory=dict)
    longest_headline: int = LONGEST_HEADLINE

    def applied(self, problem: Problem) -> Problem | None:
        """Return a problem as its rule reports it; None if the rule is off."""
        level = self.levels.get(problem.code) if problem.code else None
        if level is None or level == problem.severity:
            return problem
        return None if level == "off" else replace(problem, severity=level)


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments widget: a provider and its validated settings."""

    provider: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that `site.toml` says. `base_url` ends without a slash.

    `taxonomies` are the portal's own. `slugs` has, for each taxonomy, slugs by the `term_key` of a
    term's name.
    """

    title: str
    base_url: str
    sections: tuple[Section, ...]
    language: str = "en"
    timezone: str = "UTC"
    description: str = ""
    default_source: SourceCredit | None = None
    permalink: str = "/{section}/{news_id}/{slug}/"
    per_page: int = 30
    publisher: Publisher = Publisher()
    outputs: Outputs = Outputs()
    markdown: Markup = Markup()
    check: Checks = Checks()
    comments: Comments | None = None
    taxonomies: tuple[Taxonomy, ...] = ()
    slugs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    editor: Editor = Editor()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which bare dates are read and times are shown."""
        return ZoneInfo(self.timezone)

    @property
    def host(self) -> str:
        """The host's name, with its port if it has one."""
        return urlsplit(self.base_url).netloc

    @property
    def base_path(self) -> str:
        """The path of `base_url`: empty, or as in `/daily`."""
        return urlsplit(self.base_url).path

    @property
    def origin(self) -> str:
        """Scheme and host of `base_url`."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    def url(self, path: str) -> str:
        """Return the absolute, percent-encoded URL of a site path such as `/tags/iran/`."""
        return self.base_url + encode_path(path)

    def href(self, path: str) -> str:
        """Return the address of a site path from the root of the host."""
        return self.base_path + encode_path(path)

    @property
    def all_taxonomies(self) -> tuple[Taxonomy, ...]:
        """The taxonomies that the front matter of articles has terms of."""
        return (*BUILT_IN, *self.taxonomies)

    @property
    def listed_taxonomies(self) -> tuple[Taxonomy, ...]:
        """The taxonomies whose terms have pages, without sections."""
        return tuple(each for each in self.all_taxonomies if self.has_listings(each.name))

    def has_listings(self, taxonomy: str) -> bool:
        """Return whether the terms of a taxonomy have pages."""
        if taxonomy == TAGS.name:
            return True
        if taxonomy in _OPTIONAL:
            return bool(getattr(self.outputs, taxonomy))
        return any(each.name == taxonomy for each in self.taxonomies)

    def taxonomy(self, name: str) -> Taxonomy:
        """Return the taxonomy with a name. Raises `LookupError` if there is none."""
        for taxonomy in (SECTIONS, *BUILT_IN):
            if taxonomy.name == name:
                return taxonomy
        return next(each for each in self.taxonomies if each.name == name)

    def slugs_of(self, taxonomy: str) -> TermSlugs:
        """Return the slugs of a taxonomy's terms."""
        return TermSlugs(taxonomy, self.language, self.slugs.get(taxonomy, {}))

    def section(self, slug: str) -> Section | None:
        """Return the section with this slug, if there is one."""
        return next((section for section in self.sections if section.slug == slug), None)
