"""A portal on loopback whose one article can be published anew, under a strict policy."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from generator.model.site import Comments
from generator.render.comments import csp_sources
from generator.theme.theme import default_theme
from tests.support.comments import make_card, make_site, render_widget

POLICY = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "connect-src": ("'self'",),
    "img-src": ("'self'",),
}


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
