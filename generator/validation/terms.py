"""Names that become listings: tags, series, sources and authors, each with its slug."""

from __future__ import annotations

from generator.model.permalink import component_error
from generator.model.taxonomy import SourceCredit, TermRef, TermSlugs, term_key
from generator.validation.fields import Fields, fields_of
from generator.validation.values import Value


def term_of(value: Value, slugs: TermSlugs) -> TermRef | None:
    """Return a name and the slug of its listing."""
    name = value.filled()
    if name is None:
        return None
    slug = slugs.of(name)
    if not slug:
        hint = f"or {slugs.setting(name, 'a-slug')}"
        value.expected("a name with a letter or digit", hint)
        return None
    if error := component_error(slug):
        value.error(f"{error}, so it can't have a page", slugs.setting(name, f"{slug}-1"))
        return None
    return TermRef(name, slug)


def terms_of(fields: Fields, key: str, slugs: TermSlugs) -> tuple[TermRef, ...]:
    """Return the terms in a list, or the one that stands alone; two with one slug are an error."""
    found: dict[str, TermRef] = {}
    for item in fields.items(key, single=True):
        term = term_of(item, slugs)
        if term is None:
            continue
        first = found.setdefault(term.slug, term)
        if first is not term:
            _repeated(item, term, first, slugs)
    return tuple(found.values())


def _repeated(item: Value, term: TermRef, first: TermRef, slugs: TermSlugs) -> None:
    if term.name == first.name:
        item.error(f"is written twice: '{term.name}'")
        return
    alike = term_key(term.name) == term_key(first.name)
    item.error(
        f"is there already: '{term.name}' and '{first.name}' have one slug, '{term.slug}'",
        "" if alike else f"leave one out, or {slugs.setting(term.name, f'{term.slug}-2')}",
    )


def credit_of(fields: Fields, key: str, slugs: TermSlugs) -> SourceCredit | None:
    """Return where a story comes from: a name, or a mapping of `name` and `url`."""
    value = fields.given(key)
    if value is None:
        return None
    if isinstance(value.raw, str):
        term = term_of(value, slugs)
        return SourceCredit(term.name, term.slug) if term else None
    inner = fields_of(value, "a name, or a mapping of 'name' and 'url'")
    if inner is None:
        return None
    name = inner.value("name", required=True)
    term = term_of(name, slugs) if name else None
    url = inner.url("url")
    inner.finish()
    return SourceCredit(term.name, term.slug, url) if term else None
