"""What articles are listed under, as one of them names it, and the slugs of such terms."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.permalink import name_slug

TAXONOMIES = ("tags", "authors", "sources", "series")
"""What terms an article may have, besides its section."""

# Names that differ by no more than these and by case are one term.
_ALIKE = str.maketrans(dict.fromkeys("-_‐‑–’'\u200c\xa0", " ") | {"ı": "i"})


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """Where a story comes from; `slug` names its listing."""

    name: str
    slug: str
    url: str = ""


@dataclass(frozen=True, slots=True)
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
        """What to write in `site.toml` to give a term a slug."""
        return slug_setting(self.taxonomy, name, slug)


def slug_setting(taxonomy: str, name: str, slug: str) -> str:
    """What to write in `site.toml` to give a term a slug; continues a sentence."""
    line = f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(slug, ensure_ascii=False)}"
    return f"write {line} under [slugs.{taxonomy}] in site.toml"


def term_key(name: str) -> str:
    """Equal for two spellings of one term: case, spaces, hyphens and apostrophes don't count."""
    folded = unicodedata.normalize("NFC", name).casefold().replace("i\u0307", "i")
    return " ".join(folded.translate(_ALIKE).split())
