"""A source with errors is named once, and what points to it is not blamed for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.fixtures import picture
from tests.support.portal import BuildResult, Portal, story
from tests.support.serving import SmallPortal, serving

FAULTY, OTHER = "content/articles/2.md", "content/articles/1.md"
BROKEN: dict[str, tuple[str | bytes, str]] = {
    "an unknown key": (story(2, "sorce: X"), "5:1: error: unknown key 'sorce'"),
    "text without quotes": (story(2, title='"A" b'), "3:12: error: 'title' begins with"),
    "a key that is cut short": (story(2, title="We are #1"), "3:15: error: 'title' ends here"),
    "a News ID in quotes": (story('"2"', "sorce: X"), "5:1: error: unknown key"),
    "TOML": ("+++\nnews_id = 2\ntitle = x\n+++\n", "3:9: error: broken TOML"),
    "front matter that is not closed": ("---\nnews_id: 2\n\nText\n", "1:1: error: front matter is"),
    "no News ID": ("---\ntitle: X\ndate: 2024-01-20\n---\n", "1:1: error: missing key 'news_id'"),
    "no front matter": ("Text\n", "1:1: error: no front matter"),
    "Latin-1": (story(2, title="Café").encode("latin-1"), "3:11: error: not UTF-8"),
    "UTF-16": (story(2).encode("utf-16"), "1:1: error: not UTF-8"),
    "nothing": ("", "1:1: error: no front matter"),
}
LINKS = {
    "a link to its News ID": story(1, body="[x](news:2)"),
    "a link to its file": story(1, body="[x](2.md)"),
    "a related story": story(1, "related: [2]"),
    "a translation": story(1, "translation_of: 2"),
}


def build(portal: Portal) -> BuildResult:
    return portal.build()


def check(portal: Portal) -> BuildResult:
    return portal.check()


def keep_going(portal: Portal) -> BuildResult:
    return portal.build("--keep-going")


@pytest.mark.parametrize("command", [build, check, keep_going])
@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("error", ["an unknown key", "no front matter"])
def test_what_points_to_a_faulty_article_is_no_error(
    portal: Portal, command: Callable[[Portal], BuildResult], link: str, error: str
) -> None:
    content, expected = BROKEN[error]
    portal.write({FAULTY: content, OTHER: LINKS[link]})

    done = command(portal)

    assert done.code == 1
    assert done.error.startswith(f"{FAULTY}:{expected}")


@pytest.mark.parametrize("error", BROKEN)
def test_however_broken_an_article_is_its_news_id_is_not_unknown(
    portal: Portal, error: str
) -> None:
    content, expected = BROKEN[error]
    portal.write({FAULTY: content, OTHER: LINKS["a link to its News ID"]})
    assert portal.build().error.startswith(f"{FAULTY}:{expected}")


def test_the_news_id_that_counts_is_the_one_in_the_file(portal: Portal) -> None:
    portal.write(
        {
            "content/articles/2024/a-story.md": story("Ab-2", "sorce: X"),
            OTHER: story(1, body="[x](news:ab-2) [y](news:a-story)"),
        }
    )
    assert [line.partition(" (")[0] for line in portal.build().errors] == [
        f"{OTHER}:7:20: error: there is no article with the News ID 'a-story'",
        "content/articles/2024/a-story.md:5:1: error: unknown key 'sorce'",
    ]


def test_links_that_lead_nowhere_are_named_beside_faulty_sources(portal: Portal) -> None:
    portal.write(
        {
            FAULTY: story(2, "sorce: X"),
            "content/media/broken.png": b"not a picture",
            OTHER: story(
                1,
                "related: [2, 77]",
                body="[a](news:2) [b](news:78) [c](2.md) [d](3.md) ![e](broken.png) ![f](no.png)",
            ),
        }
    )
    places = [line.partition(" error")[0] for line in portal.build().errors]
    assert places == [
        f"{OTHER}:5:1:",
        f"{OTHER}:8:17:",
        f"{OTHER}:8:40:",
        f"{OTHER}:8:68:",
        f"{FAULTY}:5:1:",
        "content/media/broken.png:",
    ]


PICTURES: Mapping[str, Mapping[str, str]] = {
    "in the text": {OTHER: story(1, body="![A hill](hill.png)")},
    "as lead picture": {OTHER: story(1, "image: hill.png")},
    "in a shortcode": {OTHER: story(1, body='{{< figure src="hill.png" alt="A hill" >}}')},
    "of a page": {"content/pages/about.md": "---\ntitle: About\nimage: hill.png\n---\n"},
    "of an author": {"content/authors/ann.md": "---\nname: Ann\nimage: hill.png\n---\n"},
}


@pytest.mark.parametrize("command", [build, check])
@pytest.mark.parametrize("use", PICTURES)
def test_a_picture_that_is_damaged_is_not_missing_as_well(
    portal: Portal, command: Callable[[Portal], BuildResult], use: str
) -> None:
    portal.write({**PICTURES[use], "content/media/hill.png": b"not a picture"})
    assert command(portal).error.startswith("content/media/hill.png: error: ")


@pytest.mark.parametrize("use", PICTURES)
def test_what_shows_a_damaged_picture_is_held_back_until_that_is_whole(
    portal: Portal, use: str
) -> None:
    portal.write({**PICTURES[use], "content/media/hill.png": b"not a picture"})
    portal.stories(story(3))
    [owner] = PICTURES[use]

    done = portal.build("--keep-going")

    assert done.code == 1
    [error] = done.report["errors"]
    assert error["path"] == "content/media/hill.png"
    assert done.stderr.splitlines()[0] == (
        f"{owner}: warning: keeps its published version, because content/media/hill.png has errors"
    )
    assert portal.says("Story 3")
    assert not portal.says("hill.png")

    portal.write({"content/media/hill.png": picture()})
    portal.built()
    assert portal.says("hill.png")
    assert portal.tree() == portal.clean_tree()


@pytest.mark.parametrize("link", LINKS)
def test_a_story_that_points_to_a_faulty_one_is_published_and_linked_later(
    portal: Portal, link: str
) -> None:
    portal.write({FAULTY: story(2, "sorce: X"), OTHER: LINKS[link]})
    assert portal.build("--keep-going").code == 1
    assert portal.page("/world/1/story-1/").texts(".//h1") == ["Story 1"]
    assert portal.says("/world/2/") == []

    assert portal.build("--keep-going").code == 1

    portal.write({FAULTY: story(2)})
    portal.built()
    assert "/world/2/story-2/" in portal.text("world/1/story-1/index.html")
    assert portal.tree() == portal.clean_tree()


def test_a_news_id_that_was_given_up_by_a_faulty_article_is_not_taken(published: Portal) -> None:
    published.write({OTHER: story(9, "sorce: X"), "content/articles/b.md": story(1, title="New")})
    assert published.build().error.startswith(f"{OTHER}:5:1: error: unknown key 'sorce'")


def test_a_news_id_that_a_faulty_article_still_has_is_taken(published: Portal) -> None:
    published.write({OTHER: story(1, "sorce: X"), "content/articles/b.md": story(1, title="New")})
    assert [line.partition(" (")[0] for line in published.build().errors] == [
        f"{OTHER}:5:1: error: unknown key 'sorce'",
        f"content/articles/b.md:2:1: error: News ID '1' is also that of {OTHER}",
    ]


def test_a_link_to_a_file_that_is_itself_a_broken_link_is_no_second_error(
    portal: Portal,
) -> None:
    portal.write({OTHER: story(1, body="[x](2.md) ![y](hill.png) [z](news:2)")})
    (portal.root / FAULTY).symlink_to("nowhere.md")
    (portal.root / "content/articles/hill.png").symlink_to("nowhere.png")
    assert portal.build().errors == [
        f"{FAULTY}: error: is a symbolic link to nothing",
        "content/articles/hill.png: error: is a symbolic link to nothing",
    ]


def test_the_server_names_a_faulty_article_alone(tmp_path: Path) -> None:
    portal = SmallPortal(tmp_path)
    portal.publish("A bridge", news_id=2, more="sorce: Reuters")
    portal.publish("A river", more="related: [2]")
    with serving(portal) as server:
        server.line("^1 error: there is no site to serve yet")
        portal.publish("A bridge", news_id=2)
        server.page_with("A bridge", "/local/1/story/")
