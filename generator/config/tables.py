"""The tables of site.toml: sections, publisher, kinds of output, Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, cast, get_args

from generator.model.paths import RESERVED
from generator.model.permalink import collision_key, normalize_path, path_error, slug_error
from generator.model.site import (
    MarkdownDialect,
    Markup,
    Outputs,
    Publisher,
    Section,
    UnknownShortcodes,
)
from generator.validation.fields import Fields
from generator.validation.messages import one_of
from generator.validation.values import Value

FEEDS: Final = ("rss",)
FEED_ITEMS: Final = 50
MOST_FEED_ITEMS: Final = 10_000

# Keys of [publisher], and schema.org's names for what they point to
# (https://schema.org/NewsMediaOrganization).
POLICIES: Final[Mapping[str, str]] = {
    "masthead": "masthead",
    "corrections_policy": "correctionsPolicy",
    "ethics_policy": "ethicsPolicy",
    "unnamed_sources_policy": "unnamedSourcesPolicy",
    "verification_policy": "verificationFactCheckingPolicy",
    "feedback_policy": "actionableFeedbackPolicy",
    "diversity_policy": "diversityPolicy",
    "ownership": "ownershipFundingInfo",
    "publishing_principles": "publishingPrinciples",
}

_YEAR_OR_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def sections_of(fields: Fields) -> tuple[Section, ...]:
    """Return the portal's sections, at least one, each with a slug of its own."""
    found: dict[str, Section] = {}
    if not fields.value("sections"):
        fields.missing("sections", "a portal has at least one [[sections]]")
        return ()
    records = fields.records("sections")
    for record in records:
        slug = _section_slug(record)
        section = Section(slug, record.text("title", required=True), record.text("description"))
        record.finish()
        if slug and found.setdefault(collision_key(slug), section) is not section:
            record.error("slug", f"two sections have the slug '{slug}'")
    if not records:
        fields.error("sections", "'sections' is empty", "a portal has at least one [[sections]]")
    return tuple(found.values())


def _section_slug(record: Fields) -> str:
    value = record.value("slug", required=True)
    slug = value.filled() if value else None
    if value is None or slug is None:
        return ""
    if error := slug_error(slug):
        value.error(error)
    elif slug.casefold() in RESERVED:
        value.error(f"can't be '{slug}', where other pages of the portal are")
    return slug


def publisher_of(fields: Fields) -> Publisher:
    """Who is behind the portal, and where its policies are."""
    table = fields.mapping("publisher")
    if table is None:
        return Publisher()
    links = tuple(url for item in table.items("links") if (url := item.url()))
    addresses = {name: _address(table.given(key)) for key, name in POLICIES.items()}
    publisher = Publisher(
        name=table.text("name"),
        logo=_logo(table.given("logo")),
        email=table.email("email"),
        founded=_founded(table),
        links=links,
        policies={name: address for name, address in addresses.items() if address},
    )
    table.finish()
    return publisher


def _address(value: Value | None) -> str:
    """Return a URL, or a path on the portal's own site."""
    if value is None:
        return ""
    if isinstance(value.raw, str) and not value.raw.startswith("/"):
        if "://" in value.raw:
            return value.url() or ""
        value.expected("a path on this site such as /about/, or a URL")
        return ""
    path = normalize_path(value.filled() or "")
    if path and (error := path_error(path)):
        value.error(error)
    return path


def _logo(value: Value | None) -> str:
    """Return a picture, as its path below `content/media/`."""
    path = normalize_path((value.filled() if value else None) or "")
    if value is not None and path and (path[0] == "/" or ":" in path or path_error(f"/{path}")):
        value.expected("a picture below content/media/, such as logo.png")
        return ""
    return path


def _founded(table: Fields) -> str:
    value = table.given("founded")
    if value is None:
        return ""
    if isinstance(value.raw, date) and not isinstance(value.raw, datetime):
        return value.raw.isoformat()
    written = f"{value.raw:04}" if type(value.raw) is int and value.raw > 0 else value.raw
    if not isinstance(written, str) or not _YEAR_OR_DATE.fullmatch(written):
        value.expected("a year, or a date such as 1978-05-01")
        return ""
    return written


def outputs_of(fields: Fields) -> Outputs:
    """Return which kinds of output the portal has."""
    table = fields.mapping("outputs")
    if table is None:
        return Outputs()
    outputs = Outputs(
        short_links=table.flag("short_links", True),
        authors=table.flag("authors", True),
        sources=table.flag("sources", True),
        series=table.flag("series", True),
        archive=table.flag("archive", True),
        feeds=_feeds(table),
        feed_items=table.integer("feed_items", FEED_ITEMS, minimum=1, maximum=MOST_FEED_ITEMS),
    )
    table.finish()
    return outputs


def _feeds(table: Fields) -> tuple[str, ...]:
    value = table.value("feeds")
    items = value.items() if value else None
    if items is None:
        return Outputs().feeds
    return tuple(dict.fromkeys(feed for item in items if (feed := _feed(item))))


def _feed(item: Value) -> str | None:
    """A kind of feed; one that is not built is an error, as the portal would lose its feeds."""
    feed = item.filled()
    if feed is not None and feed not in FEEDS:
        item.expected(one_of(FEEDS), 'only RSS is built; feeds = ["rss"], or [] for no feeds')
        return None
    return feed


def markup_of(fields: Fields) -> Markup:
    """Return how Markdown is read."""
    table = fields.mapping("markdown")
    if table is None:
        return Markup()
    choices: tuple[str, ...] = get_args(UnknownShortcodes)
    unknown = table.choice("unknown_shortcodes", choices, "error")
    dialects: tuple[str, ...] = get_args(MarkdownDialect)
    dialect = table.choice("dialect", dialects, "python-markdown")
    markup = Markup(
        dialect=cast(MarkdownDialect, dialect),
        smart_quotes=table.flag("smart_quotes"),
        emoji=table.flag("emoji"),
        mark=table.flag("mark"),
        subscript=table.flag("subscript"),
        superscript=table.flag("superscript"),
        wiki_links=table.flag("wiki_links"),
        math=table.flag("math"),
        trusted_html=table.flag("trusted_html"),
        unknown_shortcodes=cast(UnknownShortcodes, unknown),
    )
    table.finish()
    return markup
