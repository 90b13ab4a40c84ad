"""Short links and aliases as readers follow them, in a browser under the theme's policy."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.hosting import hosted
from tests.support.pages import read_html
from tests.support.portal import Portal, story


@pytest.fixture
def moved(portal: Portal) -> Portal:
    """A portal whose story has a short link, an old URL, and comments."""
    portal.settings('[comments]\nprovider = "isso"\nurl = "https://comments.example/"\n')
    text = "Some.\n\n" + "A paragraph.\n\n" * 60 + "## The talks\n\n" + "More.\n\n" * 60
    portal.stories(story(1, "aliases: [/old/name/]", body=text))
    return portal


@pytest.mark.browser
@pytest.mark.parametrize("below", ["", "/daily"])
@pytest.mark.parametrize("path", ["/n/1/", "/old/name/"])
def test_a_redirect_keeps_the_fragment_and_leaves_no_step_back(
    moved: Portal, tab: Page, path: str, below: str
) -> None:
    with hosted(moved, below) as url:
        tab.goto(f"{url}/world/")
        tab.evaluate("address => { location.href = address }", f"{url}{path}#the-talks")
        tab.wait_for_url(f"{url}/world/1/story-1/#the-talks")
        expect(tab.locator("#the-talks")).to_be_in_viewport()
        tab.go_back()
        tab.wait_for_url(f"{url}/world/")


@pytest.mark.browser
def test_without_a_fragment_a_redirect_leads_to_the_story(moved: Portal, tab: Page) -> None:
    with hosted(moved) as url:
        tab.goto(f"{url}/n/1/")
        tab.wait_for_url(f"{url}/world/1/story-1/")


@pytest.mark.browser
def test_without_scripts_a_redirect_leads_to_the_story(moved: Portal, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    with hosted(moved) as url:
        tab = context.new_page()
        tab.goto(f"{url}/n/1/#the-talks")
        tab.wait_for_url(re.compile(f"^{url}/world/1/story-1/"))
        context.close()


@pytest.mark.browser
def test_the_comments_link_of_a_feed_ends_at_the_comments(moved: Portal, tab: Page) -> None:
    with hosted(moved, "/daily") as url:
        feed = ET.fromstring(moved.text("feed.xml"))
        tab.goto(feed.findtext("channel/item/comments", ""))
        tab.wait_for_url(f"{url}/world/1/story-1/#bs-comments")
        expect(tab.locator("#bs-comments")).to_be_in_viewport()


def test_a_redirect_page_names_the_story_for_readers_and_machines(moved: Portal) -> None:
    moved.built()
    page = read_html(moved.text("n/1/index.html"))
    target = "/world/1/story-1/"
    assert page.links() == [target]
    assert page.only(".//link[@rel='canonical']").get("href") == f"https://news.example{target}"
    assert page.only(".//head/noscript/meta").get("content") == f"0; url={target}"
    assert page.meta("robots") == "noindex,follow"
