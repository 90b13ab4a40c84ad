"""Converts a source to what templates see of it.

Views are stored as JSON, so that the answer to a query is bytes that can be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from generator.model.article import (
    Article,
    AuthorRef,
    Card,
    FrontMatter,
    Image,
    ImageSource,
    reading_minutes,
)
from generator.model.body import Body
from generator.model.language import direction
from generator.model.page import (
    AuthorProfile,
    Page,
    PageEntry,
    PageFrontMatter,
    ProfileFrontMatter,
)
from generator.model.paths import short_path
from generator.model.permalink import expand_pattern, normalize_path
from generator.model.site import Site

encode: Callable[[Any], bytes] = msgspec.json.Encoder(order="deterministic").encode
# Consecutive pages show the same few stories.
decode_card = lru_cache(maxsize=4096)(msgspec.json.Decoder(Card).decode)
decode_article = lru_cache(maxsize=1024)(msgspec.json.Decoder(Article).decode)
decode_entry = msgspec.json.Decoder(PageEntry).decode
decode_page = msgspec.json.Decoder(Page).decode
decode_profile = msgspec.json.Decoder(AuthorProfile).decode
decode_body = msgspec.json.Decoder(Body).decode


def article_permalink(site: Site, front: FrontMatter) -> str:
    """Return the site path of an article, from the portal's pattern."""
    year, month, day = front.date.at.date().isoformat().split("-")
    values = {
        "section": front.section,
        "news_id": front.news_id,
        "slug": front.slug,
        "year": year,
        "month": month,
        "day": day,
        "lang": front.lang,
    }
    return normalize_path(expand_pattern(site.permalink, values))


def article_views(
    site: Site,
    front: FrontMatter,
    text: Body,
    *,
    path: str,
    authors: tuple[AuthorRef, ...],
    image: Image | None,
) -> tuple[Card, Article]:
    """Return an article as lists show it, and as its own page does."""
    shown = _card_fields(site, front, text)
    shown |= {"authors": authors, "image": image}
    article = Article(
        **shown,
        path=path,
        dateline=front.dateline,
        series=front.series,
        tags=front.tags,
        terms=front.terms,
        corrections=front.corrections,
        retraction=front.retracted,
        translation_of=front.translation_of,
        related=front.related,
        expires=front.expires,
        canonical=front.canonical,
        description=front.description,
        seo_title=front.seo_title,
        layout=front.layout,
        toc=text.toc,
        word_count=text.word_count,
        extra=front.extra,
    )
    return Card(**shown), article


def _card_fields(site: Site, front: FrontMatter, text: Body) -> dict[str, Any]:
    permalink = site.url(article_permalink(site, front))
    short = site.url(short_path(front.news_id)) if site.outputs.short_links else permalink
    return {
        "news_id": front.news_id,
        "title": front.title,
        "url": permalink,
        "short_url": short,
        "date": front.date,
        "publish_at": front.publish_at,
        "updated": front.updated,
        "section": front.section,
        "source": front.source,
        "lang": front.lang,
        "dir": direction(front.lang),
        "kind": front.kind,
        "kicker": front.kicker,
        "standfirst": front.standfirst,
        "lead": "" if front.standfirst else text.lead,
        "byline": front.byline,
        "reading_minutes": reading_minutes(text.word_count),
        "comments": front.comments,
        "feed": front.feed,
        "index": front.index and front.retracted is None,
        "retracted": front.retracted is not None,
    }


def page_views(
    site: Site, front: PageFrontMatter, text: Body, *, path: str, image: Image | None
) -> tuple[PageEntry, Page]:
    """Return a standalone page as menus show it, and as its template sees it."""
    shown: dict[str, Any] = {
        "path": path,
        "title": front.title,
        "url": site.url(front.permalink),
        "href": site.href(front.permalink),
        "lang": front.lang,
        "dir": direction(front.lang),
        "description": front.description,
        "seo_title": front.seo_title,
        "image": image,
        "layout": front.layout,
        "index": front.index,
        "menu": front.menu,
        "extra": front.extra,
    }
    return PageEntry(**shown), Page(**shown, lead=text.lead, toc=text.toc)


def profile_view(front: ProfileFrontMatter, text: Body, *, image: Image | None) -> AuthorProfile:
    """Return an author as templates see one."""
    return AuthorProfile(
        slug=front.slug,
        name=front.name,
        role=front.role,
        email=front.email,
        links=front.links,
        image=image,
        summary=text.lead,
        extra=front.extra,
    )


def picture_view(
    site: Site, source: ImageSource, *, path: str, size: tuple[int, int], mime: str
) -> Image:
    """Return a picture that is published at a site path; `size` is in pixels."""
    return Image(
        url=site.url(path),
        width=size[0],
        height=size[1],
        alt=source.alt,
        caption=source.caption,
        credit=source.credit,
        type=mime,
    )
