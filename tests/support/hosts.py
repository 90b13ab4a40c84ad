"""Other hosts on loopback: real servers that answer as a test says, and remember what they met."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; with status 0 the connection ends without one."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """A request as the host met it; `at` is when, on a clock of its own."""

    method: str
    path: str
    at: float


class OtherHost:
    """A host whose answers a function gives. `most` is how many requests it had at once."""

    def __init__(self, answer: Callable[[Met, OtherHost], Reply]) -> None:
        self.met: list[Met] = []
        self.most = 0
        self.over = Event()
        self._now = 0
        self._lock = Lock()
        self._answer = answer
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.name = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.name}"

    @property
    def asked(self) -> list[str]:
        """The requests, as in `GET /path`."""
        return [f"{met.method} {met.path}" for met in self.met]

    def times(self, path: str) -> int:
        """How often a path was asked for, by any method."""
        return sum(met.path == path for met in self.met)

    def reply(self, method: str, path: str) -> Reply:
        """Note a request, and answer it."""
        met = Met(method, path, time.monotonic())
        with self._lock:
            self.met.append(met)
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            return self._answer(met, self)
        finally:
            with self._lock:
                self._now -= 1

    @contextmanager
    def open(self) -> Iterator[OtherHost]:
        """Serve in a thread. At the end `over` is set, for answers that wait for it."""
        thread = Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self.over.set()
            self._server.shutdown()
            thread.join()
            self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, host: OtherHost, *connection: object) -> None:
        self._host = host
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        self._send()

    def do_GET(self) -> None:
        self._send()

    def _send(self) -> None:
        reply = self._host.reply(self.command, self.path)
        if not reply.status:
            self.close_connection = True
            return
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:
            # Whoever asked has not waited.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output to the test."""


@contextmanager
def other_host(answer: Callable[[Met, OtherHost], Reply]) -> Iterator[OtherHost]:
    """A host whose answers a function gives, for the time of the block."""
    with OtherHost(answer).open() as host:
        yield host


def by_path(met: Met, _: OtherHost) -> Reply:
    """Answer with the status that the path begins with, as in `/404/page`; else with 200."""
    first = met.path.strip("/").partition("/")[0]
    return Reply(int(first) if first.isdecimal() else 200)


def until_over(_: Met, host: OtherHost) -> Reply:
    """Answer when the test is over."""
    host.over.wait(PATIENCE_SECONDS)
    return Reply()
