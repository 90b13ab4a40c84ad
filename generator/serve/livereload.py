"""The server side of livereload: makes open pages reload, or load their style sheets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from generator.serve.address import Address
from generator.serve.early_styles import newest
from generator.serve.handlers import SitePages
from generator.serve.origin_check import ForeignOrigin, Refusal
from generator.serve.styles import digest_without_styles, style_addresses
from generator.serve.version import Version

# Any page: browsers replace a style sheet or a picture in place, but here their addresses change
# with their bytes.
_ANY_PAGE = "index.html"
# What `assets/styles.js` waits for; a browser without it reloads the page.
_STYLES = "broadsheet-styles"


class ReloadSocket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """An open page of a browser, with the numbers of its version and a digest of its bytes.

    A page that was sent before a build ended, and connects after it, is reloaded at once.
    """

    live_css = False
    # Never started, so it polls nothing: livereload needs a name to log.
    watcher = Watcher()

    def initialize(self, version: Version) -> None:
        self._version = version

    def open(self, number: str, styles: str | None, digest: str | None) -> None:
        self._number, self._styles = int(number), int(styles or 0)
        self._digest = digest or ""
        self._address = ""

    def on_message(self, message: str) -> None:
        super().on_message(message)
        if self in self.waiters:
            self._address = str(json.loads(message).get("url", self._address))
            self.catch_up()

    def catch_up(self) -> None:
        """Make the browser show the version that there is now."""
        version = self._version
        if self._number != version.number:
            self._reload()
        elif self._styles != version.styles:
            self._reload_styles()
        self._number, self._styles = version.number, version.styles

    def send_message(self, message: dict[str, Any]) -> None:
        """Send a message, unless the page is gone, which is no error."""
        with suppress(WebSocketClosedError):
            asyncio.ensure_future(self.write_message(message)).add_done_callback(_retrieve)

    def _reload(self) -> None:
        self.send_message({"command": "reload", "path": _ANY_PAGE, "liveCSS": False})

    def _reload_styles(self) -> None:
        """Replace the style sheets of a page that is the same apart from them."""
        page = self._page()
        if digest_without_styles(page) != self._digest:
            self._reload()
            return
        early = self._version.early
        addresses = [newest(address, early) for address in style_addresses(page)]
        command = {"command": "reload", "path": _STYLES, "originalPath": json.dumps(addresses)}
        self.send_message(command | {"liveCSS": False})

    def _page(self) -> bytes:
        """Return the page that is there now; a build may remove it at any moment."""
        file = self._version.file_at(self._address)
        try:
            return file.read_bytes() if file else b""
        except OSError:
            return b""


class ReloadServer:
    """Serves a version of the site at an address, and updates open pages."""

    def __init__(self, version: Version, address: Address, panel: Iterable[Any] = ()) -> None:
        """`panel` are the rules for requests of the preview panel."""
        application = Application(
            [
                (ForeignOrigin(address), Refusal),
                (r"/(\d+)(?:/(\d+)/([0-9a-f]+))?/livereload", ReloadSocket, {"version": version}),
                (r"/livereload\.js", LiveReloadJSHandler),
                *panel,
                (r"/(.*)", SitePages, {"version": version}),
            ],
            log_function=_unlogged,
        )
        self._server = HTTPServer(application)
        self._server.add_socket(address.socket)

    def update(self) -> None:
        """Make every open page show the version that there is now."""
        waiters: Iterable[Any] = list(ReloadSocket.waiters)
        for waiter in waiters:
            waiter.catch_up()

    async def close(self) -> None:
        """Free the port and close all connections."""
        self._server.stop()
        waiters: Iterable[Any] = list(ReloadSocket.waiters)
        for waiter in waiters:
            waiter.close()
        await self._server.close_all_connections()


def _retrieve(sent: asyncio.Future[None]) -> None:
    """Take the error of a page that went while it was sent a message, which would be logged."""
    if not sent.cancelled():
        sent.exception()


def _unlogged(_: RequestHandler) -> None:
    """Log no requests: the terminal is for errors that the author has to fix."""
