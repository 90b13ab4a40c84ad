"""Which page of the site a URL leads to, and where a story went that moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.serve.version import Version

SECRET = "secret.html"


@pytest.fixture
def version(tmp_path: Path) -> Version:
    """A site below /daily, with a file beside its folder."""
    folder = tmp_path / "site"
    for name in (
        "index.html",
        "local/1/story/index.html",
        "bare.html",
        "404.html",
        "خبر/index.html",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    (tmp_path / SECRET).write_text("secret")
    return Version(folder, "/daily", ready=True)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://127.0.0.1:8000/daily/", "index.html"),
        ("/daily/local/1/story/?a=b#c", "local/1/story/index.html"),
        ("/daily/local/1/story", "local/1/story/index.html"),
        ("/daily/bare.html", "bare.html"),
        ("/daily/%D8%AE%D8%A8%D8%B1/", "خبر/index.html"),
        ("/daily/no/such/page/", "404.html"),
        ("/elsewhere/", "404.html"),
        ("/daily/a%00b", "404.html"),
        ("/daily/" + "long" * 2000, "404.html"),
        ("http://[/daily/", "404.html"),
        (f"/daily/../{SECRET}", "404.html"),
        (f"/daily/..%2f{SECRET}", "404.html"),
        (f"/daily//../{SECRET}", "404.html"),
    ],
)
def test_a_url_leads_to_a_page_of_the_site(version: Version, address: str, name: str) -> None:
    file = version.file_at(address)
    assert file is not None
    assert file.read_text("utf-8") == name


def test_without_a_page_for_lost_readers_there_is_none(tmp_path: Path) -> None:
    assert Version(tmp_path).file_at("/no/such/page/") is None


def test_a_story_that_moved_is_found_by_its_old_address() -> None:
    version = Version(Path(), moved={"/local/1/old/": "/local/1/new/"})
    for path in ("/local/1/old/", "/local/1/old", "/local/1/old/index.html"):
        assert version.new_address(path) == "/local/1/new/"
    assert version.new_address("/local/1/new/") is None
    assert version.new_address("/") is None
