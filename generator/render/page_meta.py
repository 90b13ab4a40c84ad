"""The metadata of each kind of page: title, language, addresses and feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model.article import Article
from generator.model.language import direction
from generator.model.output import FeedLink, PageView
from generator.model.page import Page
from generator.model.paths import listing_path
from generator.model.site import Site
from generator.model.taxonomy import Taxonomy

if TYPE_CHECKING:
    from generator.render.renderer import Renderer

RSS_TYPE = "application/rss+xml"
RSS_NAME = "feed.xml"
# The words of the theme where they differ from the URL.
_OVERVIEW_WORDS = {"tags": "topics"}


def site_page(
    site: Site,
    kind: str,
    path: str,
    *,
    title: str = "",
    description: str = "",
    feeds: tuple[FeedLink, ...] = (),
) -> PageView:
    """Return the view of a page of the portal itself, at the site path `path`."""
    return PageView(
        kind=kind,
        title=title or site.title,
        url=site.url(path),
        href=site.href(path),
        lang=site.language,
        dir=direction(site.language),
        description=description,
        index=kind not in ("404", "redirect"),
        feeds=(*feeds, *site_feeds(site)),
    )


def article_page(site: Site, article: Article) -> PageView:
    """Return the view of an article's page; for a retracted one, only its headline is repeated."""
    gone = article.retraction
    section = site.section(article.section)
    feeds = listing_feeds(site, "section", article.section, section.title) if section else ()
    return PageView(
        kind="article",
        title=article.title,
        url=article.url,
        href=article.href,
        lang=article.lang,
        dir=article.dir,
        canonical=article.canonical,
        description=gone.reason if gone else article.description or article.summary,
        seo_title="" if gone else article.seo_title,
        image=None if gone else article.image,
        index=article.index,
        feeds=(*feeds, *site_feeds(site)),
    )


def standalone_page(site: Site, page: Page) -> PageView:
    """Return the view of a standalone page."""
    return PageView(
        kind="page",
        title=page.title,
        url=page.url,
        href=page.href,
        lang=page.lang,
        dir=page.dir,
        description=page.description or page.lead,
        seo_title=page.seo_title,
        image=page.image,
        index=page.index,
        feeds=site_feeds(site),
    )


def site_feeds(site: Site) -> tuple[FeedLink, ...]:
    """Return the feeds of the whole portal."""
    return _feeds(site, "/", site.title)


def listing_feeds(site: Site, taxonomy: str, slug: str, title: str) -> tuple[FeedLink, ...]:
    """Return the feeds of one list."""
    return _feeds(site, listing_path(taxonomy, slug), f"{title} – {site.title}")


def _feeds(site: Site, folder: str, title: str) -> tuple[FeedLink, ...]:
    if "rss" not in site.outputs.feeds:
        return ()
    return (FeedLink(title, site.url(folder + RSS_NAME), RSS_TYPE),)


def overview_title(renderer: Renderer, taxonomy: Taxonomy) -> str:
    """Return the title of the overview of a taxonomy."""
    if taxonomy.title:
        return taxonomy.title
    word = _OVERVIEW_WORDS.get(taxonomy.name, taxonomy.name)
    return renderer.words(renderer.site.language)(word)
