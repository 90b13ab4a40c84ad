"""Reads front matter and site.toml from bytes, and gives the lines that an author would see."""

from __future__ import annotations

from generator.config.loader import read_site
from generator.errors import ConfigError, Problems
from generator.model.article import FrontMatter
from generator.model.page import PageFrontMatter, ProfileFrontMatter
from generator.model.site import Site
from generator.parse.document import Document, read_document
from generator.parse.front_matter.article import read_front_matter
from generator.parse.front_matter.author import read_profile
from generator.parse.front_matter.page import read_page

SITE_TOML = """\
title = "The Example Courier"
base_url = "https://news.example/"
timezone = "Europe/Berlin"

[[sections]]
slug = "world"
title = "World"

[[sections]]
slug = "culture"
title = "Arts & Culture"
"""

ARTICLE = """\
news_id: 7519
title: Iran and Pakistan step back from the brink
date: 2024-01-20
source: FARSNEWS
"""


def site(more: str = "") -> Site:
    """A small portal; `more` is TOML for its first lines."""
    return read_site(f"{more}\n{SITE_TOML}".encode())


def site_faults(text: str) -> list[str]:
    """The error lines for a site.toml."""
    try:
        read_site(text.encode())
    except ConfigError as error:
        return [str(problem) for problem in error.problems]
    return []


def document(data: bytes, path: str = "a.md") -> tuple[Document | None, list[str]]:
    """A file split, and the error lines for it."""
    problems = Problems()
    found = read_document(path, data, problems)
    return found, [str(problem) for problem in problems.errors]


def article(text: str, *, of: Site | None = None) -> tuple[FrontMatter | None, list[str]]:
    """An article from its whole text, and the error lines for it."""
    problems = Problems()
    split = read_document("a.md", text.encode(), problems)
    front = read_front_matter(split, of or site(), problems) if split else None
    return front, [str(problem) for problem in problems.errors]


def story(more: str = "", *, of: Site | None = None) -> FrontMatter:
    """An article with the required keys and `more`, which must have no faults."""
    front, errors = article(f"---\n{ARTICLE}{more}\n---\n", of=of)
    assert errors == []
    assert front is not None
    return front


def story_faults(more: str, *, of: Site | None = None) -> list[str]:
    """The error lines for an article with the required keys and `more`, which begins on line 6."""
    front, errors = article(f"---\n{ARTICLE}{more}\n---\n", of=of)
    assert front is None
    return errors


def page(text: str, path: str) -> tuple[PageFrontMatter | None, list[str]]:
    """A page from its whole text, and the error lines for it."""
    problems = Problems()
    split = read_document(path, text.encode(), problems)
    front = read_page(split, site(), problems) if split else None
    return front, [str(problem) for problem in problems.errors]


def profile(text: str, path: str) -> tuple[ProfileFrontMatter | None, list[str]]:
    """An author's profile from its whole text, and the error lines for it."""
    problems = Problems()
    split = read_document(path, text.encode(), problems)
    front = read_profile(split, problems) if split else None
    return front, [str(problem) for problem in problems.errors]
