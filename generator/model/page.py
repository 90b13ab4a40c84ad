"""Pages that are not news: standalone pages such as About, and authors' profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.article import Heading, Image, ImageSource


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrontMatter:
    """The front matter of one standalone page; `permalink` is its path, as in `/about/`."""

    title: str
    permalink: str
    lang: str
    description: str = ""
    seo_title: str = ""
    image: ImageSource | None = None
    layout: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    index: bool = True
    menu: bool = True
    weight: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """What a menu may show of a standalone page: its front matter, and nothing of its text."""

    path: str
    title: str
    url: str
    href: str
    lang: str
    dir: str
    description: str = ""
    seo_title: str = ""
    image: Image | None = None
    layout: str = ""
    index: bool = True
    menu: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(PageEntry):
    """A standalone page as its template sees it; its text comes from the `body` query."""

    lead: str = ""
    toc: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileLink:
    """An address where an author can be found elsewhere."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFrontMatter:
    """The front matter of a file in `content/authors/`; `slug` is the file's name."""

    slug: str
    name: str
    role: str = ""
    email: str = ""
    links: tuple[ProfileLink, ...] = ()
    image: ImageSource | None = None
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorProfile:
    """An author as templates see one; the biography comes from the `biography` query."""

    slug: str
    name: str
    role: str = ""
    email: str = ""
    links: tuple[ProfileLink, ...] = ()
    image: Image | None = None
    summary: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
