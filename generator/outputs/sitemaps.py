"""Sitemaps and their index, sitemap.xml (https://www.sitemaps.org/protocol.html).

Articles are in one part for each month in which they went live, oldest first, so that a new story
leaves the parts of other months as they are. The portal's own pages are a part, and so are the
terms of each taxonomy. A part is cut into files from its oldest end, like listings.

Only canonical pages that may be indexed are listed. Older pages of listings and the archive by date
are left out, because all their stories are listed. The head of a story's page names its
translations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.index.queries.documents import PAGES
from generator.index.queries.sitemaps import LAST_CHANGE, LISTED, LISTED_MONTHS, TERMS_IN_USE
from generator.model.output import SITE_SCOPE, Output, Scope, Turn
from generator.model.paths import SITEMAPS, listing_path
from generator.model.site import Site
from generator.model.timestamp import timestamp_at
from generator.outputs.kind import OutputKind, PlanContext
from generator.outputs.paging import slice_count, slices
from generator.outputs.taxonomy_index import overviews
from generator.outputs.xml import NAMED, escaped
from generator.render.renderer import Renderer

MAX_URLS = 10_000
"""In one file, of 50,000 that it may have: it is under 50 MB, too, with URLs of 5,000 bytes."""

_OWN_PAGES = "site"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Ask = Callable[..., Any]


class Entry(NamedTuple):
    """An entry of a sitemap: an absolute URL, and its last change if known."""

    url: str
    modified: int | None = None


class Part(NamedTuple):
    """What is listed together, the number of its files, and its last change."""

    name: str
    files: int
    modified: int | None = None


@dataclass(frozen=True, slots=True)
class SitemapParams:
    """Render one file of a part."""

    part: str
    first: int
    limit: int


@dataclass(frozen=True, slots=True)
class IndexParams:
    """How many URLs a file of a part has at most."""

    limit: int


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose the files of every part, or of the part of a scope."""
    for part in _parts(context.site, context.catalogue.ask, MAX_URLS, scope and scope.key):
        for each in slices(part.files, MAX_URLS):
            yield Output(
                _path(part.name, each.number),
                SITEMAP.name,
                Scope.sitemap(part.name),
                SitemapParams(part.name, each.first, MAX_URLS),
                f"the sitemap of {part.name}",
            )


def render(params: SitemapParams, renderer: Renderer) -> bytes:
    """Render one file of a part."""
    found = _entries(renderer, params.part, params.first, params.limit)
    return document("urlset", (element("url", entry) for entry in found))


def plan_index(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose one sitemap.xml."""
    params = IndexParams(MAX_URLS)
    yield Output("sitemap.xml", SITEMAP_INDEX.name, SITE_SCOPE, params, "the index of sitemaps")


def render_index(params: IndexParams, renderer: Renderer) -> bytes:
    """Render the list of all files of all parts."""
    found = _files(renderer, params.limit)
    return document("sitemapindex", (element("sitemap", entry) for entry in found))


def document(root: str, elements: Iterable[str], namespaces: str = "") -> bytes:
    """Return an XML document of some elements."""
    start = f'<{root} xmlns="{_NAMESPACE}"{namespaces}>\n'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{start}'
    return "".join([head, *elements, f"</{root}>\n"]).encode()


def element(name: str, entry: Entry, more: str = "") -> str:
    """Return an element of a sitemap or of the index."""
    url, modified = entry
    lastmod = "" if modified is None else f"<lastmod>{timestamp_at(modified).isoformat()}</lastmod>"
    return f"<{name}><loc>{escaped(url, NAMED)}</loc>{lastmod}{more}</{name}>\n"


def _path(part: str, number: int) -> str:
    return f"{SITEMAPS}/{part}-{number}.xml" if number > 1 else f"{SITEMAPS}/{part}.xml"


def _parts(site: Site, ask: Ask, limit: int, only: str | None = None) -> Iterator[Part]:
    if only in (None, _OWN_PAGES):
        entries = _own_pages(site, ask)
        yield Part(_OWN_PAGES, slice_count(len(entries), limit), _newest(entries))
    for taxonomy in site.listed_taxonomies:
        if only in (None, taxonomy.name):
            slugs = ask(TERMS_IN_USE, taxonomy=taxonomy.name)
            yield Part(taxonomy.name, slice_count(len(slugs), limit))
    if only is None or _is_month(only):
        yield from (Part(*month) for month in ask(LISTED_MONTHS, month=only, limit=limit))


def _is_month(part: str) -> bool:
    return part[0].isdecimal()


def _files(renderer: Renderer, limit: int) -> Iterator[Entry]:
    site = renderer.site
    for part in _parts(site, renderer.recorder.ask, limit):
        for each in slices(part.files, limit):
            modified = part.modified
            if modified is not None and part.files > 1:
                modified = _newest(_entries(renderer, part.name, each.first, limit))
            yield Entry(site.url(f"/{_path(part.name, each.number)}"), modified)


def _entries(renderer: Renderer, part: str, first: int, limit: int) -> list[Entry]:
    site, ask = renderer.site, renderer.recorder.ask
    if part == _OWN_PAGES:
        return _own_pages(site, ask)[first : first + limit]
    if _is_month(part):
        found = ask(LISTED, month=part, first=first, count=limit)
        return [Entry(site.url(path), modified) for path, modified in found]
    slugs = ask(TERMS_IN_USE, taxonomy=part)[first : first + limit]
    return [Entry(site.url(listing_path(part, slug))) for slug in slugs]


def _own_pages(site: Site, ask: Ask) -> list[Entry]:
    """Return the entries of the portal's own pages.

    The fixed ones come first and keep their places. A listing changes with its newest story. The
    last change of standalone pages is not known. Terms have no time, because one file with the
    times of many terms would change with each story.
    """
    found = [Entry(site.url("/"), ask(LAST_CHANGE, taxonomy="site", slug=""))]
    for section in site.sections:
        modified = ask(LAST_CHANGE, taxonomy="section", slug=section.slug)
        found.append(Entry(site.url(listing_path("section", section.slug)), modified))
    found += [Entry(site.url(taxonomy.path)) for taxonomy in overviews(site)]
    return found + [Entry(page.url) for page in ask(PAGES) if page.index]


def _newest(entries: Iterable[Entry]) -> int | None:
    return max((entry.modified for entry in entries if entry.modified is not None), default=None)


SITEMAP = OutputKind("sitemap", ("sitemap",), plan, SitemapParams, render, Turn.SITEMAP)
SITEMAP_INDEX = OutputKind(
    "sitemap-index", ("site",), plan_index, IndexParams, render_index, Turn.SITEMAP
)
