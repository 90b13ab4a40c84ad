"""The server side of livereload: makes open pages reload."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from generator.serve.address import Address
from generator.serve.handlers import SitePages
from generator.serve.origin_check import ForeignOrigin, Refusal
from generator.serve.version import Version

# Any page: browsers replace a style sheet or a picture in place, but here their addresses change
# with their bytes.
_ANY_PAGE = "index.html"


class ReloadSocket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """An open page of a browser, with the number of its version.

    A page that was sent before a build ended, and connects after it, is reloaded at once.
    """

    live_css = False
    # Never started, so it polls nothing: livereload needs a name to log.
    watcher = Watcher()

    def initialize(self, version: Version) -> None:
        self._version = version

    def open(self, number: str) -> None:
        self._number = int(number)

    def on_message(self, message: str) -> None:
        super().on_message(message)
        if self in self.waiters and self._number != self._version.number:
            self._number = self._version.number
            self.send_message({"command": "reload", "path": _ANY_PAGE, "liveCSS": False})


class ReloadServer:
    """Serves a version of the site at an address, and reloads open pages."""

    def __init__(self, version: Version, address: Address) -> None:
        application = Application(
            [
                (ForeignOrigin(address), Refusal),
                (r"/(\d+)/livereload", ReloadSocket, {"version": version}),
                (r"/livereload\.js", LiveReloadJSHandler),
                (r"/(.*)", SitePages, {"version": version}),
            ],
            log_function=_unlogged,
        )
        self._server = HTTPServer(application)
        self._server.add_socket(address.socket)

    def reload(self) -> None:
        """Reload every open page."""
        ReloadSocket.reload_waiters(_ANY_PAGE)

    async def close(self) -> None:
        """Free the port and close all connections."""
        self._server.stop()
        waiters: Iterable[Any] = list(ReloadSocket.waiters)
        for waiter in waiters:
            waiter.close()
        await self._server.close_all_connections()


def _unlogged(_: RequestHandler) -> None:
    """Log no requests: the terminal is for errors that the author has to fix."""
