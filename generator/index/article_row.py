"""An article's front matter as the columns of its row, and the lists that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from generator.index import facets
from generator.index.views import article_permalink
from generator.model.article import AuthorRef, FrontMatter, TimedFlag
from generator.model.body import Body
from generator.model.site import Site

FOREVER = facets.LAST
_EPOCH_OFFSET = 10**11
# What only an article's own page and feeds show comes last.
ARTICLE_COLUMNS = (
    "path, news_id, position, live_from, live_until, draft, permalink, month, section, kind, lang, "
    "retracted, feed, listed, news, modified, pinned_until, breaking_until, translation_of, card, "
    "details"
)
POSITION = 2
SITEMAP_COLUMNS = tuple(
    map(ARTICLE_COLUMNS.split(", ").index, ("position", "permalink", "month", "listed", "modified"))
)
"""Columns that decide where a sitemap lists an article, and what it says there."""

# What schema.org has as no NewsArticle is no news to Google either.
_NO_NEWS = ("press-release", "sponsored")


def article_position(front: FrontMatter) -> str:
    """A text that sorts articles by when they went live, then by News ID, numbers by size."""
    news_id = front.news_id
    number = f"{len(news_id):02d}{news_id}" if news_id.isdecimal() else f"~{news_id}"
    return f"{front.went_live.seconds + _EPOCH_OFFSET:012d}.{number}"


def article_row(site: Site, path: str, front: FrontMatter) -> tuple[str | int | None, ...]:
    live_from = front.went_live.seconds
    permalink = article_permalink(site, front)
    listed = (
        front.index and front.retracted is None and front.canonical in ("", site.url(permalink))
    )
    notices = [correction.date.seconds for correction in front.corrections]
    notices += [moment.seconds for moment in (front.updated,) if moment]
    notices += [front.retracted.date.seconds] if front.retracted else []
    return (
        path,
        front.news_id,
        article_position(front),
        live_from,
        front.expires.seconds if front.expires else None,
        front.draft,
        permalink,
        front.went_live.at.date().isoformat()[: len("2024-01")],
        front.section,
        front.kind,
        front.lang,
        front.retracted is not None,
        front.feed,
        listed,
        listed and front.kind not in _NO_NEWS,
        max([live_from, *notices]),
        _until(front.pinned),
        _until(front.breaking),
        front.translation_of,
    )


def files_in_shortcodes(body: Body) -> list[str]:
    """Arguments that may name files; whether one must is for the shortcode's template to say."""
    values = [value for call in body.shortcodes for value in (*call.args, *call.named.values())]
    return [value for value in values if "." in value and "://" not in value and "\0" not in value]


def _until(flag: TimedFlag) -> int | None:
    if flag.until:
        return flag.until.seconds
    return FOREVER if flag.on else None


def terms_in(front: FrontMatter, authors: Iterable[AuthorRef]) -> list[tuple[str, str, str]]:
    """Every listing that an article belongs to: taxonomy, slug, and the name as it spells it."""
    day = front.went_live.at.date().isoformat()
    terms = [
        ("site", "", ""),
        ("section", front.section, ""),
        ("sources", front.source.slug, front.source.name),
        ("day", day, ""),
    ]
    terms += [("tags", tag.slug, tag.name) for tag in front.tags]
    terms += [("authors", author.slug, author.name) for author in authors]
    if front.series:
        terms.append(("series", front.series.slug, front.series.name))
    for taxonomy, own in front.terms.items():
        terms += [(taxonomy, term.slug, term.name) for term in own]
    return terms
