"""The overviews of tags, authors, sources, and of the portal's own taxonomies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.queries.terms import TERMS
from generator.model.output import SITE_SCOPE, Output, Scope, Term, Turn
from generator.model.paths import listing_path
from generator.model.permalink import output_path
from generator.model.site import Site
from generator.model.taxonomy import Taxonomy
from generator.outputs.kind import OutputKind, PlanContext
from generator.render.page_meta import overview_title, site_page
from generator.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class OverviewParams:
    """The taxonomy that an overview is of."""

    taxonomy: str


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose an overview for each taxonomy that has one."""
    for taxonomy in overviews(context.site):
        yield Output(
            output_path(taxonomy.path),
            TERMS_PAGE.name,
            SITE_SCOPE,
            OverviewParams(taxonomy.name),
            f"the overview of {taxonomy.name}",
        )


def overviews(site: Site) -> list[Taxonomy]:
    """Return the taxonomies that have an overview."""
    return [taxonomy for taxonomy in site.listed_taxonomies if taxonomy.has_overview]


def render(params: OverviewParams, renderer: Renderer) -> bytes:
    """Render all terms of a taxonomy, by name."""
    site, taxonomy = renderer.site, renderer.site.taxonomy(params.taxonomy)
    found = renderer.recorder.ask(TERMS, taxonomy=taxonomy.name)
    terms = tuple(
        Term(term.slug, term.name, term.count, site.href(listing_path(taxonomy.name, term.slug)))
        for term in found
    )
    view = site_page(site, taxonomy.name, taxonomy.path, title=overview_title(renderer, taxonomy))
    return renderer.page(["terms.html"], view, taxonomy=taxonomy.name, terms=terms)


TERMS_PAGE = OutputKind("terms", ("site",), plan, OverviewParams, render, Turn.PAGE)
