"""Refuses requests from pages of other sites, before any handler sees them.

A site can point its own name at this machine (DNS rebinding), and its scripts would then read
drafts as if they were its own; or its pages open a socket here, which no browser forbids.
"""

from __future__ import annotations

from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher
from tornado.web import RequestHandler

from generator.serve.address import Address
from generator.serve.overlay import plain_page


class ForeignOrigin(Matcher):
    """Matches a request whose `Host` is not this server, or whose `Origin` differs from it."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return the arguments of `Refusal`, None for a request that is allowed.

        Requests of this server's own pages are allowed, and those of programs other than browsers,
        which send no `Origin`.
        """
        if not self._address.answers_to(request.host_name):
            return _refused(421, f"This is {self._address.origin}")
        origin = request.headers.get("Origin")
        if origin is not None and origin.lower().partition("://")[2] != request.host.lower():
            return _refused(403, "This request comes from a page of another site")
        return None


class Refusal(RequestHandler):
    """Says why a request is refused, and nothing about the portal."""

    def initialize(self, status: int, reason: str) -> None:
        """`status` is that of HTTP, `reason` is for people."""
        self._refusal = status, reason

    def prepare(self) -> None:
        """Answer, whatever the method is."""
        status, reason = self._refusal
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")
        self.finish(plain_page(reason))


def _refused(status: int, reason: str) -> dict[str, Any]:
    return {"target_kwargs": {"status": status, "reason": reason}}
