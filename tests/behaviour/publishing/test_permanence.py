"""A URL that was published does not vanish unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.portal import Portal, story

PATH = "/world/1/story-1/"


@pytest.fixture
def recorded(published: Portal) -> Portal:
    """A published portal with the record of its URLs."""
    published.built("--record")
    return published


def _lines(portal: Portal) -> list[str]:
    return (portal.root / "published.txt").read_text("utf-8").splitlines()


def test_the_record_names_what_readers_may_have_kept(recorded: Portal) -> None:
    lines = _lines(recorded)
    assert {PATH, "/about/", "/world/", "/tags/iran/"} <= set(lines)
    assert not [line for line in lines if line.startswith(("/n/", "/assets/", "/media/"))]


def test_a_recorded_url_that_would_vanish_is_an_error(recorded: Portal) -> None:
    before = recorded.tree()
    recorded.stories(story(1, "slug: renamed\ntags: [Iran]", date="2024-01-18"))

    done = recorded.build()

    assert done.code == 1
    number = _lines(recorded).index(PATH) + 1
    assert done.error.startswith(
        f"published.txt:{number}:1: error: {PATH} was published and would vanish"
    )
    assert recorded.tree() == before


def test_an_alias_or_a_retirement_lets_a_recorded_url_go(recorded: Portal) -> None:
    recorded.stories(story(1, f"slug: renamed\ntags: [Iran]\naliases: [{PATH}]", date="2024-01-18"))
    recorded.remove("content/pages/about.md")
    file = recorded.root / "published.txt"
    file.write_text(file.read_text().replace("/about/\n", "/about/ retired\n"))
    recorded.built()
    assert "renamed" in recorded.text("world/1/story-1/index.html")


def test_new_urls_are_added_and_old_lines_stay(recorded: Portal) -> None:
    before = _lines(recorded)
    recorded.stories(story(4))
    recorded.built("--record")
    after = _lines(recorded)
    assert after[: len(before)] == before
    assert "/world/4/story-4/" in after[len(before) :]
    recorded.built("--record")
    assert _lines(recorded) == after


def test_a_story_at_its_end_may_go(recorded: Portal) -> None:
    end = "expires: 2024-01-31\ntags: [Iran]"
    recorded.stories(story(1, end, date="2024-01-18"))
    done = recorded.build()
    assert [line for line in done.errors if PATH in line] == []


def test_what_is_in_the_record_stays_as_its_author_wrote_it(
    published: Portal, tmp_path: Path
) -> None:
    """It may be a link to a file that several portals share."""
    shared = tmp_path / "shared.txt"
    shared.write_bytes(b"# Ours\r\n/old/ retired\r\n")
    (published.root / "published.txt").symlink_to(shared)

    published.built("--record")

    assert (published.root / "published.txt").is_symlink()
    assert shared.read_bytes().startswith(b"# Ours\r\n/old/ retired\r\n/about/\n")
