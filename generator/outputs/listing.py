"""Listings: sections, tags, authors, sources and series.

`page/1/` holds the oldest articles and every `page/N/` is full, so what one shows stays. The
listing's own URL holds the newest: the last full page and what has come since.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.index.queries.articles import LISTING_PAGE
from generator.index.queries.documents import PROFILE
from generator.index.queries.terms import TERM_COUNT, TERM_NAME
from generator.model.output import Listing, Output, Scope, Turn
from generator.model.page import AuthorProfile
from generator.model.paths import listing_path
from generator.model.permalink import output_path
from generator.model.site import Site
from generator.outputs.kind import OutputKind, PlanContext
from generator.outputs.paging import page_at, pager, pages
from generator.render.page_meta import listing_feeds, site_page
from generator.render.renderer import Renderer

_SINGULAR = {
    "section": "section",
    "tags": "tag",
    "authors": "author",
    "sources": "source",
    "series": "series",
}


def listings(portal: PlanContext, scope: Scope | None) -> Iterator[tuple[str, str, int]]:
    """Every listing that the portal has, or that of a scope: taxonomy, slug, number of articles."""
    if scope:
        yield from _listing(portal, *scope.key.split("/", 1))
        return
    counts = {term.slug: term.count for term in portal.catalogue.terms("section")}
    for section in portal.site.sections:
        yield "section", section.slug, counts.get(section.slug, 0)
    for taxonomy in listed_taxonomies(portal.site):
        terms = {term.slug: term.count for term in portal.catalogue.terms(taxonomy)}
        if taxonomy == "authors":
            terms = dict.fromkeys(portal.catalogue.profiles(), 0) | terms
        for slug, count in terms.items():
            yield taxonomy, slug, count


def _listing(portal: PlanContext, taxonomy: str, slug: str) -> Iterator[tuple[str, str, int]]:
    count = portal.catalogue.count(taxonomy, slug)
    if taxonomy == "section":
        wanted = portal.site.section(slug) is not None
    else:
        kept = taxonomy == "authors" and portal.catalogue.has_profile(slug)
        wanted = taxonomy in listed_taxonomies(portal.site) and (count > 0 or kept)
    if wanted:
        yield taxonomy, slug, count


def listed_taxonomies(site: Site) -> list[str]:
    """The taxonomies whose terms have pages."""
    chosen = {
        "authors": site.outputs.authors,
        "sources": site.outputs.sources,
        "series": site.outputs.series,
    }
    return ["tags", *(taxonomy for taxonomy, wanted in chosen.items() if wanted)]


def plan(portal: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """The pages of every listing."""
    size = portal.site.per_page
    for taxonomy, slug, count in listings(portal, scope):
        full = count // size
        for page in pages(count, size):
            number = page.number
            known = min(full, number + 1) if number else full
            params = {"taxonomy": taxonomy, "slug": slug, "number": number, "full": known}
            path = listing_path(taxonomy, slug) + (f"page/{number}/" if number else "")
            yield Output(
                output_path(path),
                LISTING.name,
                Scope.listing(taxonomy, slug),
                params,
                f"the {_SINGULAR[taxonomy]} {slug!r}",
                number * size / count if number else 1.0,
            )


def render(output: Output, renderer: Renderer) -> bytes:
    """One page of a listing."""
    site, ask = renderer.site, renderer.recorder.ask
    taxonomy, slug = output.params["taxonomy"], output.params["slug"]
    number, full = output.params["number"], output.params["full"]
    page = page_at(number, full, site.per_page)
    cards = ask(LISTING_PAGE, taxonomy=taxonomy, slug=slug, first=page.first, count=page.count)
    profile = ask(PROFILE, slug=slug) if taxonomy == "authors" else None
    title, description = _title(renderer, taxonomy, slug, profile)
    base = listing_path(taxonomy, slug)

    def path(page: int) -> str:
        return f"{base}page/{page}/" if page else base

    listing = Listing(
        kind=_SINGULAR[taxonomy],
        slug=slug,
        title=title,
        cards=cards,
        pager=pager(number, full, lambda page: site.href(path(page))),
        description=description,
        profile=profile,
        count=0 if number else ask(TERM_COUNT, taxonomy=taxonomy, slug=slug),
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
    section = renderer.site.section(slug) if taxonomy == "section" else None
    if section:
        return section.title, section.description
    if profile:
        return profile.name, profile.summary
    return renderer.recorder.ask(TERM_NAME, taxonomy=taxonomy, slug=slug), ""


LISTING = OutputKind("listing", ("listing",), plan, render, Turn.PAGE)
