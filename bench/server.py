"""Runs `broadsheet serve` for a while: how soon it shows a page, and what it takes at rest."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

from tornado.httpclient import AsyncHTTPClient

from bench.processes import (
    CommandFailed,
    Cost,
    Sampler,
    end_group,
    environment,
    processor_seconds,
)

PATIENCE_SECONDS = 60.0
_BUILD_SECONDS = 3600.0
_LOOK_SECONDS = 0.005
# When nothing was saved for five seconds, all files are checked once more.
_SETTLING_SECONDS = 10.0
_REST_SECONDS = 10.0


def free_port() -> int:
    """A port that nobody listens on. The server keeps what it built by its port."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def built(command: tuple[str, ...]) -> None:
    """Run the server until it has built the site. Raises `CommandFailed`."""
    asyncio.run(_built(command))


async def _built(command: tuple[str, ...]) -> None:
    async with serving(command) as server:
        await server.built()


def first_page(command: tuple[str, ...]) -> float:
    """The seconds from starting the server to the front page. Raises `CommandFailed`."""
    return asyncio.run(_first_page(command))


async def _first_page(command: tuple[str, ...]) -> float:
    start = time.perf_counter()
    async with serving(command) as server:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await server.status("/") != HTTPStatus.OK:
                await asyncio.sleep(_LOOK_SECONDS)
        return time.perf_counter() - start


class Server:
    """A running server. `origin` is where it listens."""

    def __init__(self, process: Process, origin: str) -> None:
        self._process = process
        self.origin = origin

    async def built(self) -> None:
        """Wait until the whole site has been built."""
        await _said(self._process, r"\d+ files, \d+ written", _BUILD_SECONDS)

    async def status(self, address: str) -> int:
        """The status with which it answers."""
        fetch = AsyncHTTPClient().fetch(f"{self.origin}{address}", raise_error=False)
        return (await fetch).code

    async def at_rest(self, sampler: Sampler, *, hasty: bool) -> Cost:
        """What it takes while nobody does anything; memory is the most that was seen before, too.

        Nothing is known where the system does not tell.
        """
        settling, rest = (0.1, 0.1) if hasty else (_SETTLING_SECONDS, _REST_SECONDS)
        await asyncio.sleep(settling)
        before, start = processor_seconds(self._process.pid), time.perf_counter()
        await asyncio.sleep(rest)
        after, spent = processor_seconds(self._process.pid), time.perf_counter() - start
        taken = None if before is None or after is None else after - before
        return Cost(spent, processor_seconds=taken, all_processes=sampler.most or None)

    @asynccontextmanager
    async def sampled(self) -> AsyncIterator[Sampler]:
        """Watch the memory of its processes within the block."""
        sampler = Sampler(self._process.pid)
        sampler.start()
        try:
            yield sampler
        finally:
            await asyncio.to_thread(sampler.stop)


@asynccontextmanager
async def serving(command: tuple[str, ...]) -> AsyncIterator[Server]:
    """The server as soon as it listens; it is ended after use."""
    process = await asyncio.create_subprocess_exec(
        *command, env=environment(), stdout=PIPE, stderr=STDOUT, start_new_session=True
    )
    try:
        origin = await _said(process, r"serving (http://\S+)/ ", PATIENCE_SECONDS)
        yield Server(process, origin)
    finally:
        await _end(process)


async def _said(server: Process, pattern: str, seconds: float) -> str:
    """What the next line with the pattern has in its first group."""
    assert server.stdout is not None
    before = "it said nothing"
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            async for line in server.stdout:
                text = os.fsdecode(line).strip()
                if found := re.search(pattern, text):
                    return found[found.lastindex or 0]
                if text.endswith("there is no site to serve yet"):
                    break
                before = text
    raise CommandFailed(before)


async def _end(server: Process) -> None:
    with suppress(ProcessLookupError):
        server.terminate()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await server.communicate()
    except TimeoutError:
        end_group(server.pid)
        await server.wait()
