"""Asks other hosts whether links to them work, without being a burden to any of them.

A host gets few requests at once and a pause between them, and is left alone for as long as it asks.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Thread
from typing import Literal
from urllib.parse import urljoin, urlsplit

from generator.pipeline.link_requests import Answer, Method, ask

_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_SILENCES = 3
_RETRIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How hosts are asked.

    `seconds` is how long asking may take in all, `patience` how long one request may. A host gets
    `per_host` requests at once, and none within `pause` seconds after one; it is waited for at most
    `longest_wait` seconds if it asks for that. Hosts in `skip`, and those below them, are not
    asked.
    """

    seconds: float = 600
    patience: float = 15
    at_once: int = 16
    per_host: int = 2
    pause: float = 0.2
    longest_wait: float = 60
    redirects: int = 10
    skip: frozenset[str] = frozenset()

    def skips(self, address: str) -> bool:
        """Return whether the host of an address is not to be asked."""
        host = _host_of(address).rpartition("@")[2]
        name = host.partition(":")[0]
        return any(host == each or f".{name}".endswith(f".{each}") for each in self.skip)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address works, and how it does not, as the end of a sentence.

    `unsure` stands for an answer that a browser may not get, such as one to robots.
    """

    state: Literal["works", "broken", "unsure", "not asked"]
    message: str = ""

    @property
    def works(self) -> bool:
        """Whether a reader gets there."""
        return self.state == "works"


_WORKS = Verdict("works")


class _Host:
    """The requests to one host. Once it is `closed`, no more are sent, for that reason."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._slots = asyncio.Semaphore(manners.per_host)
        self._next = 0.0
        self.silences = 0
        self.closed = ""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until the host may be asked, and ask in the block."""
        async with self._slots:
            clock = asyncio.get_running_loop().time
            while (wait := self._next - clock()) > 0:
                await asyncio.sleep(wait)
            self.rest(self._manners.pause)
            try:
                yield
            finally:
                self.rest(self._manners.pause)

    def rest(self, seconds: float) -> None:
        """Leave the host alone for some time from now on."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)


@dataclass(slots=True)
class Asking:
    """Requests to many hosts; `verdicts` fills up as they are answered."""

    manners: Manners
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _slots: asyncio.Semaphore = field(init=False)

    def ask(self, addresses: Iterable[str]) -> None:
        """Ask for addresses, until each has a verdict."""
        wanted = list(dict.fromkeys(addresses))
        asyncio.run(self._ask_all(wanted))
        late = Verdict("not asked", f"within {_seconds(self.manners.seconds)}")
        self.verdicts |= {each: late for each in wanted if each not in self.verdicts}

    async def _ask_all(self, addresses: Iterable[str]) -> None:
        """Ask for addresses, until the time is over."""
        self._slots = asyncio.Semaphore(self.manners.at_once)
        waiting: dict[str, deque[str]] = {}
        for address in addresses:
            waiting.setdefault(_host_of(address), deque()).append(address)
        with suppress(TimeoutError):
            async with asyncio.timeout(self.manners.seconds), asyncio.TaskGroup() as group:
                for name, queue in waiting.items():
                    for _ in range(min(self.manners.per_host, len(queue))):
                        group.create_task(self._ask_host(self._host(name), queue))

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self.manners))

    async def _ask_host(self, host: _Host, queue: deque[str]) -> None:
        while queue:
            address = queue.popleft()
            if host.closed:
                self.verdicts[address] = Verdict("not asked", host.closed)
            else:
                self.verdicts[address] = await self._verdict(address)

    async def _verdict(self, address: str) -> Verdict:
        """Ask for an address, and for those that it leads to."""
        at = address
        for _ in range(self.manners.redirects + 1):
            answer = await self._answer(at)
            if not answer.location:
                return self._judged(answer)
            try:
                at = urljoin(at, answer.location)
                scheme = urlsplit(at).scheme
            except ValueError:
                return Verdict("broken", "is redirected to what is no address")
            if scheme not in ("http", "https"):
                return Verdict("unsure", f"is redirected to an address of {scheme}")
            if self.manners.skips(at):
                return _WORKS
        return Verdict("broken", f"is redirected more than {self.manners.redirects} times")

    def _judged(self, answer: Answer) -> Verdict:
        if answer.silent:
            return Verdict("unsure", f"is not answered within {_seconds(self.manners.patience)}")
        if answer.failure:
            return Verdict("broken", f"can't be followed: {answer.failure}")
        if answer.status < HTTPStatus.BAD_REQUEST:
            return _WORKS
        message = f"is answered with {_phrase(answer.status)}"
        return Verdict("broken" if answer.status in _GONE else "unsure", message)

    async def _answer(self, address: str) -> Answer:
        """Ask for the head of a page, and where a server refuses that, for the page."""
        answer = await self._patient(address, "HEAD")
        refused = answer.dropped or answer.status >= HTTPStatus.BAD_REQUEST
        if refused and not (answer.status in _BUSY and answer.retry_after is not None):
            answer = await self._patient(address, "GET")
        return answer

    async def _patient(self, address: str, method: Method) -> Answer:
        """Send a request, and again after the time that a busy host asks for."""
        host = self._host(_host_of(address))
        answer = Answer()
        for _ in range(_RETRIES + 1):
            async with host.turn(), self._slots:
                answer = await self._sent(address, method)
            host.silences = host.silences + 1 if answer.silent else 0
            if host.silences >= _SILENCES:
                host.closed = f"because the host did not answer {_SILENCES} requests"
            if answer.status not in _BUSY or answer.retry_after is None:
                break
            if answer.retry_after > self.manners.longest_wait:
                host.closed = f"because the host asks for a pause of {_seconds(answer.retry_after)}"
                break
            host.rest(answer.retry_after)
        return answer

    async def _sent(self, address: str, method: Method) -> Answer:
        patience = self.manners.patience
        try:
            async with asyncio.timeout(patience):
                return await _in_thread(lambda: ask(address, method, patience))
        except TimeoutError:
            return Answer(silent=True)


async def _in_thread(work: Callable[[], Answer]) -> Answer:
    """Return what a function returns in a thread that is given up if nobody waits for it."""
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[Answer] = loop.create_future()

    def deliver(answer: Answer) -> None:
        if not answered.done():
            answered.set_result(answer)

    def run() -> None:
        try:
            answer = work()
        except Exception as error:  # noqa: BLE001 - a thread has no other way to say it
            answer = Answer(failure=f"{type(error).__name__}: {error}")
        # The loop may be closed by now.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(deliver, answer)

    Thread(target=run, daemon=True).start()
    return await answered


def _host_of(address: str) -> str:
    return urlsplit(address).netloc.casefold()


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _seconds(number: float) -> str:
    return f"{number:g} second{'s' * (number != 1)}"
