"""An article: its validated front matter, and the views of it that templates see.

`FrontMatter` is what one file says. `Card` is what lists may show of an article; `Article` is
everything its own page may show. The index creates both views, and resolves authors, pictures and
links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.model.taxonomy import SourceCredit, TermRef
from generator.model.timestamp import Timestamp, later

Kind = Literal[
    "news",
    "opinion",
    "analysis",
    "feature",
    "interview",
    "review",
    "live",
    "press-release",
    "sponsored",
]
CorrectionKind = Literal["correction", "clarification", "update", "editors-note"]

_WORDS_PER_MINUTE = 220


@dataclass(frozen=True, slots=True)
class AuthorRef:
    """An author as shown on an article; `slug` names the author's page."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A change that readers are informed of."""

    date: Timestamp
    text: str
    kind: CorrectionKind = "correction"


@dataclass(frozen=True, slots=True)
class Retraction:
    """Why and when a story was withdrawn."""

    date: Timestamp
    reason: str


@dataclass(frozen=True, slots=True)
class ImageSource:
    """A lead picture as written in front matter; `src` is still as the author wrote it."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as pages show it.

    `url` is absolute; `width` and `height` are in pixels, 0 if unknown.
    """

    url: str
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""
    srcset: str = ""
    type: str = ""

    @property
    def src(self) -> str:
        """The address from the root of the host."""
        return root_relative(self.url)


@dataclass(frozen=True)
class TimedFlag:
    """A flag that is set always, never, or until a time."""

    on: bool = False
    until: Timestamp | None = None


@dataclass(frozen=True)
class Heading:
    """A heading in an article's text; `id` is its anchor."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """The front matter of one article, typed and complete; keys as in the manual's table.

    `terms` has those of the portal's own taxonomies, by the taxonomy's name.
    """

    news_id: str
    title: str
    date: Timestamp
    source: SourceCredit
    section: str
    slug: str
    lang: str
    updated: Timestamp | None = None
    standfirst: str = ""
    tags: tuple[TermRef, ...] = ()
    authors: tuple[str, ...] = ()
    byline: str = ""
    dateline: str = ""
    kicker: str = ""
    series: TermRef | None = None
    terms: Mapping[str, tuple[TermRef, ...]] = field(default_factory=dict)
    image: ImageSource | None = None
    kind: Kind = "news"
    translation_of: str = ""
    related: tuple[str, ...] = ()
    pinned: TimedFlag = TimedFlag()
    breaking: TimedFlag = TimedFlag()
    draft: bool = False
    publish_at: Timestamp | None = None
    expires: Timestamp | None = None
    corrections: tuple[Correction, ...] = ()
    retracted: Retraction | None = None
    aliases: tuple[str, ...] = ()
    comments: bool = True
    feed: bool = True
    index: bool = True
    canonical: str = ""
    description: str = ""
    seo_title: str = ""
    layout: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def went_live(self) -> Timestamp:
        """When the article went live, by which stories are ordered."""
        return later(self.date, self.publish_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a list may show of an article.

    It holds no more of the text than lists show, so that an edit of the text leaves it as it is.
    """

    news_id: str
    title: str
    url: str
    short_url: str
    date: Timestamp
    section: str
    source: SourceCredit
    lang: str
    dir: str
    publish_at: Timestamp | None = None
    updated: Timestamp | None = None
    kind: Kind = "news"
    kicker: str = ""
    standfirst: str = ""
    lead: str = ""
    image: Image | None = None
    authors: tuple[AuthorRef, ...] = ()
    byline: str = ""
    reading_minutes: int = 1
    comments: bool = True
    feed: bool = True
    index: bool = True
    retracted: bool = False
    breaking: bool = False
    pinned: bool = False

    @property
    def went_live(self) -> Timestamp:
        """When the article went live, by which stories are ordered."""
        return later(self.date, self.publish_at)

    @property
    def href(self) -> str:
        """The article's address from the root of the host."""
        return root_relative(self.url)

    @property
    def short_href(self) -> str:
        """The address that never changes, from the root of the host."""
        return root_relative(self.short_url)

    @property
    def summary(self) -> str:
        """The standfirst, or the lead where there is none; plain text."""
        return self.standfirst or self.lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Card):
    """What an article's own page may show; its text comes from the `body` query."""

    path: str
    dateline: str = ""
    series: TermRef | None = None
    tags: tuple[TermRef, ...] = ()
    terms: Mapping[str, tuple[TermRef, ...]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    retraction: Retraction | None = None
    translation_of: str = ""
    related: tuple[str, ...] = ()
    expires: Timestamp | None = None
    canonical: str = ""
    description: str = ""
    seo_title: str = ""
    layout: str = ""
    toc: tuple[Heading, ...] = ()
    word_count: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


def reading_minutes(words: int) -> int:
    """Return the whole minutes that a reader needs, at least one."""
    return max(1, round(words / _WORDS_PER_MINUTE))


def root_relative(url: str) -> str:
    """Return the part of an absolute http(s) URL from its path on."""
    start = url.find("/", url.find("://") + 3)
    return url[start:] if start > 0 else "/"
