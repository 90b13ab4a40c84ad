"""What a browser gets before the first build of a large portal has ended."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from generator.serve.excerpt_choice import SMALL
from tests.support.fixtures import picture
from tests.support.gate import HELD, Gate
from tests.support.portal import Portal
from tests.support.serving import PATIENCE_SECONDS, Serving, SmallPortal, serving, start

expect.set_options(timeout=PATIENCE_SECONDS * 1000)

NEWEST = SMALL + 10
EXCERPTED = "^the newest stories can be read; the whole portal is being built"
NOTICE = "broadsheet-excerpt"


def address(news_id: int) -> str:
    """The path of an article's page."""
    return f"/local/{news_id}/story/"


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A large portal; its oldest article is the one that can be held."""
    portal = SmallPortal(tmp_path / "portal")
    portal.publish(HELD)
    for news_id in range(2, NEWEST + 1):
        portal.publish(f"Bridge number {news_id}", news_id=news_id)
    return portal


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """Holds the build of the whole portal, but not of its newest articles."""
    with closing(Gate(tmp_path / "gate")) as gate:
        yield gate


@contextmanager
def excerpted(portal: SmallPortal, gate: Gate, *options: str) -> Iterator[Serving]:
    """The server while it shows an excerpt, and the build of the whole portal is held."""
    with serving(portal, *options, env=gate.environment) as server:
        server.line(EXCERPTED)
        yield server


def state(portal: SmallPortal, port: int) -> Path:
    """Where a server keeps its site and its state."""
    return portal.root / f".broadsheet/serve-{port}"


def test_the_newest_stories_can_be_read_before_the_rest_is_built(
    portal: SmallPortal, gate: Gate
) -> None:
    with excerpted(portal, gate) as server:
        for path in ("/", address(NEWEST), "/local/"):
            status, _, page = server.get(path)
            assert (status, NOTICE in page) == (200, True)
            assert f"Bridge number {NEWEST}" in page
        gate.open()
        server.built()
        for path in ("/", address(NEWEST), address(1)):
            status, _, page = server.get(path)
            assert (status, NOTICE in page) == (200, False)


def test_the_whole_site_is_that_of_a_clean_build(
    portal: SmallPortal, gate: Gate, tmp_path: Path
) -> None:
    with excerpted(portal, gate) as server:
        assert server.get(address(7))[0] == 503
        portal.publish("A bridge is closed", news_id=NEWEST)
        gate.open()
        server.built()
        server.page_with("A bridge is closed", address(NEWEST))
        site, url = state(portal, server.port) / "site", server.url
    clean = tmp_path / "clean"
    Portal(portal.root).built("--base-url", url, "--output", str(clean))
    assert files(site) == files(clean)


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of each file in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.browser
@pytest.mark.parametrize("base_path", ["", "/daily"])
def test_an_old_page_that_is_asked_for_is_built_before_the_rest(
    portal: SmallPortal, gate: Gate, tab: Page, base_path: str
) -> None:
    portal.configure(base_path)
    with excerpted(portal, gate) as server:
        tab.goto(server.url + base_path + address(7))
        expect(tab.get_by_role("heading", level=1)).to_have_text("Bridge number 7")
        expect(tab.get_by_role("status")).to_contain_text("still being built")
        gate.open()
        expect(tab.get_by_role("status")).to_have_count(0)
        expect(tab.get_by_role("heading", level=1)).to_have_text("Bridge number 7")


@pytest.mark.browser
def test_a_page_that_does_not_exist_is_known_to_be_missing_only_in_the_end(
    portal: SmallPortal, gate: Gate, tab: Page
) -> None:
    with excerpted(portal, gate) as server:
        tab.goto(f"{server.url}/no/such/page/")
        expect(tab.get_by_role("heading", level=1)).to_have_text("The portal is being built")
        gate.open()
        expect(tab.get_by_text("The Courier").first).to_be_visible()
        assert server.get("/no/such/page/")[0] == 404


@pytest.mark.browser
@pytest.mark.parametrize("news_id", [7, NEWEST, NEWEST + 1])
def test_a_save_meanwhile_is_shown_at_once_and_stays(
    portal: SmallPortal, gate: Gate, tab: Page, news_id: int
) -> None:
    with excerpted(portal, gate) as server:
        tab.goto(server.url + address(news_id))
        headline = tab.get_by_role("heading", level=1)
        expect(headline).to_have_text(
            "The portal is being built" if news_id > NEWEST else f"Bridge number {news_id}"
        )
        portal.publish("A bridge is closed", news_id=news_id)
        expect(headline).to_have_text("A bridge is closed")
        expect(tab.get_by_role("status")).to_be_visible()
        gate.open()
        expect(tab.get_by_role("status")).to_have_count(0)
        server.page_with("A bridge is closed", address(news_id))


@pytest.mark.browser
def test_the_panel_knows_the_excerpt_and_changes_its_view(
    portal: SmallPortal, gate: Gate, tab: Page
) -> None:
    portal.publish("A rumour", news_id=NEWEST, more="draft: true")
    with excerpted(portal, gate) as server:
        file = f"content/articles/{NEWEST - 1}.md"
        assert file in server.get(f"/_broadsheet/page?path={address(NEWEST - 1)}")[2]
        tab.goto(server.url + address(NEWEST))
        headline = tab.get_by_role("heading", level=1)
        expect(headline).to_have_text("The portal is being built")
        tab.request.post(f"{server.url}/_broadsheet/view", data={"drafts": True})
        # The panel marks it as a draft.
        expect(headline).to_contain_text("A rumour")
        expect(tab.get_by_role("status")).to_be_visible()


def test_what_the_newest_stories_seek_in_the_rest_is_no_error(
    portal: SmallPortal, gate: Gate
) -> None:
    text = portal.article("A bridge is opened", NEWEST, "related: [2]")
    links = "[a story](news:2), [another](3.md), [a third]({{< ref 4 >}}), ![a hill](5/hill.png)\n"
    portal.save("content/articles/5/hill.png", "")
    (portal.root / "content/articles/5/hill.png").write_bytes(picture())
    portal.save(f"content/articles/{NEWEST}.md", f"{text}\n{links}")
    with excerpted(portal, gate) as server:
        status, _, page = server.get(address(NEWEST))
        assert (status, NOTICE in page) == (200, True)
        assert "a story" in page
        assert "/media/articles/5/hill.png" in page
        with urlopen(f"{server.url}/media/articles/5/hill.png") as answer:
            assert answer.read() == picture()
        gate.open()
        server.built()
        assert not [line for line in server.seen if "error" in line]
        assert address(2) in server.get(address(NEWEST))[2]


def test_errors_are_reported_once_and_when_the_whole_portal_was_read(
    portal: SmallPortal, gate: Gate
) -> None:
    portal.publish("A bridge", news_id=NEWEST, more="sorce: Reuters")
    portal.publish("A bridge", news_id=2, more="sorce: Reuters")
    with excerpted(portal, gate) as server:
        assert not [line for line in server.seen if "error" in line]
        assert f"Bridge number {NEWEST - 1}" in server.get("/")[2]
        gate.open()
        server.line(r"^content/articles/2\.md:6:1: error: unknown key 'sorce'")
        server.line(rf"^content/articles/{NEWEST}\.md:6:1: error: unknown key 'sorce'")
        server.line("^2 errors: there is no site to serve yet")
        status, _, page = server.get("/")
        assert (status, NOTICE in page) == (503, False)
        assert f"content/articles/{NEWEST}.md:6" in page
        portal.publish("A bridge is opened", news_id=2)
        portal.publish("A bridge is opened", news_id=NEWEST)
        server.line("^fixed: ")
        assert "A bridge is opened" in server.get(address(NEWEST))[2]


def test_a_theme_that_can_not_be_rendered_shows_its_error_and_no_excerpt(
    portal: SmallPortal,
) -> None:
    portal.save("templates/base.html", "{{ site.titel }}")
    with serving(portal) as server:
        server.line("templates/base.html:1.*titel")
        server.line("there is no site to serve yet")
        assert not [line for line in server.seen if "newest" in line]
        assert "titel" in server.get("/")[2]


@pytest.mark.parametrize("count", [0, 3])
def test_a_small_portal_has_no_excerpt(tmp_path: Path, count: int) -> None:
    portal = SmallPortal(tmp_path)
    for news_id in range(1, count + 1):
        portal.publish("A bridge is opened", news_id=news_id)
    with serving(portal) as server:
        server.built()
        assert server.get("/")[0] == 200
        assert [line for line in server.seen if "newest" in line] == []


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        (signal.SIGINT, "begun"),
        (signal.SIGINT, "excerpted"),
        (signal.SIGTERM, "excerpted"),
        (signal.SIGINT, "asked"),
        (signal.SIGINT, "whole"),
    ],
)
def test_it_ends_cleanly_and_leaves_no_excerpt(
    portal: SmallPortal, gate: Gate, number: signal.Signals, moment: str
) -> None:
    environment = gate.environment
    server = Serving(start("--root", str(portal.root), "--port", "0", env=environment))
    if moment != "begun":
        server.line(EXCERPTED)
    if moment == "asked":
        server.get(address(7))
    if moment == "whole":
        gate.open()
        server.built()
    assert server.end(number) == 0
    assert server.seen[-1] == "stopped\n"
    assert "Traceback" not in "".join(server.seen)
    assert not (state(portal, server.port) / "excerpt").exists()


def test_what_a_killed_server_left_is_removed_by_the_next(portal: SmallPortal, gate: Gate) -> None:
    server = Serving(start("--root", str(portal.root), "--port", "0", env=gate.environment))
    server.line(EXCERPTED)
    server.end(signal.SIGKILL)
    excerpt = state(portal, server.port) / "excerpt"
    assert excerpt.is_dir()
    with serving(portal, "--port", str(server.port)) as again:
        again.built()
    assert not excerpt.exists()


@pytest.fixture
def left(tmp_path: Path) -> tuple[SmallPortal, int]:
    """A portal with one article, and the port at which it was served."""
    portal = SmallPortal(tmp_path / "portal")
    portal.publish("A bridge is opened")
    with serving(portal) as server:
        server.built()
    return portal, server.port


def test_the_next_start_shows_the_last_site_at_once(
    left: tuple[SmallPortal, int], gate: Gate
) -> None:
    portal, port = left
    portal.publish(HELD)
    with serving(portal, "--port", str(port), env=gate.environment) as server:
        status, _, page = server.get(address(1))
        assert (status, NOTICE in page) == (200, False)
        assert "A bridge is opened" in page
        gate.open()
        server.built()
        assert HELD in server.get(address(1))[2]


def test_the_last_site_stays_when_the_next_start_finds_errors(
    left: tuple[SmallPortal, int],
) -> None:
    portal, port = left
    portal.publish("A bridge is closed", more="sorce: Reuters")
    with serving(portal, "--port", str(port)) as server:
        server.line("^1 error: the last good version stays")
        status, _, page = server.get(address(1))
        assert status == 200
        assert "A bridge is opened" in page
        assert "unknown key" in page


@pytest.mark.parametrize("options", [("--drafts",), ("--now", "2024-02-01T12:00:00Z")])
def test_a_site_with_other_drafts_or_of_another_moment_is_not_shown(
    left: tuple[SmallPortal, int], gate: Gate, options: tuple[str, ...]
) -> None:
    portal, port = left
    portal.publish(HELD)
    with serving(portal, "--port", str(port), *options, env=gate.environment) as server:
        assert server.get("/")[0] == 503
        gate.open()
        server.built()
        assert server.get("/")[0] == 200


def test_a_site_that_came_from_elsewhere_is_not_shown(
    left: tuple[SmallPortal, int], gate: Gate
) -> None:
    portal, port = left
    portal.publish(HELD)
    site = state(portal, port) / "site"
    site.rename(site.with_name("other"))
    site.mkdir()
    (site / "index.html").write_text("<p>Foreign words", "utf-8")
    with serving(portal, "--port", str(port), env=gate.environment) as server:
        status, _, page = server.get("/")
        assert (status, "Foreign" in page) == (503, False)
        gate.open()
        server.built()
        assert "Foreign" not in server.get("/")[2]
