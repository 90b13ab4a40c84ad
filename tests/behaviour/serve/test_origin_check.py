"""Other sites' pages get nothing from the server, whatever they ask for."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.serve.address import Address, bind
from tests.support.serving import PATIENCE_SECONDS, Serving, SmallPortal, serving

STORY = "/local/1/story/"
SOCKET = "/1/livereload"
ROUTES = (
    "/",
    STORY,
    "/feed.xml",
    "/humans.txt",
    "/no/such/page/",
    "/livereload.js",
    SOCKET,
    "/livereload",
)
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server whose portal has an error since its first build, so that there is a notice."""
    portal = SmallPortal(tmp_path_factory.mktemp("portal"))
    portal.publish("A bridge is opened")
    portal.save("content/static/humans.txt", "Written by humans.")
    with serving(portal) as running:
        running.built()
        portal.publish("A bridge is opened", news_id=2, more="sorce: A secret")
        running.line("unknown key")
        yield running


def ask(server: Serving, method: str, path: str, **headers: str) -> tuple[int, str]:
    """Status and text; after an upgrade there is no text to wait for."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, "" if answer.status == 101 else answer.read().decode()
    finally:
        connection.close()


def headers_for(path: str) -> dict[str, str]:
    """What a browser sends beside `Host` and `Origin`."""
    return UPGRADE if path == SOCKET else {}


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(
    "host", ["rebound.example:{port}", "rebound.example", "127.0.0.1.rebound.example:{port}"]
)
def test_a_foreign_host_learns_nothing(server: Serving, path: str, host: str) -> None:
    named = host.format(port=server.port)
    for origin in ({}, {"Origin": f"http://{named}"}):
        status, text = ask(server, "GET", path, Host=named, **origin, **headers_for(path))
        assert status == 421
        assert "bridge" not in text
        assert "secret" not in text
        assert "livereload" not in text


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "http://elsewhere.example:{port}",
        "http://127.0.0.1:1",
        "http://127.0.0.1.elsewhere.example:{port}",
        "http://127.0.0.1:{port}@elsewhere.example",
        "http://[",
        "null",
        "",
    ],
)
def test_a_page_of_another_origin_learns_nothing(server: Serving, path: str, origin: str) -> None:
    named = origin.format(port=server.port)
    status, text = ask(server, "GET", path, Origin=named, **headers_for(path))
    assert status == 403
    assert "bridge" not in text
    assert "secret" not in text
    assert "livereload" not in text


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS", "PUT"])
def test_no_method_is_let_through(server: Serving, method: str) -> None:
    assert ask(server, method, STORY, Host="rebound.example")[0] == 421
    assert ask(server, method, STORY, Origin="https://elsewhere.example")[0] == 403


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost", "127.0.0.1", "[::1]", "192.0.2.7", socket.gethostname()],
)
def test_the_machines_own_names_are_answered(server: Serving, host: str) -> None:
    for named in (host, f"{host}:{server.port}"):
        for origin in ({}, {"Origin": f"http://{named}"}):
            for path in (STORY, "/livereload.js"):
                assert ask(server, "GET", path, Host=named, **origin)[0] == 200
            assert ask(server, "GET", SOCKET, Host=named, **origin, **UPGRADE)[0] == 101


@pytest.fixture(params=["127.0.0.1", "0.0.0.0"])
def address(request: pytest.FixtureRequest) -> Iterator[Address]:
    """Bound to this machine alone, and to all of its network."""
    bound = bind(request.param, 0)
    yield bound
    bound.socket.close()


def test_a_network_is_no_reason_to_answer_to_any_name(address: Address) -> None:
    assert address.answers_to("192.168.1.20")
    assert address.answers_to("[fe80::1]")
    assert address.answers_to("localhost")
    assert not address.answers_to("rebound.example")
    assert not address.answers_to("localhost.example")
    assert not address.answers_to("")


@pytest.mark.browser
def test_a_page_of_another_site_can_neither_read_nor_listen(tmp_path: Path, tab: Page) -> None:
    """Two servers are two sites to a browser, and each name of one server is a site, too."""
    ours, theirs = SmallPortal(tmp_path / "ours"), SmallPortal(tmp_path / "theirs")
    for portal in (ours, theirs):
        portal.publish("A bridge is opened")
    with serving(ours) as server, serving(theirs) as other:
        server.built()
        other.built()
        tab.goto(other.url + STORY)
        opened = tab.evaluate(
            """url => new Promise(done => {
                const socket = new WebSocket(url);
                socket.onopen = () => done("open");
                socket.onerror = () => done("refused");
            })""",
            f"ws://127.0.0.1:{server.port}{SOCKET}",
        )
        assert opened == "refused"

        tab.goto(f"http://localhost:{server.port}{STORY}")
        ours.publish("A bridge is closed")
        expect(tab.get_by_role("heading", level=1)).to_have_text(
            "A bridge is closed", timeout=PATIENCE_SECONDS * 1000
        )
