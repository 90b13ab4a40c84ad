"""What the server answers where a story has moved."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from generator.serve.address import bind
from generator.serve.livereload import ReloadServer
from generator.serve.version import Version

OLD, NEW = "/local/1/old/", "/local/1/خبر/"


def _asked(version: Version, path: str) -> HTTPResponse:
    async def ask() -> HTTPResponse:
        address = bind("127.0.0.1", 0)
        server = ReloadServer(version, address)
        client = AsyncHTTPClient(force_instance=True)
        try:
            url = f"{address.origin}{path}"
            return await client.fetch(url, follow_redirects=False, raise_error=False)
        finally:
            client.close()
            await server.close()

    return asyncio.run(ask())


@pytest.mark.parametrize("base", ["", "/daily"])
@pytest.mark.parametrize("path", [OLD, OLD.rstrip("/")])
def test_the_old_address_leads_to_the_new_one(tmp_path: Path, base: str, path: str) -> None:
    version = Version(tmp_path, base, ready=True, moved={OLD: NEW})
    answer = _asked(version, base + path)
    assert answer.code == 302
    assert answer.headers["Location"] == f"{base}/local/1/%D8%AE%D8%A8%D8%B1/"


def test_a_page_at_the_old_address_is_sent(tmp_path: Path) -> None:
    folder = tmp_path / "local/1/old"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("Another story.")
    answer = _asked(Version(tmp_path, ready=True, moved={OLD: NEW}), OLD)
    assert answer.code == 200
    assert b"Another story." in answer.body


def test_other_addresses_are_not_found(tmp_path: Path) -> None:
    version = Version(tmp_path, ready=True, moved={OLD: NEW})
    assert _asked(version, "/local/2/old/").code == 404
