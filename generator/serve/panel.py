"""The addresses of the preview panel: its files, what it shows, and what it asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tornado.web import RequestHandler, StaticFileHandler

from generator.serve.page_report import Desk, marks, page_report
from generator.serve.version import Version
from generator.serve.view import View, ViewError, changed

PREFIX = "/_broadsheet"
_ASSETS = Path(__file__).with_name("assets")
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}

Show = Callable[[View], None]


def script_address(version: Version) -> str:
    """Return the address of the panel's script, which says what the page is a view of."""
    if version.view.is_plain:
        return f"{PREFIX}/panel.js"
    drafts = "drafts&" if version.view.drafts else ""
    return f"{PREFIX}/panel.js?{drafts}at={version.view.local(version.settings.zone)}"


def panel_routes(desk: Desk, show: Show) -> list[Any]:
    """Return the rules for the panel's requests. `show` is called with each view asked for."""
    return [
        (rf"{PREFIX}/page", PageReport, {"desk": desk}),
        (rf"{PREFIX}/marks", Marks, {"desk": desk}),
        (rf"{PREFIX}/view", ViewRequest, {"version": desk.version, "show": show}),
        (rf"{PREFIX}/([a-z]+\.(?:css|js))", PanelFiles, {"path": str(_ASSETS)}),
    ]


class _Uncached(RequestHandler):
    """Asks browsers to keep nothing, as for the pages themselves."""

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")


class PanelFiles(_Uncached, StaticFileHandler):
    """Serves the panel's scripts and style sheets."""

    def get_content_type(self) -> str:
        """Return the same type on every machine."""
        assert self.absolute_path is not None
        return _TYPES[Path(self.absolute_path).suffix]

    def compute_etag(self) -> None:
        """Return None: without caching there is nothing to compare."""


class PageReport(_Uncached):
    """Says why a page was built, and with what warnings."""

    def initialize(self, desk: Desk) -> None:
        self._desk = desk

    async def get(self) -> None:
        """Look the page up; its state may be read from the disk."""
        address = self.get_query_argument("path", "/")
        self.finish(await asyncio.to_thread(page_report, self._desk, address))


class Marks(_Uncached):
    """Names the pages that readers would not see at present."""

    def initialize(self, desk: Desk) -> None:
        self._desk = desk

    async def get(self) -> None:
        """Look them up."""
        self.finish(await asyncio.to_thread(marks, self._desk, datetime.now(UTC)))


class ViewRequest(_Uncached):
    """Changes what all browsers are shown. `ForeignOrigin` has refused pages of other sites."""

    def initialize(self, version: Version, show: Show) -> None:
        self._version = version
        self._show = show

    def post(self) -> None:
        """Show the portal as at a moment, or as it is now; with drafts, or without."""
        # A form of another site can send this type only after it asked the server for permission.
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            self._refuse("expected JSON, with the Content-Type application/json")
            return
        version = self._version
        try:
            view = changed(version.view, self.request.body, version.settings.zone)
        except ViewError as error:
            self._refuse(str(error))
            return
        building = view != version.view
        self._show(view)
        self.set_status(HTTPStatus.ACCEPTED if building else HTTPStatus.OK)
        self.finish({"building": building, "view": view.as_json(version.settings.zone)})

    def _refuse(self, why: str) -> None:
        self.set_status(HTTPStatus.BAD_REQUEST)
        self.finish({"error": why})
