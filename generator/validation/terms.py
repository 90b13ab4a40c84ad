"""Names that become listings: tags, series, sources and authors, each with its slug."""

from __future__ import annotations

from generator.model.permalink import component_fault, slugify
from generator.model.terms import SourceCredit, TermRef
from generator.validation.fields import Fields, fields_of
from generator.validation.values import Value


def term_of(value: Value) -> TermRef | None:
    """A name and the slug of its listing."""
    name = value.filled()
    if name is None:
        return None
    slug = slugify(name)
    if not slug:
        value.expected("a name with a letter or digit")
        return None
    if fault := component_fault(slug):
        value.fault(f"{fault}, so it can't have a page")
        return None
    return TermRef(name, slug)


def terms_of(fields: Fields, key: str) -> tuple[TermRef, ...]:
    """The terms in a list, or the one that stands alone; two with one slug are a fault."""
    found: dict[str, TermRef] = {}
    for item in fields.items(key, single=True):
        term = term_of(item)
        if term is None:
            continue
        first = found.setdefault(term.slug, term)
        if first is not term:
            same = first.name == term.name
            item.fault(
                f"is written twice: '{term.name}'"
                if same
                else f"is there already: '{term.name}' and '{first.name}' are one in URLs"
            )
    return tuple(found.values())


def credit_of(fields: Fields, key: str) -> SourceCredit | None:
    """Where a story comes from: a name, or a mapping of `name` and `url`."""
    value = fields.given(key)
    if value is None:
        return None
    if isinstance(value.raw, str):
        term = term_of(value)
        return SourceCredit(term.name, term.slug) if term else None
    inner = fields_of(value, "a name, or a mapping of 'name' and 'url'")
    if inner is None:
        return None
    name = inner.value("name", required=True)
    term = term_of(name) if name else None
    url = inner.url("url")
    inner.finish()
    return SourceCredit(term.name, term.slug, url) if term else None
