"""How the server starts, how it ends, and what it says of a port that is taken."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import ConfigError
from generator.serve.address import DEFAULT_PORT, bind
from tests.support.serving import PATIENCE_SECONDS, REPOSITORY, Serving, SmallPortal, start


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with one article."""
    portal = SmallPortal(tmp_path)
    portal.publish("A bridge is opened")
    return portal


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["during the first build", "at rest"])
def test_it_ends_cleanly_and_frees_its_port(
    portal: SmallPortal, number: signal.Signals, moment: str
) -> None:
    server = Serving(start("--root", str(portal.root), "--port", "0"))
    if moment == "at rest":
        server.built()
        server.get("/")
    assert server.end(number) == 0
    assert server.seen[-1] == "stopped\n"
    assert "Traceback" not in "".join(server.seen)
    assert "Warning" not in "".join(server.seen)
    bind("127.0.0.1", server.port).socket.close()


def test_it_ends_with_pages_open(portal: SmallPortal) -> None:
    server = Serving(start("--root", str(portal.root), "--port", "0"))
    server.built()
    with socket.create_connection(("127.0.0.1", server.port)) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert browser.recv(12) == b"HTTP/1.1 200"
        assert server.end() == 0


def test_a_port_that_is_taken_is_an_error_that_names_it(portal: SmallPortal) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = start("--root", str(portal.root), "--port", str(port))
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert said.startswith(f"127.0.0.1:{port}: error: another program listens on this port")
    assert len(said.splitlines()) == 1


def test_without_a_port_the_next_free_one_is_taken() -> None:
    first = bind("127.0.0.1", None)
    second = bind("127.0.0.1", None)
    try:
        assert DEFAULT_PORT <= first.port < second.port
    finally:
        first.socket.close()
        second.socket.close()


def test_a_host_that_is_none_is_an_error() -> None:
    with pytest.raises(ConfigError, match=re.escape("192.0.2.1:0: error: can't listen there")):
        bind("192.0.2.1", 0)


@pytest.mark.parametrize(
    ("host", "name"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost"), ("::1", "[::1]")]
)
def test_the_address_is_one_that_a_browser_can_open(host: str, name: str) -> None:
    address = bind(host, 0)
    address.socket.close()
    assert address.origin == f"http://{name}:{address.port}"


def test_a_folder_that_is_no_portal_is_wrong_usage(tmp_path: Path) -> None:
    process = start("--root", str(tmp_path))
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert "this is not a portal" in said
    assert list(tmp_path.iterdir()) == []


_INTERRUPTED_AT_ONCE = """\
import asyncio, os, signal, sys
from pathlib import Path
from generator.pipeline.progress import Silent
from generator.serve.address import bind
from generator.serve.builder import BuildOrder
from generator.serve.session import serve

class Impatient(Silent):
    def serving(self):
        os.kill(os.getpid(), int(sys.argv[2]))
    def excerpted(self): ...
    def building(self): ...
    def built(self, report, *, fixed): ...
    def failed(self, errors, report, *, ready): ...

root = Path(sys.argv[1])
address = bind("127.0.0.1", 0)
folder = root / ".broadsheet/serve"
order = BuildOrder(root, address.origin, folder, drafts=False, now=None, jobs=1)
asyncio.run(serve(order, address, Impatient()))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to_before_anything_was_built(
    portal: SmallPortal, number: signal.Signals
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_AT_ONCE, str(portal.root), str(int(number))],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
