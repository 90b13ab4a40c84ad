"""The tables [[taxonomies]] of site.toml: ways to group articles that are a portal's own."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields as dataclass_fields

from generator.model.paths import RESERVED
from generator.model.site import Section
from generator.model.taxonomy import BUILT_IN, SECTIONS, Taxonomy
from generator.validation.fields import Fields
from generator.validation.values import Value

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_EXPECTED = "lower-case letters, digits and '_', as in people"
# Words that mean something else to `latest`, to templates, and in facets.
_TAKEN = frozenset(
    ("limit", "exclude", "site", "day", "month", "front", "archive", "redirect", "terms", "listing")
)
_SINGULARS = frozenset(each.singular for each in (SECTIONS, *BUILT_IN))


def taxonomies_of(fields: Fields, sections: Collection[Section]) -> tuple[Taxonomy, ...]:
    """Return the portal's own taxonomies, each with a key and a singular that nothing else has."""
    records = list(fields.records("taxonomies"))
    if not records:
        return ()
    found: dict[str, Taxonomy] = {}
    taken = _taken(sections)
    for record in records:
        key = _name(record.value("key", required=True), taken)
        title = record.text("title", required=True)
        singular = _name(record.given("singular"), taken - {key}) or key
        record.finish()
        if key:
            found[key] = Taxonomy(key, key, singular, title)
            taken |= {key, singular}
    return tuple(found.values())


def _taken(sections: Collection[Section]) -> frozenset[str]:
    # Imported here, because builds with nothing to do have no other use for it.
    from generator.model.article import FrontMatter

    keys = {key.name for key in dataclass_fields(FrontMatter)}
    return _TAKEN | _SINGULARS | keys | RESERVED | {section.slug.casefold() for section in sections}


def _name(value: Value | None, taken: Collection[str]) -> str:
    """A word that is a front matter key, the beginning of URLs and an argument of queries."""
    name = value.filled() if value else None
    if value is None or name is None:
        return ""
    if not _NAME.fullmatch(name):
        value.expected(_EXPECTED)
        return ""
    if name in taken:
        value.error(f"can't be '{name}', which is a key, a section or a page of the portal already")
        return ""
    return name
