"""Times `broadsheet serve` as an author sees it: from saving a file to the page with its text.

The browser's part is played over the wire: the page is fetched, what its script calls is called,
and after the word to reload the page is fetched again.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.contenders import Contender
from bench.corpus import Story
from bench.processes import CommandFailed, end_group, environment

_PATIENCE_SECONDS = 60.0
_SCRIPT = re.compile(r'/livereload\.js\?[^"]*port=\d+/(\d+)"')


def refreshes(contender: Contender, edited: Story, runs: int) -> list[float]:
    """The seconds of each of `runs` edits of one story's text. Raises `CommandFailed`."""
    return asyncio.run(_refreshes(contender, edited, runs))


async def _refreshes(contender: Contender, edited: Story, runs: int) -> list[float]:
    spent = []
    async with _serving(contender.server) as origin:
        for number in range(runs):
            line = f"One sentence more, the {number + 1}. of its kind."
            story = replace(edited, body=f"{edited.body} {line}")
            await asyncio.to_thread(contender.rest)
            page = _Page(origin, edited.address)
            spent.append(await page.refreshed(partial(contender.write, story), line))
    contender.write(edited)
    return spent


class _Page:
    """A page that is open in a browser."""

    def __init__(self, origin: str, address: str) -> None:
        self._origin = origin
        self._url = f"{origin}{address}"

    async def refreshed(self, save: Callable[[], object], text: str) -> float:
        """Save, and wait until the page has been reloaded with the text."""
        edition = _SCRIPT.search(await self._fetch())
        if edition is None:
            raise CommandFailed("the page has no script that reloads it")
        address = f"{self._origin.replace('http', 'ws', 1)}/{edition[1]}/livereload"
        wire = await websocket_connect(address)
        try:
            await self._greet(wire)
            start = time.perf_counter()
            save()
            while text not in await self._reloaded(wire):
                pass
            return time.perf_counter() - start
        finally:
            wire.close()

    async def _fetch(self) -> str:
        answer = await AsyncHTTPClient().fetch(self._url, request_timeout=_PATIENCE_SECONDS)
        return answer.body.decode()

    async def _greet(self, wire: WebSocketClientConnection) -> None:
        protocols = ["http://livereload.com/protocols/official-7"]
        await wire.write_message(json.dumps({"command": "hello", "protocols": protocols}))
        await _heard(wire, "hello")
        await wire.write_message(json.dumps({"command": "info", "url": self._url}))

    async def _reloaded(self, wire: WebSocketClientConnection) -> str:
        await _heard(wire, "reload")
        return await self._fetch()


async def _heard(wire: WebSocketClientConnection, command: str) -> None:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while (message := await wire.read_message()) is not None:
                if json.loads(message)["command"] == command:
                    return
    except TimeoutError:
        message = None
    raise CommandFailed(f"the server did not say {command!r} within {_PATIENCE_SECONDS:.0f} s")


@asynccontextmanager
async def _serving(command: tuple[str, ...]) -> AsyncIterator[str]:
    """Where the server listens, once it has built the site; it is ended after use."""
    server = await asyncio.create_subprocess_exec(
        *command, env=environment(), stdout=PIPE, stderr=STDOUT, start_new_session=True
    )
    try:
        origin = await _said(server, r"serving (http://\S+)/ ")
        await _said(server, r"\d+ files, \d+ written")
        yield origin
    finally:
        await _end(server)


async def _said(server: Process, pattern: str) -> str:
    """What the next line with the pattern has in its first group."""
    assert server.stdout is not None
    before = "it said nothing"
    async for line in server.stdout:
        text = line.decode("utf-8", "replace").strip()
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
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await server.communicate()
    except TimeoutError:
        end_group(server.pid)
        await server.wait()
