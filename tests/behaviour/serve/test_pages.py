"""What the server answers to a browser, and to those who ask for what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import Serving, SmallPortal, serving

STORY = "/local/1/story/"
SECRET = "base_url"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server whose site nobody changes."""
    portal = SmallPortal(tmp_path_factory.mktemp("portal"))
    portal.publish("A bridge is opened")
    portal.save("content/static/film.mp4", "0123456789")
    portal.save("content/static/bare.html", "<title>Bare</title><p>A page without a head tag")
    with serving(portal) as running:
        running.built()
        yield running


def test_a_folder_is_answered_with_its_index(server: Serving) -> None:
    status, headers, text = server.get(STORY)
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "A bridge is opened" in text


def test_a_folder_without_its_slash_leads_to_the_one_with_it(server: Serving) -> None:
    status, headers, _ = server.get(STORY.rstrip("/"))
    assert status == 301
    assert headers["location"] == STORY


def test_what_is_not_there_is_answered_with_the_portals_own_404_page(server: Serving) -> None:
    status, headers, text = server.get("/no/such/page/")
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "The Courier" in text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/local/feed.xml", "application/xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/film.mp4", "video/mp4"),
    ],
)
def test_each_file_has_its_type(server: Serving, path: str, kind: str) -> None:
    status, headers, _ = server.get(path)
    assert (status, headers["content-type"]) == (200, kind)


@pytest.mark.parametrize("path", ["/", STORY, "/feed.xml", "/no/such/page/"])
def test_browsers_are_told_to_keep_nothing(server: Serving, path: str) -> None:
    assert server.get(path)[1]["cache-control"] == "no-store"


def test_a_part_of_a_film_can_be_asked_for(server: Serving) -> None:
    status, headers, text = server.get("/film.mp4", Range="bytes=2-4")
    assert (status, text) == (206, "234")
    assert headers["content-range"] == "bytes 2-4/10"


@pytest.mark.parametrize("path", ["/", STORY, "/no/such/page/", "/bare.html"])
def test_every_page_is_sent_with_the_script_that_reloads_it(server: Serving, path: str) -> None:
    assert f'<script src="/livereload.js?port={server.port}/' in server.get(path)[2]


def test_links_in_pages_and_feeds_lead_to_the_server(server: Serving) -> None:
    for path in (STORY, "/feed.xml"):
        text = server.get(path)[2]
        assert f"{server.url}{STORY}" in text
        assert "news.example" not in text.replace("tag:news.example", "")


@pytest.mark.parametrize(
    "path",
    [
        "/../../../site.toml",
        "/local/../../../../site.toml",
        "/%2e%2e/%2e%2e/%2e%2e/site.toml",
        "/..%2f..%2f..%2fsite.toml",
        "/..%5c..%5c..%5csite.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/film.mp4/../../index.sqlite",
        "/a%00b",
        "/%ff",
        "/" + "long" * 2000,
    ],
)
def test_nothing_outside_the_site_is_ever_sent(server: Serving, path: str) -> None:
    status, _, text = server.get(path)
    assert status in (400, 403, 404)
    assert SECRET not in text
    assert "root:" not in text


def test_a_site_below_a_path_is_served_below_it(tmp_path: Path) -> None:
    portal = SmallPortal(tmp_path)
    portal.configure("/daily")
    portal.publish("A bridge is opened")
    with serving(portal) as server:
        server.built()
        assert server.get("/")[1]["location"] == "/daily/"
        assert server.get("/daily")[1]["location"] == "/daily/"
        assert "A bridge is opened" in server.get(f"/daily{STORY}")[2]
        assert server.get(STORY)[0] == 404
        assert server.get("/dailynews/")[0] == 404
