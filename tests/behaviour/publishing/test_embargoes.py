"""Drafts, embargoes and ends: what is not live is in no file, and what is breaking ends."""

from __future__ import annotations

import pytest

from tests.support.fixtures import picture
from tests.support.portal import Portal, story

BEFORE, AFTER = "2024-03-01T07:59:59+00:00", "2024-03-01T08:00:00+00:00"
LATER = "2024-06-01T00:00:00+00:00"

SECRET = """\
section: culture
tags: [Sesame, Iran]
authors: [Ali Baba, newsroom]
series: Forty thieves
source: Scheherazade
image: {src: cave.png, alt: The cave}
aliases: [/old/cave/]
publish_at: 2024-03-01T08:00:00Z
"""


@pytest.fixture
def secretive(portal: Portal) -> Portal:
    """A portal with one story under embargo, to which others point."""
    portal.write(
        {
            "content/media/cave.png": picture(),
            "content/media/door.png": picture(),
            "content/media/map.pdf": b"%PDF-",
            "content/authors/newsroom.md": "---\nname: The newsroom\n---\n\nWe.\n",
        }
    )
    text = "The cave opens. ![A door](door.png) [The map](map.pdf)"
    portal.stories(
        story(40, SECRET, title="Open Sesame", date="2024-01-22", body=text),
        story(
            1,
            "tags: [Iran]\nrelated: [40]\ntranslation_of: 40",
            body="See [the story](news:40), [again](40.md) and {{< related 40 >}}.",
        ),
        story(2, date="2024-01-23"),
    )
    return portal


def test_nothing_of_a_story_under_embargo_is_in_any_file(secretive: Portal) -> None:
    secretive.built(now=BEFORE)

    for word in (
        "Sesame",
        "sesame",
        "Baba",
        "baba",
        "Forty",
        "forty",
        "herazade",
        "cave",
        "door.png",
        "map.pdf",
        "/40/",
        "40.md",
        "2024/01/22",
        "2024/03/01",
    ):
        assert secretive.says(word) == [], word
    assert not (secretive.output / "media").exists()
    iran = secretive.page("/tags/iran/")
    assert "1 story" in secretive.text("tags/iran/index.html")
    assert iran.headlines() == ["Story 1"]


def test_a_link_to_a_story_under_embargo_leaves_its_words(secretive: Portal) -> None:
    secretive.built(now=BEFORE)
    page = secretive.page("/world/1/story-1/")
    [text] = page.classed("text")
    assert text == "See the story, again and ."
    assert not [link for link in page.links() if "40" in link]


def test_an_embargo_ends_on_the_second(secretive: Portal) -> None:
    secretive.built(now=BEFORE)
    secretive.built(now=AFTER)

    assert secretive.tree() == secretive.clean_tree(now=AFTER)
    page = secretive.page("/world/1/story-1/")
    assert page.links().count("/culture/40/open-sesame/") >= 2
    for path in (
        "culture/40/open-sesame/index.html",
        "n/40/index.html",
        "old/cave/index.html",
        "tags/sesame/feed.xml",
        "authors/ali-baba/index.html",
        "sources/scheherazade/index.html",
        "series/forty-thieves/index.html",
        "media/cave.png",
        "media/door.png",
        "media/map.pdf",
        "archive/2024/03/01/index.html",
    ):
        assert path in secretive.tree()


def test_the_report_says_when_the_site_will_next_change(secretive: Portal) -> None:
    report = secretive.built(now=BEFORE).report
    assert report["next_change_at"] == "2024-03-01T08:00:00+00:00"
    end_of_news = "2024-03-03T08:00:00+00:00"
    assert secretive.built(now=AFTER).report["next_change_at"] == end_of_news
    assert secretive.built(now=end_of_news).report["next_change_at"] is None


def test_a_date_in_the_future_is_an_embargo_too(portal: Portal) -> None:
    portal.stories(story(1, title="Tomorrow's news", date="2024-03-01T09:00:00+01:00"))
    portal.built(now=BEFORE)
    assert portal.says("Tomorrow") == []
    portal.built(now=AFTER)
    assert portal.page("/world/").headlines() == ["Tomorrow's news"]


def test_an_expired_story_is_gone_from_every_file(portal: Portal) -> None:
    portal.write({"content/media/cave.png": picture()})
    end = "expires: 2024-03-01T08:00:00Z\ntags: [Sesame]\nimage: cave.png\naliases: [/old/cave/]"
    portal.stories(story(40, end, title="Open Sesame"), story(2))
    report = portal.built(now=BEFORE).report
    assert report["next_change_at"] == "2024-03-01T08:00:00+00:00"
    assert portal.page("/tags/sesame/").headlines() == ["Open Sesame"]

    portal.built(now=AFTER)

    assert portal.says("esame") == portal.says("cave") == portal.says("/40/") == []
    assert portal.tree() == portal.clean_tree(now=AFTER)


def test_a_draft_is_built_only_on_request(portal: Portal) -> None:
    portal.stories(story(1, "draft: true\ntags: [Sesame]", title="A draft"), story(2))
    portal.write({"content/pages/plan.md": "---\ntitle: The plan\ndraft: true\n---\n"})
    portal.built()
    assert portal.says("A draft") == portal.says("esame") == portal.says("plan") == []

    portal.built("--drafts")
    assert portal.page("/world/").headlines() == ["Story 2", "A draft"]
    assert portal.page("/plan/").texts(".//h1") == ["The plan"]

    portal.built()
    assert portal.tree() == portal.clean_tree()


def test_drafts_do_not_break_an_embargo(portal: Portal) -> None:
    portal.stories(story(1, f"draft: true\npublish_at: {AFTER}", title="A draft"))
    portal.built("--drafts", now=BEFORE)
    assert portal.says("A draft") == []


@pytest.mark.parametrize("mark", ["pinned", "breaking"])
def test_a_mark_holds_until_its_end(portal: Portal, mark: str) -> None:
    portal.stories(
        story(1, f"{mark}: 2024-03-01T08:00:00Z", date="2024-01-01"),
        *(story(number, date=f"2024-01-{number:02}") for number in range(2, 6)),
    )
    report = portal.built(now=BEFORE).report
    assert report["next_change_at"] == "2024-03-01T08:00:00+00:00"
    front = portal.page("/")
    if mark == "pinned":
        assert front.headlines()[0] == "Story 1"
    else:
        assert "Breaking" in portal.page("/world/1/story-1/").classed("label")
        assert "Story 1" in " ".join(front.classed("breaking"))

    portal.built(now=AFTER)

    assert portal.page("/").headlines()[0] == "Story 5"
    assert "Breaking" not in portal.page("/world/1/story-1/").classed("label")
    assert portal.tree() == portal.clean_tree(now=AFTER)


@pytest.mark.parametrize("mark", ["pinned", "breaking"])
def test_a_mark_without_an_end_holds(portal: Portal, mark: str) -> None:
    portal.stories(story(1, f"{mark}: true", date="2024-01-01"), story(2))
    assert portal.built(now=LATER).report["next_change_at"] is None
    words = portal.page("/").headlines()[:1] + portal.page("/").classed("breaking")
    assert any("Story 1" in text for text in words)
