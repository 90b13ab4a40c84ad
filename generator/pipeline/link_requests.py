"""Asks a web server about one address: one request, without following where it leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

Method = Literal["HEAD", "GET"]

_AGENT = "Broadsheet link check"
# All that may stand in an address, apart from letters and digits (RFC 3986).
_ALLOWED = "%/?:@!$&'()*+,;=-._~[]"


_HOST = re.compile("[!-~]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; without a `status`, `failure` says why there is no answer.

    `location` is where it redirects to, `retry_after` for how many seconds it asks to be left
    alone. `dropped` says that it ended the connection without an answer, `silent` that it did not
    answer in time.
    """

    status: int = 0
    location: str = ""
    retry_after: int | None = None
    failure: str = ""
    dropped: bool = False
    silent: bool = False


def _opener() -> OpenerDirector:
    """Return what opens addresses, through a proxy if there is one; redirects are errors to it."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def ask(address: str, method: Method, timeout: float) -> Answer:
    """Send one request. `timeout` is for each step of it, such as the connection."""
    try:
        request = Request(sendable(address), method=method, headers={"User-Agent": _AGENT})
        with _opener().open(request, timeout=timeout) as answer:
            return Answer(answer.status)
    except HTTPError as error:
        with error:
            return _read(error.code, error.headers)
    except HTTPException as error:
        return Answer(failure=f"the answer is no HTTP: {type(error).__name__}", dropped=True)
    except (OSError, ValueError) as error:
        cause = error.reason if isinstance(error, URLError) else error
        if isinstance(cause, TimeoutError):
            return Answer(silent=True)
        dropped = isinstance(cause, ConnectionResetError | BrokenPipeError)
        return Answer(failure=_reason(cause), dropped=dropped)


def sendable(address: str) -> str:
    """Return an address in ASCII, as it is sent. Raises `ValueError` if it is none."""
    parts = urlsplit(address)
    try:
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise ValueError("its host or port can't exist") from error
    if not _HOST.fullmatch(host):
        raise ValueError("it names no host")
    host = f"[{host}]" if ":" in host else host
    path, query = (quote(part, safe=_ALLOWED) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, f"{host}{port}", path or "/", query, ""))


def _read(status: int, headers: Message) -> Answer:
    location = (headers.get("Location") or "").strip()
    retry_after = _seconds(headers.get("Retry-After") or "")
    redirects = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    return Answer(status, location if redirects else "", retry_after)


def _seconds(retry_after: str) -> int | None:
    """Return how long to wait, which is given in seconds or as a date (RFC 9110, 10.2.3)."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:9]), 10**8)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0, int((until - datetime.now(UTC)).total_seconds()) + 1)


def _reason(cause: object) -> str:
    """Return why there is no answer, in the words of the system or of TLS."""
    for name in ("verify_message", "strerror"):
        if text := getattr(cause, name, None):
            return str(text)
    return str(cause) or type(cause).__name__
