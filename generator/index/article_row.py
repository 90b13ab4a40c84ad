"""Converts an article's front matter to the columns of its row, and to its lists."""

from __future__ import annotations

from collections.abc import Iterable

from generator.index import facets
from generator.index.views import article_permalink
from generator.model.article import AuthorRef, FrontMatter, TimedFlag
from generator.model.body import Body
from generator.model.site import Site

FOREVER = facets.LAST
_EPOCH_OFFSET = 10**11
# The last column has what only the article's own page and feeds show.
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

# Kinds that are no NewsArticle for schema.org are no news for Google either.
_NO_NEWS = ("press-release", "sponsored")


def article_position(front: FrontMatter) -> str:
    """Return a text that sorts articles by when they went live, then by News ID as a number."""
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
    """Return arguments that may name files; the shortcode's template decides whether one must."""
    values = [value for call in body.shortcodes for value in (*call.args, *call.named.values())]
    return [value for value in values if "." in value and "://" not in value and "\0" not in value]


def _until(flag: TimedFlag) -> int | None:
    if flag.until:
        return flag.until.seconds
    return FOREVER if flag.on else None


def terms_in(front: FrontMatter, authors: Iterable[AuthorRef]) -> list[tuple[str, str, str]]:
    """Return every list that an article belongs to: taxonomy, slug, and the name as written."""
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
