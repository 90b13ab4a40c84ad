"""Listings of sections and of the terms of taxonomies.

`page/1/` holds the oldest articles and every `page/N/` is full, so its content stays. The listing's
own URL holds the newest articles: the last full page and what has been added since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.queries.articles import LISTING_PAGE
from generator.index.queries.documents import PROFILE
from generator.index.queries.terms import TERM_COUNT, TERM_NAME
from generator.model.output import Listing, Output, OverviewLink, Scope, Turn
from generator.model.page import AuthorProfile
from generator.model.paths import listing_path
from generator.model.permalink import output_path
from generator.model.taxonomy import AUTHORS, SECTIONS, Taxonomy
from generator.outputs.kind import OutputKind, PlanContext
from generator.outputs.paging import page_at, pager, pages
from generator.render.page_meta import listing_feeds, overview_title, site_page
from generator.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class ListingParams:
    """One page of a listing. `number` is 0 at the listing's own URL; `full` pages are known."""

    taxonomy: str
    slug: str
    number: int
    full: int


def listings(context: PlanContext, scope: Scope | None) -> Iterator[tuple[str, str, int]]:
    """Yield every listing, or that of a scope: taxonomy, slug, number of articles."""
    if scope:
        yield from _listing(context, *scope.key.split("/", 1))
        return
    counts = {term.slug: term.count for term in context.catalogue.terms("section")}
    for section in context.site.sections:
        yield "section", section.slug, counts.get(section.slug, 0)
    for taxonomy in context.site.listed_taxonomies:
        terms = {term.slug: term.count for term in context.catalogue.terms(taxonomy.name)}
        if taxonomy == AUTHORS:
            terms = dict.fromkeys(context.catalogue.profiles(), 0) | terms
        for slug, count in terms.items():
            yield taxonomy.name, slug, count


def _listing(context: PlanContext, taxonomy: str, slug: str) -> Iterator[tuple[str, str, int]]:
    count = context.catalogue.count(taxonomy, slug)
    if taxonomy == SECTIONS.name:
        planned = context.site.section(slug) is not None
    else:
        kept = taxonomy == AUTHORS.name and context.catalogue.has_profile(slug)
        planned = context.site.has_listings(taxonomy) and (count > 0 or kept)
    if planned:
        yield taxonomy, slug, count


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose the pages of every listing."""
    size = context.site.per_page
    for taxonomy, slug, count in listings(context, scope):
        full, singular = count // size, context.site.taxonomy(taxonomy).singular
        for page in pages(count, size):
            number = page.number
            known = min(full, number + 1) if number else full
            params = ListingParams(taxonomy, slug, number, known)
            path = listing_path(taxonomy, slug) + (f"page/{number}/" if number else "")
            yield Output(
                output_path(path),
                LISTING.name,
                Scope.listing(taxonomy, slug),
                params,
                f"the {singular} {slug!r}",
                number * size / count if number else 1.0,
            )


def render(params: ListingParams, renderer: Renderer) -> bytes:
    """Return one page of a listing."""
    site, ask = renderer.site, renderer.recorder.ask
    taxonomy, slug, number, full = params.taxonomy, params.slug, params.number, params.full
    page = page_at(number, full, site.per_page)
    cards = ask(LISTING_PAGE, taxonomy=taxonomy, slug=slug, first=page.first, count=page.count)
    profile = ask(PROFILE, slug=slug) if taxonomy == AUTHORS.name else None
    group = site.taxonomy(taxonomy)
    title, description = _title(renderer, taxonomy, slug, profile)
    base = listing_path(taxonomy, slug)

    def path(page: int) -> str:
        return f"{base}page/{page}/" if page else base

    listing = Listing(
        kind=group.singular,
        slug=slug,
        title=title,
        cards=cards,
        pager=pager(number, full, lambda page: site.href(path(page))),
        description=description,
        profile=profile,
        count=0 if number else ask(TERM_COUNT, taxonomy=taxonomy, slug=slug),
        label=_label(renderer, group),
        overview=_overview(renderer, group),
    )
    view = site_page(
        site,
        listing.kind,
        path(number),
        title=title,
        description=description,
        feeds=listing_feeds(site, taxonomy, slug, title),
    )
    return renderer.page([f"{listing.kind}.html", "listing.html"], view, listing=listing)


def _title(
    renderer: Renderer, taxonomy: str, slug: str, profile: AuthorProfile | None
) -> tuple[str, str]:
    section = renderer.site.section(slug) if taxonomy == SECTIONS.name else None
    if section:
        return section.title, section.description
    if profile:
        return profile.name, profile.summary
    return renderer.recorder.ask(TERM_NAME, taxonomy=taxonomy, slug=slug), ""


def _label(renderer: Renderer, taxonomy: Taxonomy) -> str:
    """Return the label above a listing's title, such as `Topic`; a section has none."""
    if taxonomy == SECTIONS:
        return ""
    return taxonomy.title or renderer.words(renderer.site.language)(f"listing_{taxonomy.singular}")


def _overview(renderer: Renderer, taxonomy: Taxonomy) -> OverviewLink | None:
    if not taxonomy.has_overview:
        return None
    return OverviewLink(overview_title(renderer, taxonomy), renderer.site.href(taxonomy.path))


LISTING = OutputKind("listing", ("listing",), plan, ListingParams, render, Turn.PAGE)
