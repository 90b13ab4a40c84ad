"""What a page is told that connects after a build, with the version that it was sent."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

from tests.support.serving import PATIENCE_SECONDS, Serving, SmallPortal, serving

STORY = "/local/1/story/"
SHEET = "templates/assets/css/broadsheet.css"
STYLE = "h1 {{ color: rgb({0}, {0}, {0}); }}"


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with a story, and a style sheet of its theme."""
    portal = SmallPortal(tmp_path)
    portal.publish("A bridge is opened")
    portal.save(SHEET, STYLE.format(1))
    return portal


@pytest.fixture
def server(portal: SmallPortal) -> Iterator[Serving]:
    """Its server, after the first build."""
    with serving(portal) as running:
        running.built()
        yield running


def told(server: Serving, page: str) -> dict[str, str]:
    """What a browser is told that connects with a page that it was sent earlier."""
    state = re.search(r"port=\d+(/[^\"]+)", page)
    assert state

    async def ask() -> dict[str, str]:
        socket = await websocket_connect(f"ws://127.0.0.1:{server.port}{state[1]}/livereload")
        await socket.write_message(json.dumps({"command": "hello"}))
        await socket.read_message()
        info = {"command": "info", "plugins": {}, "url": f"{server.url}{STORY}"}
        await socket.write_message(json.dumps(info))
        answer = await socket.read_message()
        socket.close()
        assert answer is not None
        message: dict[str, str] = json.loads(answer)
        return message

    return asyncio.run(asyncio.wait_for(ask(), PATIENCE_SECONDS))


def test_a_page_that_connects_after_the_edit_gets_the_style_sheet_all_the_same(
    portal: SmallPortal, server: Serving
) -> None:
    page = server.get(STORY)[2]
    portal.save(SHEET, STYLE.format(2))
    server.built()
    message = told(server, page)
    assert message["path"] == "broadsheet-styles"
    [address] = json.loads(message["originalPath"])
    assert address in server.get(STORY)[2]
    assert "rgb(2, 2, 2)" in server.get(address)[2]


def test_a_page_that_connects_after_another_edit_is_loaded_again(
    portal: SmallPortal, server: Serving
) -> None:
    page = server.get(STORY)[2]
    portal.publish("A bridge is closed")
    server.built()
    assert told(server, page)["path"] == "index.html"
