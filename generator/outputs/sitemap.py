"""sitemap.xml and robots.txt (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from generator.index.queries.articles import SITEMAP_ENTRIES
from generator.index.queries.documents import PAGES
from generator.model.moment import moment_at
from generator.model.output import SITE_SCOPE, Output, Scope
from generator.model.places import STATIC, listing_path
from generator.outputs.kind import OutputKind, Portal
from generator.render.renderer import Renderer

MAX_URLS = 50_000


def plan(portal: Portal, scope: Scope | None) -> Iterator[Output]:
    """One sitemap, and a robots.txt unless the portal has its own."""
    yield Output("sitemap.xml", SITEMAP.name, SITE_SCOPE, owner="the sitemap")
    if portal.catalogue.file(f"{STATIC}/robots.txt") is None:
        yield Output("robots.txt", SITEMAP.name, SITE_SCOPE, owner="robots.txt")


def render(output: Output, renderer: Renderer) -> bytes:
    """The sitemap, or the file that tells crawlers of it."""
    if output.path == "robots.txt":
        return f"User-agent: *\nAllow: /\n\nSitemap: {renderer.site.url('/sitemap.xml')}\n".encode()
    return "".join(_sitemap(renderer)).encode()


def _sitemap(renderer: Renderer) -> Iterator[str]:
    site, ask = renderer.site, renderer.recorder.ask
    listed = [("/", "")]
    listed += [(listing_path("section", section.slug), "") for section in site.sections]
    pages = [page.url for page in ask(PAGES) if page.index]
    articles = ask(SITEMAP_ENTRIES)[-(MAX_URLS - len(listed) - len(pages)) :]
    listed += [(path, moment_at(seconds).isoformat()) for path, seconds in articles]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for path, modified in listed:
        yield _entry(site.url(path), modified)
    for url in pages:
        yield _entry(url, "")
    yield "</urlset>\n"


def _entry(url: str, modified: str) -> str:
    lastmod = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<url><loc>{escape(url)}</loc>{lastmod}</url>\n"


SITEMAP = OutputKind("sitemap", ("site",), plan, render)
