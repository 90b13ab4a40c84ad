"""Outputs: the files of the finished site, and what templates see of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from generator.model.article import Card, Image
    from generator.model.page import AuthorProfile


class Scope(NamedTuple):
    """A part of the portal whose outputs are planned together, such as one source or listing."""

    part: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.part}/{self.key}"

    @classmethod
    def source(cls, path: str) -> Scope:
        """Return the page of a source, and its redirects."""
        return cls("source", path)

    @classmethod
    def listing(cls, taxonomy: str, slug: str) -> Scope:
        """Return the pages and the feed of a term."""
        return cls("listing", f"{taxonomy}/{slug}")

    @classmethod
    def period(cls, value: str) -> Scope:
        """Return the archive's page of a year, month or day; empty for that of all years."""
        return cls("period", value)

    @classmethod
    def sitemap(cls, part: str) -> Scope:
        """Return the sitemaps of a month, a taxonomy, or `site`."""
        return cls("sitemap", part)

    @classmethod
    def media(cls, path: str) -> Scope:
        """Return a media file."""
        return cls("media", path)

    @classmethod
    def static(cls, path: str) -> Scope:
        """Return a file that is copied as it is."""
        return cls("static", path)

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Return the scope whose `str()` is a text."""
        part, _, key = text.partition("/")
        return cls(part, key)


SITE_SCOPE = Scope("site")
ASSETS_SCOPE = Scope("assets")


@dataclass(frozen=True)
class Output:
    """One file to be made. `path` is relative to `output/`; `params` is a dataclass of its kind.

    `scope` is what it is planned with. `owner` is what a user would look for when two outputs
    have the same path: a source file, or words such as "the tag 'Iran'". `order` says roughly how
    new its stories are, from 0 for the oldest to 1, so that outputs with the same stories are
    rendered together.
    """

    path: str
    kind: str
    scope: Scope
    params: Any
    owner: str = ""
    order: float = 1.0


class Turn(IntEnum):
    """When files of a kind are moved into the output folder: after the files that they link to.

    New files come first, turn by turn, then files that replace others. Files that the site no
    longer has are removed last, in reverse.
    """

    MARKER = 0
    RESOURCE = 1
    STORY = 2
    REDIRECT = 3
    PAGE = 4
    FEED = 5
    SITEMAP = 6


@dataclass(frozen=True, slots=True)
class FileCopy:
    """An output that is the copy of a file, without what must not be published.

    `source` is relative to the portal's root; `fingerprint` is the digest of the bytes that were
    read.
    """

    source: str
    fingerprint: bytes


Content = bytes | FileCopy


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page announces; `url` is absolute."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What every template may see of its page. `url` is absolute."""

    kind: str
    title: str
    url: str
    href: str
    lang: str
    dir: str
    canonical: str = ""
    description: str = ""
    seo_title: str = ""
    image: Image | None = None
    index: bool = True
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a taxonomy with the number of live articles that have it."""

    slug: str
    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one page stands in its listing; page 1 is the oldest, 0 the listing's own URL.

    `total` counts the full pages; only the listing's own page knows it (elsewhere it is 0), as
    a page that is full shows nothing that later stories would change. The rest are addresses.
    """

    number: int
    total: int
    newer: str | None
    older: str | None
    oldest: str | None
    newest: str


@dataclass(frozen=True, slots=True)
class OverviewLink:
    """The overview of a taxonomy."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a section, term or author, newest article first.

    `label` is shown above the title, and `overview` has all terms of the same taxonomy.
    """

    kind: str
    slug: str
    title: str
    cards: tuple[Card, ...]
    pager: Pager
    description: str = ""
    profile: AuthorProfile | None = None
    count: int = 0
    label: str = ""
    overview: OverviewLink | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day in the archive. `value` is as in `2024`, `2024-01` or `2024-01-20`."""

    value: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One page of the archive by date; a day lists its articles, the others their parts."""

    level: str
    value: str
    count: int
    periods: tuple[Period, ...] = ()
    cards: tuple[Card, ...] = ()
    newer: Period | None = None
    older: Period | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles just before and after one in its section."""

    older: Card | None = None
    newer: Card | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A comments thread. `id` is the News ID; `url` and `href` are the short link, for ever."""

    id: str
    url: str
    href: str
    title: str
    lang: str
    dir: str
