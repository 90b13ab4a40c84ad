"""Feeds as feed readers see them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import feedparser
import pytest

from tests.support.fixtures import picture
from tests.support.portal import Portal, story


def read(portal: Portal, path: str = "feed.xml") -> Any:
    """A feed, which must be without a fault."""
    feed = feedparser.parse(portal.tree()[path])
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.fixture
def fed(portal: Portal) -> Portal:
    """Stories of which some were corrected, one was retracted, and one is hard to put in XML."""
    portal.settings(
        '[comments]\nprovider = "isso"\nurl = "https://comments.example/"\n',
        first='timezone = "Asia/Tehran"\ndescription = "News & views."',
    )
    portal.write({"content/media/hill.png": picture(64, 48)})
    hard = (
        "Ends ]]> here & <b>there</b> \x0b.\n\n[a](/world/) [b](news:2) ![c](hill.png) [d](#x)\n\n"
    )
    portal.stories(
        story(
            1,
            "tags: [Iran, '<Water>']\nauthors: [Leila]\nseries: Rivers\n"
            "image: {src: hill.png, alt: A hill, caption: The hill, credit: Nour}\n"
            "standfirst: 'In < short'",
            title="'Fish & <chips> ]]>'",
            slug="fish",
            date="2024-01-20T18:00:00+03:30",
            body=hard + "{{< youtube dQw4w9WgXcQ >}}\n\n{{< related 2 >}}",
        )
    )
    portal.stories(
        story(2, "corrections: [{date: 2024-01-22, text: It was ten.}]", date="2024-01-18"),
        story(3, "retracted: {date: 2024-01-23, reason: Invented.}", date="2024-01-17"),
        story(4, "section: culture\nsource: FARSNEWS\nlang: fa", date="2024-01-16"),
    )
    return portal


def test_every_feed_is_read_without_a_complaint(fed: Portal) -> None:
    fed.built()
    feeds = [name for name in fed.tree() if name.endswith("feed.xml")]
    assert set(feeds) == {
        "feed.xml",
        "world/feed.xml",
        "culture/feed.xml",
        "tags/iran/feed.xml",
        "tags/water/feed.xml",
        "authors/leila/feed.xml",
        "sources/farsnews/feed.xml",
        "sources/the-courier/feed.xml",
        "series/rivers/feed.xml",
    }
    for name in feeds:
        feed = read(fed, name)
        [link] = [each for each in feed.feed.links if each.rel == "self"]
        assert link.href == f"https://news.example/{name}"
    assert [entry.title for entry in read(fed, "culture/feed.xml").entries] == ["Story 4"]
    assert read(fed, "tags/iran/feed.xml").feed.title == "Iran – The Courier"


def test_an_entry_says_all_that_readers_need(fed: Portal) -> None:
    fed.built()
    feed = read(fed)
    entry = feed.entries[0]

    assert (feed.feed.title, feed.feed.subtitle) == ("The Courier", "News & views.")
    assert [each.title for each in feed.entries[1:]] == [
        "Story 2",
        "Retracted: Story 3",
        "Story 4",
    ]
    assert entry.title == "Fish & <chips> ]]>"
    assert entry.link == "https://news.example/world/1/fish/"
    assert (entry.id, entry.guidislink) == ("tag:news.example,2024:news/1", False)
    assert entry.published == "Sat, 20 Jan 2024 18:00:00 +0330"
    assert [tag.term for tag in entry.tags] == ["World", "Iran", "<Water>"]
    assert entry.author == "Leila"
    assert entry.summary == "In < short"
    assert entry.comments == "https://news.example/n/1/#bs-comments"
    assert entry.media_content[0]["url"] == "https://news.example/media/hill.png"
    assert (entry.media_content[0]["width"], entry.media_content[0]["height"]) == ("64", "48")


def test_the_full_text_has_absolute_addresses_and_no_script(fed: Portal) -> None:
    fed.built()
    text = read(fed).entries[0].content[0].value
    addresses = re.findall(r'(?:href|src)="([^"]*)"', text)
    assert {
        "https://news.example/world/",
        "https://news.example/world/2/story-2/",
        "https://news.example/media/hill.png",
        "https://news.example/world/1/fish/#x",
    } <= set(addresses)
    assert all(address.startswith("https://") for address in addresses)
    assert "Ends ]]&gt; here &amp; <b>there</b>" in text
    assert not re.search(r"<(script|iframe|style|form)| on\w+=", text)


def test_a_correction_and_a_retraction_reach_readers_of_feeds(fed: Portal) -> None:
    fed.built()
    _, corrected, retracted, _ = read(fed).entries
    assert corrected.content[0].value.startswith(
        "<p><strong>Correction (January 22, 2024):</strong>"
    )
    assert corrected.updated == "2024-01-22T00:00:00+03:30"
    assert retracted.content[0].value == "<p><strong>Retracted:</strong> Invented.</p>"
    assert retracted.summary == "Retracted: Invented."
    assert "comments" not in retracted
    assert read(fed).feed.updated == "Tue, 23 Jan 2024 00:00:00 +0330"


def test_ids_outlive_headlines_addresses_and_sections(fed: Portal) -> None:
    fed.built()
    before = [entry.id for entry in read(fed).entries]
    fed.stories(story(2, "section: culture", title="Renamed", date="2024-01-18"))
    fed.settings("", first='permalink = "/{year}/{news_id}/"\ntimezone = "Asia/Tehran"')
    fed.built()
    assert [entry.id for entry in read(fed).entries] == before


def test_a_feed_without_entries_is_valid(portal: Portal) -> None:
    portal.built()
    feed = read(portal, "culture/feed.xml")
    assert (feed.entries, feed.feed.title) == ([], "Culture – The Courier")
    assert ET.fromstring(portal.text("feed.xml")).find("channel/lastBuildDate") is None


def test_a_feed_has_the_newest_entries_up_to_its_limit(portal: Portal) -> None:
    portal.settings("[outputs]\nfeed_items = 2\n")
    portal.stories(*(story(number, date=f"2024-01-0{number}") for number in range(1, 5)))
    portal.built()
    assert [entry.title for entry in read(portal).entries] == ["Story 4", "Story 3"]


def test_the_feed_of_an_unchanged_site_is_the_same_at_any_time(fed: Portal) -> None:
    fed.built(now="2024-02-01T00:00:00Z")
    before = fed.text("feed.xml")
    fed.built("--clean", now="2029-09-09T00:00:00Z")
    assert fed.text("feed.xml") == before


def test_characters_that_xml_forbids_never_reach_a_feed(portal: Portal) -> None:
    portal.stories(story(1, body="A &#11; B &#xFFFE; C &#x1F600;"))
    portal.build()
    text = read(portal).entries[0].content[0].value
    assert "😀" in text


def test_pages_announce_their_feeds(fed: Portal) -> None:
    fed.built()
    found = fed.page("/tags/iran/").all(".//link[@type='application/rss+xml']")
    assert [link.get("href") for link in found] == [
        "https://news.example/tags/iran/feed.xml",
        "https://news.example/feed.xml",
    ]
