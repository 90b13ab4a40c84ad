"""Answers a browser's requests from the folder of the last good site."""

from __future__ import annotations

from http import HTTPStatus
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tornado.httputil import split_host_and_port
from tornado.web import HTTPError, StaticFileHandler

from generator.model.permalink import encode_path
from generator.serve.excerpt_notice import with_notice
from generator.serve.overlay import plain_page, waiting_page, with_additions
from generator.serve.panel import script_address
from generator.serve.shown_problems import ShownProblem
from generator.serve.styles import digest_without_styles
from generator.serve.version import Version

_PAGES = frozenset((".html", ".htm"))
_HTML = "text/html; charset=utf-8"
_CSS = "text/css; charset=utf-8"
_HTTP_PORT = 80
# Types that Python's own table lacks in some versions. The system's tables are not used, because
# they differ between machines.
_TYPES = {
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_TEXTUAL = frozenset(("application/json", "application/xml", "application/manifest+json"))


class SitePages(StaticFileHandler):
    """Serves files like a static host: `index.html` for folders, `404.html` for unknown addresses.

    Nothing outside the site's folder is served. Browsers are asked not to cache.
    """

    def initialize(self, version: Version) -> None:  # type: ignore[override]
        """Keep the version that is shown when a request arrives."""
        super().initialize(str(version.folder), "index.html")
        self._version = version

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Send a waiting page while there is no site yet."""
        if not self._version.ready:
            self._send_waiting_page()

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send pages as a whole, so that they can be extended; other files in parts and ranges."""
        if early := self._early_style(path):
            self.set_header("Content-Type", _CSS)
            self.finish(early)
            return
        file = self._file(path)
        if file is None:
            return
        if file.suffix.lower() in _PAGES:
            self._send_page(file.read_bytes(), HTTPStatus.OK)
        else:
            await super().get(path, include_body)

    def parse_url_path(self, url_path: str) -> str:
        """Return the path inside the site's folder. Raises 404 for a path outside the site."""
        own = unquote(self._version.base_path)
        path = f"/{url_path}"
        if "\0" in path or not (path == own or path.startswith(f"{own}/")):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return super().parse_url_path(path[len(own) + 1 :])

    def get_content_type(self) -> str:
        """Return the same type on every machine; texts are UTF-8, as Broadsheet writes them."""
        assert self.absolute_path is not None
        suffix = Path(self.absolute_path).suffix.lower()
        known = _TYPES.get(suffix) or MimeTypes().guess_type(f"file{suffix}")[0]
        kind = known or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTUAL else kind

    def compute_etag(self) -> None:
        """Return None: without caching there is nothing to compare."""

    def should_return_304(self) -> bool:
        """Never use it, because a file may change twice within a second."""
        return False

    def write_error(self, status_code: int, **_: Any) -> None:
        """Send the site's own 404 page, or a plain one; a browser follows a story that moved.

        What an excerpt lacks may be in the rest of the site.
        """
        lost_page = status_code == HTTPStatus.NOT_FOUND
        moved = self._moved_to() if lost_page else None
        if lost_page and not moved and self._version.is_excerpt:
            self._send_waiting_page()
            return
        lost = self._version.folder / "404.html"
        if moved:
            self.redirect(moved)
        elif status_code == HTTPStatus.NOT_FOUND and lost.is_file():
            self._send_page(lost.read_bytes(), status_code)
        else:
            self._send_page(plain_page(f"{status_code} {self._reason}"), status_code)

    def log_exception(self, *details: Any) -> None:
        """Log errors of the server, not those of requests."""
        if not isinstance(details[1], HTTPError):
            super().log_exception(*details)

    def _early_style(self, path: str) -> bytes | None:
        """Return a style sheet that open pages are shown before the build with it has ended."""
        inside = f"/{path}".removeprefix(f"{unquote(self._version.base_path)}/")
        return self._version.early.get(inside)

    def _file(self, path: str) -> Path | None:
        """Return the file to send; None if the browser was redirected."""
        if path == "" and self._version.base_path:
            self.redirect(f"{self._version.base_path}/")
            return None
        self.path = self.parse_url_path(path)
        absolute = self.get_absolute_path(self.root, self.path)
        found = self.validate_absolute_path(self.root, absolute)
        return Path(found) if found else None

    def _moved_to(self) -> str | None:
        """Return the address of a story that was here before its headline changed."""
        own = unquote(self._version.base_path)
        path = unquote(self.request.path)
        found = self._version.new_address(path.removeprefix(own))
        return f"{self._version.base_path}{encode_path(found)}" if found else None

    def _send_waiting_page(self) -> None:
        self._version.missed(self.request.path)
        page = waiting_page(self._version.shown)
        self._send_page(page, HTTPStatus.SERVICE_UNAVAILABLE)

    def _send_page(self, page: bytes, status: int) -> None:
        version = self._version
        notices: tuple[ShownProblem, ...] = version.shown if version.ready else ()
        if version.is_excerpt and status == HTTPStatus.OK:
            page = with_notice(page)
        self.set_status(status)
        self.set_header("Content-Type", _HTML)
        self.finish(with_additions(page, self._script(page), script_address(version), notices))

    def _script(self, page: bytes) -> str:
        """Send livereload's script with the address to connect to and the version of the page.

        It connects to `HOST:PORT/livereload` with the port as given here, so that what follows the
        port becomes the beginning of the path: see `livereload.ReloadSocket`.
        """
        host, port = split_host_and_port(self.request.host)
        named = f"host={host}&" if ":" in host else ""
        state = f"{self._version.number}/{self._version.styles}/{digest_without_styles(page)}"
        return f"/livereload.js?{named}port={port or _HTTP_PORT}/{state}"
