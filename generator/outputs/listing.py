"""Listings: sections, tags, authors, sources and series.

`page/1/` holds the oldest articles and every `page/N/` is full, so what one shows stays. The
listing's own URL holds the newest: the last full page and what has come since.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.index.queries.articles import LISTING_PAGE
from generator.index.queries.documents import PROFILE
from generator.index.queries.terms import TERM_COUNT, TERM_NAME
from generator.model.output import Listing, Output, Pager, Scope, Turn
from generator.model.page import AuthorProfile
from generator.model.paths import listing_path
from generator.model.permalink import output_path
from generator.model.site import Site
from generator.outputs.kind import OutputKind, PlanContext
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
        for number in range(full + 1):
            newest_full = min(full, number + 1)
            params = {"taxonomy": taxonomy, "slug": slug, "number": number, "full": newest_full}
            if number == 0:
                params["full"] = full
            path = listing_path(taxonomy, slug) + (f"page/{number}/" if number else "")
            yield Output(
                output_path(path),
                LISTING.name,
                Scope("listing", f"{taxonomy}/{slug}"),
                params,
                f"the {_SINGULAR[taxonomy]} {slug!r}",
                number * size / count if number else 1.0,
            )


def render(output: Output, renderer: Renderer) -> bytes:
    """One page of a listing."""
    site, ask = renderer.site, renderer.recorder.ask
    taxonomy, slug = output.params["taxonomy"], output.params["slug"]
    number, full = output.params["number"], output.params["full"]
    first = (number - 1 if number else max(0, full - 1)) * site.per_page
    cards = ask(
        LISTING_PAGE,
        taxonomy=taxonomy,
        slug=slug,
        first=first,
        count=site.per_page if number else None,
    )
    profile = ask(PROFILE, slug=slug) if taxonomy == "authors" else None
    title, description = _title(renderer, taxonomy, slug, profile)
    base = listing_path(taxonomy, slug)
    listing = Listing(
        kind=_SINGULAR[taxonomy],
        slug=slug,
        title=title,
        cards=cards,
        pager=_pager(site, base, number, full),
        description=description,
        profile=profile,
        count=0 if number else ask(TERM_COUNT, taxonomy=taxonomy, slug=slug),
    )
    view = site_page(
        site,
        listing.kind,
        base + (f"page/{number}/" if number else ""),
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


def _pager(site: Site, base: str, number: int, full: int) -> Pager:
    """Links to the neighbouring pages; nothing that a later page would change twice."""

    def href(page: int) -> str:
        return site.href(f"{base}page/{page}/" if page else base)

    if number == 0:
        older = href(full - 1) if full > 1 else None
        return Pager(0, full, None, older, oldest=href(1) if full > 1 else None, newest=href(0))
    return Pager(
        number,
        0,
        newer=href(number + 1 if number < full else 0),
        older=href(number - 1) if number > 1 else None,
        oldest=href(1) if number > 1 else None,
        newest=href(0),
    )


LISTING = OutputKind("listing", ("listing",), plan, render, Turn.PAGE)
