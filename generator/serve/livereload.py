"""livereload's end of the wire: tells open pages to load again."""

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

# Any page: browsers take a style sheet or a picture alone for one that can be changed in place,
# but here their addresses change with their bytes.
_ANY_PAGE = "index.html"


class ReloadSocket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """A browser's open page, which knows the number of its edition.

    A page that was sent before a build ended, and connects after it, is told at once.
    """

    live_css = False
    # Never started, so it polls nothing: livereload asks it for a name to log.
    watcher = Watcher()

    def initialize(self, edition: Version) -> None:
        self._edition = edition

    def open(self, number: str) -> None:
        self._number = int(number)

    def on_message(self, message: str) -> None:
        super().on_message(message)
        if self in self.waiters and self._number != self._edition.number:
            self._number = self._edition.number
            self.send_message({"command": "reload", "path": _ANY_PAGE, "liveCSS": False})


class ReloadServer:
    """Serves an edition at an address, and reloads the pages that browsers have open."""

    def __init__(self, edition: Version, address: Address) -> None:
        application = Application(
            [
                (ForeignOrigin(address), Refusal),
                (r"/(\d+)/livereload", ReloadSocket, {"edition": edition}),
                (r"/livereload\.js", LiveReloadJSHandler),
                (r"/(.*)", SitePages, {"edition": edition}),
            ],
            log_function=_unlogged,
        )
        self._server = HTTPServer(application)
        self._server.add_socket(address.socket)

    def reload(self) -> None:
        """Let every open page load again."""
        ReloadSocket.reload_waiters(_ANY_PAGE)

    async def close(self) -> None:
        """Free the port, and let go of all browsers."""
        self._server.stop()
        waiters: Iterable[Any] = list(ReloadSocket.waiters)
        for waiter in waiters:
            waiter.close()
        await self._server.close_all_connections()


def _unlogged(_: RequestHandler) -> None:
    """Say nothing of requests: the terminal is for what the author has to mend."""
