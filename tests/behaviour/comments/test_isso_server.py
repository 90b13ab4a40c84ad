"""The Isso widget against Isso's own server, in a real browser under a strict policy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.comments import make_comments, with_settings
from tests.support.newsroom import Newsroom

pytestmark = pytest.mark.browser

COUNT_VIOLATIONS = """
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) =>
        violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture
def isso(newsroom: Newsroom, tmp_path: Path) -> Iterator[str]:
    """The URL of an Isso server with an empty database, which serves the newsroom alone.

    It is given a socket that listens already, as Werkzeug gives one to a server that it restarts:
    so no port is guessed, and whoever connects before it is ready waits in line.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = tmp_path / "isso.cfg"
        config.write_text(
            f"[general]\ndbpath = {tmp_path / 'comments.db'}\nhost = {newsroom.site.base_url}/\n"
            f"[server]\nlisten = {url}/\n[guard]\nenabled = false\n"
        )
        descriptor = listening.fileno()
        inherited = {"WERKZEUG_RUN_MAIN": "true", "WERKZEUG_SERVER_FD": str(descriptor)}
        server = subprocess.Popen(
            [sys.executable, "-c", "import isso; isso.main()", "-c", str(config)],
            pass_fds=[descriptor],
            env=os.environ | inherited,
        )
    with server:
        yield url
        server.terminate()


def write_comment(tab: Page, author: str, text: str) -> None:
    box = tab.locator("#isso-thread .isso-postbox").first
    box.locator(".isso-textarea").fill(text)
    box.locator("input[name=author]").fill(author)
    box.locator(".isso-post-action input[type=submit]").click()


def test_comment_stays_with_the_story_when_its_title_and_url_change(
    newsroom: Newsroom, isso: str, tab: Page
) -> None:
    publish = partial(newsroom.publish, with_settings(make_comments("isso"), url=isso))
    tab.add_init_script(COUNT_VIOLATIONS)

    tab.goto(publish(title="The harbour opens", slug="the-harbour-opens"))
    write_comment(tab, "Reader", "I saw the first ship come in.")
    shown = tab.locator("#isso-root .isso-comment")
    expect(shown.locator(".isso-text")).to_have_text("I saw the first ship come in.")
    expect(shown.locator(".isso-author")).to_have_text("Reader")

    old = tab.url
    new = publish(title="Harbour opens after a year", slug="harbour-opens-after-a-year")
    assert new != old
    tab.goto(new)
    expect(shown.locator(".isso-text")).to_have_text("I saw the first ship come in.")
    assert tab.evaluate("violations") == []


def test_widget_that_waits_for_a_click_asks_the_server_nothing_before(
    newsroom: Newsroom, isso: str, tab: Page
) -> None:
    comments = with_settings(make_comments("isso"), url=isso, load="click")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))

    tab.goto(newsroom.publish(comments, title="A", slug="a"))
    button = tab.get_by_role("button", name="comments_load Isso")
    expect(button).to_be_visible()
    assert [url for url in asked if url.startswith(isso)] == []

    button.click()
    expect(tab.locator("#isso-thread .isso-textarea").first).to_be_visible()
    expect(button).to_have_count(0)
    assert f"{isso}/js/embed.min.js" in asked


def test_widget_far_below_loads_when_the_reader_comes_near(
    newsroom: Newsroom, isso: str, tab: Page
) -> None:
    comments = with_settings(make_comments("isso"), url=isso)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    url = newsroom.publish(comments, title="A", slug="a")
    path = url.removeprefix(newsroom.site.base_url)
    long_story = "<br>" * 400
    newsroom.pages[path] = newsroom.pages[path].replace("</h1>", f"</h1>{long_story}")

    tab.goto(url)
    assert [url for url in asked if url.startswith(isso)] == []
    with tab.expect_request(f"{isso}/js/embed.min.js"):
        tab.locator(".comments-widget").scroll_into_view_if_needed()
    expect(tab.locator("#isso-thread .isso-textarea").first).to_be_visible()
