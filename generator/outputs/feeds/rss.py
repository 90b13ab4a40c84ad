"""RSS 2.0 feeds of the site and of each section and term.

Elements and their order follow the specification (https://www.rssboard.org/rss-specification), the
Advisory Board's profile (https://www.rssboard.org/rss-profile) and the checks of the W3C validator.
An entry's guid is a `tag:` URI (RFC 4151) of its News ID, so that a new headline or URL delivers
nothing twice. All dates come from the content, so that an unchanged feed keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import partial

from generator.index.queries.articles import FEED_ENTRIES
from generator.index.queries.documents import PROFILE
from generator.index.queries.terms import TERM_NAME
from generator.model.article import Article
from generator.model.output import SITE_SCOPE, Output, Scope, Turn
from generator.model.paths import MEDIA_URL, listing_path
from generator.model.site import Site
from generator.outputs.kind import OutputKind, PlanContext
from generator.outputs.listing import listings
from generator.outputs.xml import NUMERIC, QUOTED, allowed, escaped
from generator.render.feed_html import absolutize, feed_safe
from generator.render.filters import absolute_url
from generator.render.page_meta import RSS_NAME, RSS_TYPE, article_page
from generator.render.renderer import Renderer

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


@dataclass(frozen=True, slots=True)
class FeedParams:
    """The list that a feed is of."""

    taxonomy: str
    slug: str


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose a feed for the site and for every listing."""
    if "rss" not in context.site.outputs.feeds:
        return
    if scope in (None, SITE_SCOPE):
        everything = FeedParams("site", "")
        yield Output(RSS_NAME, RSS.name, SITE_SCOPE, everything, "the site's feed")
    if scope == SITE_SCOPE:
        return
    for taxonomy, slug, _ in listings(context, scope):
        yield Output(
            f"{listing_path(taxonomy, slug)[1:]}{RSS_NAME}",
            RSS.name,
            Scope.listing(taxonomy, slug),
            FeedParams(taxonomy, slug),
            f"the feed of {taxonomy}/{slug}",
        )


def render(params: FeedParams, renderer: Renderer) -> bytes:
    """Render the newest entries of a list, with their whole texts."""
    site, ask = renderer.site, renderer.recorder.ask
    taxonomy, slug = params.taxonomy, params.slug
    entries = ask(FEED_ENTRIES, taxonomy=taxonomy, slug=slug, limit=site.outputs.feed_items)
    items = [
        renderer.recorder.fragment(f"rss/{entry.news_id}", partial(_item, renderer, entry))
        for entry in entries
    ]
    title, folder = site.title, "/"
    if taxonomy != "site":
        title = f"{_listing_title(renderer, taxonomy, slug)} – {site.title}"
        folder = listing_path(taxonomy, slug)
    return "".join([*_head(site, title, folder, entries), *items, "</channel>\n</rss>\n"]).encode()


def _listing_title(renderer: Renderer, taxonomy: str, slug: str) -> str:
    section = renderer.site.section(slug) if taxonomy == "section" else None
    profile = renderer.recorder.ask(PROFILE, slug=slug) if taxonomy == "authors" else None
    if section or profile:
        return section.title if section else profile.name if profile else ""
    return renderer.recorder.ask(TERM_NAME, taxonomy=taxonomy, slug=slug)


def _head(site: Site, title: str, folder: str, entries: Iterable[Article]) -> Iterator[str]:
    namespaces = "".join(f' xmlns:{name}="{url}"' for name, url in _NAMESPACES.items())
    link = site.url(folder)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{namespaces}>\n<channel>\n'
    yield _element("title", title)
    yield _element("link", link)
    yield _element("description", site.description or title)
    yield _element("language", site.language.lower())
    yield _element("generator", "Broadsheet")
    yield _element("docs", "http://www.rssboard.org/rss-specification")
    changed = [modified(entry) for entry in entries]
    if changed:
        yield _element("lastBuildDate", format_datetime(max(changed)))
    if site.publisher.logo.lower().endswith((".png", ".jpg", ".jpeg", ".gif")):
        logo = _element("url", absolute_url(site, MEDIA_URL + site.publisher.logo))
        yield f"<image>{logo}{_element('title', title)}{_element('link', link)}</image>\n"
    here = _attribute(site.url(folder + RSS_NAME))
    yield f'<atom:link rel="self" type="{RSS_TYPE}" href="{here}"/>\n'


def _item(renderer: Renderer, article: Article) -> str:
    site = renderer.site
    section = site.section(article.section)
    parts = [
        _element("title", _title(renderer, article)),
        _element("link", article.url),
        f'<guid isPermaLink="false">{_text(tag_uri(site, article))}</guid>\n',
        _element("pubDate", format_datetime(article.went_live.at)),
    ]
    if modified(article) != article.went_live.at:
        parts.append(_element("atom:updated", modified(article).isoformat()))
    creators = [author.name for author in article.authors] or [article.source.name]
    parts += [_element("dc:creator", name) for name in creators]
    parts.append(_element("dc:source", article.source.name))
    categories = [section.title if section else "", *(tag.name for tag in article.tags)]
    parts += [_element("category", name) for name in dict.fromkeys(categories) if name]
    if article.comments and site.comments and not article.retracted:
        parts.append(_element("comments", f"{article.short_url}#bs-comments"))
    parts.append(_element("description", _summary(renderer, article)))
    parts.append(f"<content:encoded><![CDATA[{_content(renderer, article)}]]></content:encoded>\n")
    parts += _media(article)
    return f"<item>\n{''.join(parts)}</item>\n"


def _title(renderer: Renderer, article: Article) -> str:
    """Return the headline after the labels of the story, because feed readers show no labels."""
    words = renderer.words(article.lang)
    labels = [words("retracted")] if article.retracted else []
    if article.kind != "news":
        labels.append(words(f"kind_{article.kind.replace('-', '_')}"))
    if not labels or article.title.casefold().startswith(f"{labels[0]}:".casefold()):
        return article.title
    return words("labelled_title", label=words("list_separator").join(labels), title=article.title)


def _summary(renderer: Renderer, article: Article) -> str:
    if article.retraction:
        return f"{renderer.words(article.lang)('retracted')}: {article.retraction.reason}"
    return article.description or article.summary or article.title


def _content(renderer: Renderer, article: Article) -> str:
    view = article_page(renderer.site, article)
    html = renderer.page(["feed_content.html"], view, article=article).decode()
    safe = feed_safe(absolutize(html, article.url))
    return allowed(safe).replace("]]>", "]]&gt;").strip()


def _media(article: Article) -> Iterator[str]:
    picture = article.image
    if picture is None or article.retracted:
        return
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    kind = f' type="{_attribute(picture.type)}"' if picture.type else ""
    yield f'<media:content url="{_attribute(picture.url)}"{kind} medium="image"{size}>\n'
    if text := picture.caption or picture.alt:
        yield f'<media:description type="plain">{_text(text)}</media:description>\n'
    if picture.credit:
        credit = _text(picture.credit)
        yield f'<media:credit role="photographer" scheme="urn:ebu">{credit}</media:credit>\n'
    yield "</media:content>\n"


def tag_uri(site: Site, article: Article) -> str:
    """Return the permanent id of an entry: host, year of publication and News ID (RFC 4151)."""
    host = site.host.partition(":")[0]
    return f"tag:{host},{article.date.at.year}:news/{article.news_id}"


def modified(article: Article) -> datetime:
    """Return the last change that readers should know of."""
    moments = [article.went_live, *(correction.date for correction in article.corrections)]
    moments += [article.updated] if article.updated else []
    moments += [article.retraction.date] if article.retraction else []
    return max(moment.at for moment in moments)


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>\n"


def _text(text: str) -> str:
    return escaped(text, NUMERIC)


def _attribute(text: str) -> str:
    return escaped(text, QUOTED)


RSS = OutputKind("rss", ("site", "listing"), plan, FeedParams, render, Turn.FEED)
