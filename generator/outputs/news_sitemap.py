"""sitemap-news.xml: what was first published in the last two days, for Google News
(https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.index.queries.sitemaps import RECENT, NewsEntry
from generator.model.output import SITE_SCOPE, Output, Scope, Turn
from generator.model.site import Site
from generator.outputs.kind import NoParams, OutputKind, PlanContext
from generator.outputs.sitemaps import Entry, document, element
from generator.outputs.xml import NAMED, escaped
from generator.render.renderer import Renderer

_NAMESPACE = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose one file, which is empty while there is no news."""
    yield Output("sitemap-news.xml", NEWS_SITEMAP.name, SITE_SCOPE, NoParams(), "the news sitemap")


def render(_: NoParams, renderer: Renderer) -> bytes:
    """Render the news, newest first."""
    site = renderer.site
    name = publication(site)
    found = renderer.recorder.ask(RECENT)
    return document("urlset", (_news(site, name, entry) for entry in found), _NAMESPACE)


def _news(site: Site, name: str, entry: NewsEntry) -> str:
    publication = (
        f"<news:name>{escaped(name, NAMED)}</news:name>"
        f"<news:language>{language(entry.lang)}</news:language>"
    )
    news = (
        f"<news:publication>{publication}</news:publication>"
        f"<news:publication_date>{entry.published}</news:publication_date>"
        f"<news:title>{escaped(entry.title, NAMED)}</news:title>"
    )
    return element("url", Entry(site.url(entry.path)), f"<news:news>{news}</news:news>")


def publication(site: Site) -> str:
    """Return the portal's name as Google News has it, without parts in parentheses."""
    name = site.publisher.name or site.title
    return _IN_PARENTHESES.sub("", name).strip() or name


def language(tag: str) -> str:
    """Return the ISO 639 code of a language tag; for Chinese, that of its script."""
    code, *subtags = tag.lower().split("-")
    if code != "zh":
        return code
    return "zh-cn" if _TRADITIONAL.isdisjoint(subtags) or "hans" in subtags else "zh-tw"


NEWS_SITEMAP = OutputKind("news-sitemap", ("site",), plan, NoParams, render, Turn.SITEMAP)
