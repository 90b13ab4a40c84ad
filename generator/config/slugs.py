"""The table [slugs] of site.toml: slugs of terms, where the one made from the name won't do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.permalink import slug_error, slugify
from generator.model.taxonomy import Taxonomy, term_key
from generator.validation.fields import Fields, fields_of
from generator.validation.values import Value


def slugs_of(fields: Fields, taxonomies: Iterable[Taxonomy]) -> Mapping[str, Mapping[str, str]]:
    """For each taxonomy that has any, its chosen slugs by the `term_key` of a name."""
    table = fields.mapping("slugs")
    if table is None:
        return {}
    names = [taxonomy.name for taxonomy in taxonomies]
    found = {taxonomy: _chosen(table.value(taxonomy)) for taxonomy in names}
    table.finish()
    return {taxonomy: chosen for taxonomy, chosen in found.items() if chosen}


def _chosen(value: Value | None) -> dict[str, str]:
    table = fields_of(value, "a table of names and their slugs") if value else None
    if value is None or table is None:
        return {}
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    for name in value.raw:
        entry = table.value(name)
        slug = _slug(entry) if entry else ""
        if entry is None or not slug:
            continue
        for taken, what in ((term_key(name), "name"), (slug, "slug")):
            first = names.setdefault(f"{what} {taken}", name)
            if first is not name:
                line, _ = value.origin.positions.key((*value.keys, first))
                entry.error(f"has the {what} of '{first}' in line {line}")
        found[term_key(name)] = slug
    return found


def _slug(value: Value) -> str:
    """Return a slug as it would be made of itself, so that templates may ask for a term by it."""
    slug = value.filled() or ""
    made = slugify(slug)
    if slug and slug != made:
        error = slug_error(slug)
        value.expected("a slug", f"did you mean '{made}'?" if made else error)
        return ""
    if slug and (error := slug_error(slug)):
        value.error(error)
        return ""
    return slug
