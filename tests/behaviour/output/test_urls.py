"""Where things are written, and that every link of every file leads there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.support.fixtures import picture
from tests.support.pages import read_html
from tests.support.portal import SITE, Portal, story
from tests.support.sitemaps import listed


@pytest.fixture
def full(portal: Portal) -> Portal:
    """A portal with something of everything."""
    portal.settings('[comments]\nprovider = "isso"\nurl = "https://comments.example/"\n')
    portal.write(
        {
            "content/media/hill.png": picture(1600, 1200),
            "content/pages/about.md": "---\ntitle: About\naliases: [/who/]\n---\n\n[x](news:1)\n",
            "content/authors/leila.md": "---\nname: Leila\nimage: hill.png\n---\n\n[x](news:1)\n",
            "content/static/robots.txt": "User-agent: *\n",
        }
    )
    rich = "tags: [Iran, بازار, C++]\nauthors: [leila, Omar]\nseries: Water\nimage: hill.png"
    text = "![x](hill.png) [a](news:2) [b](2.md) [c](../pages/about.md) [d](/about/#top)\n\n"
    text += "{{< related 2 >}}\n\n{{< figure src=hill.png alt=x link=/about/ >}}\n\n"
    text += "{{< youtube dQw4w9WgXcQ >}}"
    portal.stories(story(1, f"{rich}\naliases: [/old/]", body=text))
    for number in range(2, 9):
        portal.stories(story(number, "series: Water\ntags: [Iran]", date=f"2024-01-{number:02}"))
    return portal


@pytest.mark.parametrize("base", ["https://news.example", "https://x.example/daily/"])
def test_every_link_of_every_file_leads_to_a_file_of_the_site(full: Portal, base: str) -> None:
    full.built("--base-url", base)
    prefix = base.rstrip("/")
    files = full.tree()
    for name, data in files.items():
        for address in _addresses(name, data.decode("utf-8", "replace")):
            target = urljoin(f"{prefix}/{name.removesuffix('index.html')}", address)
            parts = urlsplit(target)
            if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(base).netloc:
                assert parts.netloc != "news.example", (name, address)
                continue
            assert f"{target}/".startswith(f"{prefix}/"), (name, address)
            path = unquote(parts.path).removeprefix(urlsplit(prefix).path).strip("/")
            exists = path in files or f"{path}/index.html".lstrip("/") in files
            assert exists, (name, address)


def _addresses(name: str, text: str) -> list[str]:
    if name.endswith(".html"):
        return list(read_html(text).addresses())
    if name.endswith(".xml"):
        feed = ET.fromstring(text)
        inside = [
            address
            for element in feed.iter("{http://purl.org/rss/1.0/modules/content/}encoded")
            for address in read_html(element.text or "").addresses()
        ]
        assert all("://" in address or address.startswith("mailto:") for address in inside)
        return inside + re.findall(r"(?:<link>|<loc>|<comments>|href=\"|url=\")([^<\"]+)", text)
    return re.findall(r"url\(['\"]?([^'\")]+)", text) if name.endswith(".css") else []


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "world/1/story-1/index.html",
        "n/1/index.html",
        "world/index.html",
        "world/page/1/index.html",
        "tags/index.html",
        "tags/iran/index.html",
        "tags/بازار/index.html",
        "tags/c-plus-plus/index.html",
        "authors/index.html",
        "authors/leila/index.html",
        "sources/index.html",
        "sources/the-courier/index.html",
        "series/water/index.html",
        "archive/index.html",
        "archive/2024/index.html",
        "archive/2024/01/index.html",
        "archive/2024/01/20/index.html",
        "feed.xml",
        "world/feed.xml",
        "tags/iran/feed.xml",
        "authors/omar/feed.xml",
        "sources/the-courier/feed.xml",
        "series/water/feed.xml",
        "sitemap.xml",
        "sitemap-news.xml",
        "sitemaps/site.xml",
        "sitemaps/tags.xml",
        "sitemaps/authors.xml",
        "sitemaps/sources.xml",
        "sitemaps/series.xml",
        "sitemaps/2024-01.xml",
        "robots.txt",
        "404.html",
        "about/index.html",
        "who/index.html",
        "media/hill.png",
    ],
)
def test_everything_is_where_the_manual_says(full_tree: dict[str, bytes], path: str) -> None:
    assert path in full_tree


@pytest.fixture(scope="module")
def full_tree(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    portal = Portal(tmp_path_factory.mktemp("full") / "portal")
    portal.write({"site.toml": SITE})
    made = full.__wrapped__(portal)  # type: ignore[attr-defined]
    made.built()
    return dict(made.tree())


def test_the_short_link_leads_to_the_article(portal: Portal) -> None:
    portal.stories(story(1))
    portal.built()
    assert "url=/world/1/story-1/" in portal.text("n/1/index.html")
    portal.stories(story(1, "slug: renamed\nsection: culture"))
    portal.built()
    assert "url=/culture/1/renamed/" in portal.text("n/1/index.html")


def test_a_pattern_for_permalinks_is_followed(portal: Portal) -> None:
    portal.settings("", first='permalink = "/{lang}/{year}/{month}/{day}/{slug}-{news_id}/"')
    portal.stories(story(1, "lang: fa"))
    portal.built()
    assert "fa/2024/01/20/story-1-1/index.html" in portal.tree()


@pytest.mark.parametrize(
    ("switch", "part"),
    [
        ("short_links = false", "n/"),
        ("authors = false", "authors/"),
        ("sources = false", "sources/"),
        ("series = false", "series/"),
        ("archive = false", "archive/"),
        ("feeds = []", "feed.xml"),
    ],
)
def test_a_kind_of_page_can_be_switched_off_with_all_its_links(
    full: Portal, switch: str, part: str
) -> None:
    full.settings(f"[outputs]\n{switch}\n")
    full.built()
    assert [name for name in full.tree() if f"/{part}" in f"/{name}"] == []
    assert not any(f'href="/{part}' in full.text(name) for name in full.says("<html"))


def test_the_archive_leads_from_years_to_days(portal: Portal) -> None:
    portal.stories(story(1, date="2023-12-31"), story(2), story(3, date="2024-01-20T15:00:00Z"))
    portal.built()
    assert {"/archive/2023/", "/archive/2024/"} <= set(portal.page("/archive/").links())
    assert "/archive/2024/01/" in portal.page("/archive/2024/").links()
    assert "/archive/2024/01/20/" in portal.page("/archive/2024/01/").links()
    day = portal.page("/archive/2024/01/20/")
    assert day.headlines() == ["Story 3", "Story 2"]
    assert "/archive/2023/12/31/" in day.links()


def test_the_day_of_a_story_is_that_of_the_portals_time_zone(portal: Portal) -> None:
    portal.settings("", first='timezone = "Asia/Tehran"')
    portal.stories(story(1, date="2024-01-20T22:00:00Z"))
    portal.built()
    assert "archive/2024/01/21/index.html" in portal.tree()


def test_assets_are_named_after_their_bytes(portal: Portal, tmp_path: Path) -> None:
    portal.built()
    [name] = [each for each in portal.tree() if re.search(r"css/broadsheet\.", each)]
    assert re.fullmatch(r"assets/css/broadsheet\.[0-9a-f]{8,}\.css", name)
    portal.write({"templates/assets/css/broadsheet.css": "body { color: red }\n"})
    portal.built()
    [other] = [each for each in portal.tree() if re.search(r"css/broadsheet\.", each)]
    assert other != name
    assert f"/{other}" in portal.text("index.html")


def test_the_sitemaps_name_what_search_engines_may_index(full: Portal) -> None:
    full.stories(story(90, "index: false"))
    full.built()
    found = listed(full)
    assert {f"/{path}" for path in ("", "world/", "about/", "world/1/story-1/")} <= set(found)
    assert not [each for each in found if "/90/" in each or "/n/" in each or "/who/" in each]


def test_static_files_are_copied_as_they_are(portal: Portal) -> None:
    data = bytes(range(256))
    portal.write({"content/static/.well-known/x": data, "content/static/a b/é.bin": data})
    portal.built()
    assert portal.tree()[".well-known/x"] == portal.tree()["a b/é.bin"] == data


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[x](/about/?a=1#b)", "/daily/about/?a=1#b"),
        ("[x](/daily/about/)", "/daily/about/"),
        ("[x](//elsewhere.example/)", "//elsewhere.example/"),
        ("[x](/dailybread/)", "/daily/dailybread/"),
        ("[x](#b)", "#b"),
    ],
)
def test_a_path_in_a_text_is_one_of_this_site(portal: Portal, written: str, shown: str) -> None:
    portal.stories(story(1, body=written))
    portal.built("--base-url", "https://x.example/daily/")
    [text] = portal.page("/world/1/story-1/").all(".//div[@class='text']")
    assert [link.get("href") for link in text.iter("a")] == [shown]
