"""Times `broadsheet serve` as an author sees it: from saving a file to the page with its text.

The browser's part is played over the wire: the page is fetched, what its script calls is called,
and after the word to reload the page is fetched again.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.contenders import Contender
from bench.corpus import Story
from bench.processes import CommandFailed, Cost
from bench.server import PATIENCE_SECONDS, Server, serving

_SCRIPT = re.compile(r'/livereload\.js\?[^"]*port=\d+/(\d+)"')


def refreshes(
    contender: Contender, command: tuple[str, ...], edited: Story, saves: int
) -> tuple[list[float], Cost]:
    """The seconds of each of `saves` edits of one story's text, and the server's cost at rest.

    Raises `CommandFailed`.
    """
    return asyncio.run(_refreshes(contender, command, edited, saves))


async def _refreshes(
    contender: Contender, command: tuple[str, ...], edited: Story, saves: int
) -> tuple[list[float], Cost]:
    async with serving(command) as server:
        await server.built()
        async with server.sampled() as sampler:
            spent = [await _edit(server, contender, edited, number) for number in range(saves)]
            at_rest = await server.at_rest(sampler, hasty=contender.hasty)
    contender.write(edited)
    return spent, at_rest


async def _edit(server: Server, contender: Contender, edited: Story, number: int) -> float:
    line = f"One sentence more, the {number + 1}. of its kind."
    story = replace(edited, body=f"{edited.body} {line}")
    await asyncio.to_thread(contender.rest)
    page = _Page(server.origin, edited.address)
    return await page.refreshed(partial(contender.write, story), line)


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
        answer = await AsyncHTTPClient().fetch(self._url, request_timeout=PATIENCE_SECONDS)
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
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (message := await wire.read_message()) is not None:
                if json.loads(message)["command"] == command:
                    return
    except TimeoutError:
        message = None
    raise CommandFailed(f"the server did not say {command!r} within {PATIENCE_SECONDS:.0f} s")
