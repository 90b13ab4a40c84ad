"""Sitemaps as crawlers read them: from sitemap.xml to the files that it names."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from tests.support.portal import Portal

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
BASE = "https://news.example"


@dataclass(frozen=True, slots=True)
class News:
    """An entry of a news sitemap."""

    url: str
    name: str
    language: str
    published: str
    title: str


def shards(portal: Portal, base: str = BASE) -> dict[str, dict[str, str | None]]:
    """What each file that sitemap.xml names lists, by its name: URLs and when each changed."""
    named = _entries(portal, "sitemap.xml", "sitemapindex", "sitemap")
    found = {}
    for url, modified in named.items():
        path = unquote(url.removeprefix(f"{base}/"))
        entries = _entries(portal, path, "urlset", "url")
        assert entries, f"{path} lists nothing"
        assert modified == max(filter(None, entries.values()), default=None)
        found[path.removeprefix("sitemaps/").removesuffix(".xml")] = entries
    assert {path for path in portal.tree() if path.startswith("sitemaps/")} == {
        f"sitemaps/{name}.xml" for name in found
    }
    return found


def listed(portal: Portal) -> list[str]:
    """The site paths that all sitemaps list."""
    return [
        unquote(url.removeprefix(BASE)) for entries in shards(portal).values() for url in entries
    ]


def _entries(portal: Portal, path: str, root: str, name: str) -> dict[str, str | None]:
    tree = ET.fromstring(portal.tree()[path])
    assert tree.tag == f"{_SITEMAP}{root}"
    found: dict[str, str | None] = {}
    for element in tree:
        assert element.tag == f"{_SITEMAP}{name}"
        url, *modified = _texts(element)
        assert url not in found
        found[url] = next(iter(modified), None)
        assert all(datetime.fromisoformat(moment).tzinfo for moment in modified)
    return found


def _texts(element: ET.Element) -> Iterator[str]:
    assert len(element) in (1, 2)
    for child, tag in zip(element, ("loc", "lastmod"), strict=False):
        assert child.tag == f"{_SITEMAP}{tag}"
        yield child.text or ""


def news(portal: Portal) -> list[News]:
    """What the news sitemap lists, in order."""
    tree = ET.fromstring(portal.tree()["sitemap-news.xml"])
    assert tree.tag == f"{_SITEMAP}urlset"
    return [_news(element) for element in tree]


def _news(element: ET.Element) -> News:
    url, entry = element
    publication, published, title = entry
    name, language = publication
    children = (entry, publication, name, language, published, title)
    tags = ("news", "publication", "name", "language", "publication_date", "title")
    assert [child.tag for child in children] == [f"{_NEWS}{tag}" for tag in tags]
    texts = (url, name, language, published, title)
    return News(*(child.text or "" for child in texts))
