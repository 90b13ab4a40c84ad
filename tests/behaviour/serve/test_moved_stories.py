"""A headline edit gives a story another URL: the browser goes along, and the author is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.serving import PATIENCE_SECONDS, Serving, SmallPortal, serving

pytestmark = pytest.mark.browser

expect.set_options(timeout=PATIENCE_SECONDS * 1000)
PATH = "content/articles/1.md"
HEADLINES = ("A bridge is opened", "The bridge is open", "Thousands cross the bridge")


def address(headline: str) -> str:
    """The site path of the story with a headline."""
    return f"/local/1/{headline.lower().replace(' ', '-')}/"


def with_headline(portal: SmallPortal, headline: str) -> str:
    """The story's file with its headline, from which its slug is made."""
    lines = portal.article(headline).splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("slug:"))


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with the story under its first headline."""
    portal = SmallPortal(tmp_path)
    portal.save(PATH, with_headline(portal, HEADLINES[0]))
    return portal


@pytest.fixture
def server(portal: SmallPortal) -> Iterator[Serving]:
    """Its server, after the first build."""
    with serving(portal) as running:
        running.built()
        yield running


def test_a_headline_edit_leads_the_browser_along(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    tab.goto(server.url + address(HEADLINES[0]))
    for before, now in pairwise(HEADLINES):
        portal.save(PATH, with_headline(portal, now))
        expect(tab.locator("h1")).to_have_text(now)
        tab.wait_for_url(f"**{address(now)}")
        server.line(rf"moved from {address(before)} to {address(now)}, .*\[moved_url\]")


def test_an_old_address_leads_to_the_newest(portal: SmallPortal, server: Serving) -> None:
    for now in HEADLINES[1:]:
        portal.save(PATH, with_headline(portal, now))
        server.line(rf"moved from .* to {address(now)}")
        server.built()
    status, headers, _ = server.get(address(HEADLINES[0]))
    assert (status, headers["location"]) == (302, address(HEADLINES[-1]))


def test_a_story_that_goes_back_is_at_its_first_address_again(
    portal: SmallPortal, server: Serving
) -> None:
    portal.save(PATH, with_headline(portal, HEADLINES[1]))
    server.line("moved from")
    server.built()
    portal.save(PATH, with_headline(portal, HEADLINES[0]))
    server.built()
    assert server.get(address(HEADLINES[0]))[0] == 200
    status, headers, _ = server.get(address(HEADLINES[1]))
    assert (status, headers.get("location")) == (302, address(HEADLINES[0]))
