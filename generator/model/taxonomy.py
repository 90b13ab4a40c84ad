"""Taxonomies: what articles are grouped by, and the slugs of their terms."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.permalink import name_slug

# Names that differ only in these characters and in case are one term.
_ALIKE = str.maketrans(dict.fromkeys("-_‐‑–’'\u200c\xa0", " ") | {"ı": "i"})


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A way to group articles, each group being a term with a listing and a feed.

    `name` is that of URLs, of queries and of the table under [slugs]; `key` is the key in front
    matter. `singular` is the argument of `latest`, the kind of a listing's page, and the name of a
    template that is preferred for it. `title` is shown where the theme has no word of its own.
    """

    name: str
    key: str
    singular: str
    title: str = ""
    has_overview: bool = True

    @property
    def path(self) -> str:
        """The site path of the overview, below which the listings are."""
        return f"/{self.name}/"


SECTIONS = Taxonomy("section", "section", "section", has_overview=False)
TAGS = Taxonomy("tags", "tags", "tag")
AUTHORS = Taxonomy("authors", "authors", "author")
SOURCES = Taxonomy("sources", "source", "source")
SERIES = Taxonomy("series", "series", "series", has_overview=False)
BUILT_IN = (TAGS, AUTHORS, SOURCES, SERIES)
"""The taxonomies of every portal, besides sections, whose terms are in site.toml."""

_KEYS = {taxonomy.name: taxonomy.key for taxonomy in BUILT_IN}


def front_matter_key(taxonomy: str) -> str:
    """Return the front matter key under which articles name the terms of a taxonomy."""
    return _KEYS.get(taxonomy, taxonomy)


@dataclass(frozen=True)
class SourceCredit:
    """Where a story comes from; `slug` names its listing."""

    name: str
    slug: str
    url: str = ""


@dataclass(frozen=True)
class TermRef:
    """A tag or series as one article spells it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class TermSlugs:
    """The slugs of a taxonomy's terms: those of `site.toml`, and for all others the name's.

    `chosen` has the slugs of `site.toml` by the `term_key` of a name; `lang` is the portal's.
    """

    taxonomy: str
    lang: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The slug of a term; empty if its name has no letter or digit and none was chosen."""
        chosen = self.chosen.get(term_key(name)) if self.chosen else None
        return chosen or name_slug(name, self.lang)

    def setting(self, name: str, slug: str) -> str:
        """Return what to write in `site.toml` to give a term a slug."""
        return slug_setting(self.taxonomy, name, slug)


def slug_setting(taxonomy: str, name: str, slug: str) -> str:
    """Return what to write in `site.toml` to give a term a slug; continues a sentence."""
    line = f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(slug, ensure_ascii=False)}"
    return f"write {line} under [slugs.{taxonomy}] in site.toml"


def term_key(name: str) -> str:
    """Equal for two spellings of one term: case, spaces, hyphens and apostrophes don't count."""
    folded = unicodedata.normalize("NFC", name).casefold().replace("i\u0307", "i")
    return " ".join(folded.translate(_ALIKE).split())
