"""The overviews of tags, authors and sources."""

from __future__ import annotations

from collections.abc import Iterator

from generator.index.queries.terms import TERMS
from generator.model.output import SITE_SCOPE, Output, Scope, Term, Turn
from generator.model.paths import listing_path
from generator.model.permalink import output_path
from generator.model.site import Site
from generator.outputs.kind import OutputKind, PlanContext
from generator.outputs.listing import listed_taxonomies
from generator.render.page_meta import site_page
from generator.render.renderer import Renderer

_TITLES = {"tags": "topics", "authors": "authors", "sources": "sources"}


def plan(portal: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """An overview for each taxonomy that has one."""
    for taxonomy in overviews(portal.site):
        yield Output(
            output_path(f"/{taxonomy}/"),
            TERMS_PAGE.name,
            SITE_SCOPE,
            {"taxonomy": taxonomy},
            f"the overview of {taxonomy}",
        )


def overviews(site: Site) -> list[str]:
    """The taxonomies that have an overview."""
    return [taxonomy for taxonomy in listed_taxonomies(site) if taxonomy in _TITLES]


def render(output: Output, renderer: Renderer) -> bytes:
    """All terms of a taxonomy, by name."""
    site, taxonomy = renderer.site, output.params["taxonomy"]
    found = renderer.recorder.ask(TERMS, taxonomy=taxonomy)
    terms = tuple(
        Term(term.slug, term.name, term.count, site.href(listing_path(taxonomy, term.slug)))
        for term in found
    )
    title = renderer.words(site.language)(_TITLES[taxonomy])
    view = site_page(site, taxonomy, f"/{taxonomy}/", title=title)
    return renderer.page(["terms.html"], view, taxonomy=taxonomy, terms=terms)


TERMS_PAGE = OutputKind("terms", ("site",), plan, render, Turn.PAGE)
