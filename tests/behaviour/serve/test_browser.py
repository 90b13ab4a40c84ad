"""The browser beside the editor: pages load again by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.serving import PATIENCE_SECONDS, SmallPortal, serving

pytestmark = pytest.mark.browser

expect.set_options(timeout=PATIENCE_SECONDS * 1000)
STORY = "/local/1/story/"
STRICT = """\
{% extends "!base.html" %}
{% block meta %}
<meta http-equiv="Content-Security-Policy"
    content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">
{{ super() }}
{% endblock %}
"""


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with one article."""
    portal = SmallPortal(tmp_path)
    portal.publish("A bridge is opened")
    return portal


def test_a_saved_headline_appears_by_itself(portal: SmallPortal, tab: Page) -> None:
    with serving(portal) as server:
        server.built()
        tab.goto(server.url + STORY)
        headline = tab.get_by_role("heading", level=1)
        expect(headline).to_have_text("A bridge is opened")
        portal.publish("A bridge is closed")
        expect(headline).to_have_text("A bridge is closed")
        portal.publish("A bridge is gone")
        expect(headline).to_have_text("A bridge is gone")


def test_a_broken_save_is_shown_over_the_old_page_until_it_is_fixed(
    portal: SmallPortal, tab: Page
) -> None:
    with serving(portal) as server:
        server.built()
        tab.goto(server.url + STORY)
        headline = tab.get_by_role("heading", level=1)
        errors = tab.get_by_role("alert")
        portal.publish("A bridge is closed", more="sorce: Reuters")
        server.line("error: unknown key 'sorce'")
        expect(errors).to_contain_text("unknown key 'sorce'")
        expect(headline).to_have_text("A bridge is opened")
        portal.publish("A bridge is closed")
        server.line("^fixed: ")
        expect(headline).to_have_text("A bridge is closed")
        expect(errors).to_have_count(0)


def test_a_portal_that_can_not_be_built_shows_why_and_then_itself(
    portal: SmallPortal, tab: Page
) -> None:
    portal.publish("A bridge is opened", more="sorce: Reuters")
    with serving(portal) as server:
        server.line("^1 error")
        tab.goto(server.url + STORY)
        expect(tab.get_by_role("listitem")).to_contain_text("unknown key 'sorce'")
        portal.publish("A bridge is opened")
        expect(tab.get_by_role("heading", level=1)).to_have_text("A bridge is opened")


def test_a_page_that_is_opened_before_the_first_build_ends_is_replaced_by_it(
    portal: SmallPortal, tab: Page
) -> None:
    with serving(portal) as server:
        tab.goto(server.url + STORY)
        expect(tab.get_by_role("heading", level=1)).to_have_text("A bridge is opened")


def test_pages_reload_under_a_strict_content_security_policy(
    portal: SmallPortal, tab: Page
) -> None:
    portal.save("templates/base.html", STRICT)
    with serving(portal) as server:
        server.built()
        tab.goto(server.url + STORY)
        portal.publish("A bridge is closed")
        expect(tab.get_by_role("heading", level=1)).to_have_text("A bridge is closed")


def test_a_draft_is_in_the_browser_only_when_asked_for(portal: SmallPortal, tab: Page) -> None:
    portal.publish("A rumour", news_id=2, more="draft: true")
    for options, count in (((), 0), (("--drafts",), 1)):
        with serving(portal, *options) as server:
            server.built()
            tab.goto(f"{server.url}/local/")
            expect(tab.get_by_role("link", name="A rumour")).to_have_count(count)
