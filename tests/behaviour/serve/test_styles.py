"""Edits of style sheets, which an open page shows without loading again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.portal import Portal, story
from tests.support.serving import PATIENCE_SECONDS, Serving, SmallPortal, serving

pytestmark = pytest.mark.browser

expect.set_options(timeout=PATIENCE_SECONDS * 1000)
STORY = "/local/1/story/"
SHEET = "templates/assets/css/broadsheet.css"
STYLE = "h1 {{ color: rgb({0}, {0}, {0}); }} body {{ min-height: 5000px; }}"
OWN = "p {{ color: rgb({0}, {0}, {0}); }}"
HEAD = """\
{% extends "!base.html" %}
{% block head_end %}<link rel="stylesheet" href="/own.css">{% endblock %}
"""


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with a story, and two style sheets: one of its theme, and one beside it."""
    portal = SmallPortal(tmp_path)
    portal.publish("A bridge is opened")
    portal.save(SHEET, STYLE.format(1))
    portal.save("content/static/own.css", OWN.format(1))
    portal.save("templates/base.html", HEAD)
    return portal


@pytest.fixture
def server(portal: SmallPortal) -> Iterator[Serving]:
    """Its server, after the first build."""
    with serving(portal) as running:
        running.built()
        yield running


def colour(number: int) -> str:
    return f"rgb({number}, {number}, {number})"


def begin(tab: Page, url: str) -> None:
    """Open a page, and leave in it what would be lost if it was loaded again."""
    tab.goto(url)
    expect(tab.get_by_role("heading", level=1)).to_have_css("color", colour(1))
    expect(tab.get_by_role("button", name="Preview")).to_be_visible()
    tab.evaluate("window.kept = 'kept'; window.scrollTo(0, 1234)")


def kept(tab: Page) -> list[object]:
    """What was left in the page, and how far it is scrolled."""
    found: list[object] = tab.evaluate("[window.kept, window.scrollY]")
    return found


def test_a_style_sheet_of_the_theme_is_exchanged_in_the_open_page(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    begin(tab, server.url + STORY)
    for number in (2, 3):
        portal.save(SHEET, STYLE.format(number))
        expect(tab.get_by_role("heading", level=1)).to_have_css("color", colour(number))
        expect(tab.locator("link[href*='/assets/css/broadsheet.']")).to_have_count(1)
    assert kept(tab) == ["kept", 1234]
    tab.reload()
    expect(tab.get_by_role("heading", level=1)).to_have_css("color", colour(3))


def test_many_edits_in_a_row_end_with_the_last(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    begin(tab, server.url + STORY)
    for number in range(2, 60):
        portal.save(SHEET, STYLE.format(number))
    expect(tab.get_by_role("heading", level=1)).to_have_css("color", colour(59))
    expect(tab.locator("link[href*='/assets/css/broadsheet.']")).to_have_count(1)
    assert kept(tab) == ["kept", 1234]
    assert not [line for line in server.seen if "error" in line]


def test_a_style_sheet_is_exchanged_before_the_build_has_rendered_all_pages(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    begin(tab, server.url + STORY)
    headline = tab.get_by_role("heading", level=1)
    with server.builds_held():
        for number in (2, 1, 3):
            portal.save(SHEET, STYLE.format(number))
            expect(headline).to_have_css("color", colour(number))
    server.built()
    assert kept(tab) == ["kept", 1234]
    portal.publish("A bridge is closed")
    expect(headline).to_have_text("A bridge is closed")
    expect(headline).to_have_css("color", colour(3))


def test_a_style_sheet_beside_the_theme_is_exchanged_too(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    begin(tab, server.url + STORY)
    for number in (2, 3):
        portal.save("content/static/own.css", OWN.format(number))
        expect(tab.locator("main p").last).to_have_css("color", colour(number))
        expect(tab.locator("link[href*='/own.css']")).to_have_count(1)
    assert kept(tab) == ["kept", 1234]


def test_a_text_still_loads_the_page_again_after_a_style_sheet(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    begin(tab, server.url + STORY)
    portal.save(SHEET, STYLE.format(2))
    headline = tab.get_by_role("heading", level=1)
    expect(headline).to_have_css("color", colour(2))
    portal.publish("A bridge is closed")
    expect(headline).to_have_text("A bridge is closed")
    expect(headline).to_have_css("color", colour(2))
    assert kept(tab)[0] is None


def test_an_edit_of_a_style_sheet_gives_what_a_clean_build_gives(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    portal.settings("")
    portal.stories(story(1), story(2))
    portal.write({SHEET: STYLE.format(1)})
    portal.built()
    portal.write({SHEET: STYLE.format(2)})
    portal.built()
    edited = portal.tree()
    portal.built("--clean")
    assert portal.tree() == edited
