"""A static host on loopback that serves a built portal, with a strict policy if wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.support.portal import Portal

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)


@contextmanager
def hosted(portal: Portal, path: str = "") -> Iterator[str]:
    """Build the portal and serve it below a path such as `/daily`; the URL that it then has."""
    with served(portal.output, path, policy=POLICY) as url:
        portal.built("--base-url", url)
        yield url


@contextmanager
def served(folder: Path, path: str = "", *, policy: str = "") -> Iterator[str]:
    """Serve a folder below a path, with a policy if there is one; the URL that it has."""
    handler = partial(_Files, directory=str(folder), below=path, policy=policy)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{path}"
        finally:
            server.shutdown()
            thread.join()


class _Files(SimpleHTTPRequestHandler):
    def __init__(self, *connection: object, directory: str, below: str, policy: str) -> None:
        self._below = below
        self._policy = policy
        super().__init__(*connection, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file for an address; outside of the portal, one that does not exist."""
        if not path.startswith(f"{self._below}/"):
            return str(Path(self.directory) / "no such file")
        return super().translate_path(path.removeprefix(self._below))

    def end_headers(self) -> None:
        if self._policy:
            self.send_header("Content-Security-Policy", self._policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output to the test."""
