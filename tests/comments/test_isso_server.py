"""The Isso widget against Isso's own server, in a real browser under a strict policy."""

from __future__ import annotations

import mimetypes
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from generator.model.site import Comments
from generator.render.comments import csp_sources
from generator.render.theme import default_theme
from tests.support.comments import make_card, make_comments, make_site, render_widget, with_settings

pytestmark = pytest.mark.browser

POLICY = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "connect-src": ("'self'",),
    "img-src": ("'self'",),
}
COUNT_VIOLATIONS = """
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) =>
        violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


class Newsroom:
    """A portal on loopback: pages that may be published anew, and the theme's assets."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.policy = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Reply, self))
        self.site = make_site(f"http://127.0.0.1:{self._server.server_port}")

    def publish(self, comments: Comments, *, title: str, slug: str) -> str:
        """The article with News ID 7519 under this title and slug alone; its URL."""
        card = make_card(self.site, title=title, slug=slug)
        widget = render_widget(comments, card, self.site)
        head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>"
        self.pages = {card.href: f"{head}<h1>{title}</h1>{widget}"}
        allowed = dict(POLICY)
        for name, sources in csp_sources(comments).items():
            allowed[name] = (*allowed.get(name, ()), *sources)
        self.policy = "; ".join(f"{name} {' '.join(words)}" for name, words in allowed.items())
        return card.url

    @contextmanager
    def open(self) -> Iterator[Newsroom]:
        thread = Thread(target=self._server.serve_forever)
        thread.start()
        yield self
        self._server.shutdown()
        thread.join()
        self._server.server_close()


class _Reply(BaseHTTPRequestHandler):
    def __init__(self, newsroom: Newsroom, *connection: object) -> None:
        self._newsroom = newsroom
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        asset = default_theme() / self.path.removeprefix("/")
        if self.path in self._newsroom.pages:
            self._send("text/html", self._newsroom.pages[self.path].encode())
        elif self.path.startswith("/assets/") and asset.is_file():
            self._send(mimetypes.guess_type(asset.name)[0] or "", asset.read_bytes())
        else:
            self.send_error(404)

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self._newsroom.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output to the test."""


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom().open() as newsroom:
        yield newsroom


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
