"""This repository's own portal: the story that it was made for, and pages under a strict policy."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import feedparser

from tests.support.pages import Html, read_html
from tests.support.portal import Portal

STORY = "/world/7519/tehran-and-islamabad-move-to-calm-tensions-after-cross-border-strikes/"
URL = f"https://news.example{STORY}"


def pages(portal: Portal) -> dict[str, Html]:
    return {
        name: read_html(data.decode())
        for name, data in portal.tree().items()
        if name.endswith(".html")
    }


def test_the_story_has_its_page(courier: Portal) -> None:
    page = courier.page(STORY)
    [headline] = page.texts(".//h1")
    assert headline.startswith("Tehran and Islamabad move to calm tensions")
    [facts] = page.classed("story-facts")
    assert facts.startswith("Source FARSNEWS News ID 7519")
    assert page.texts(".//time")[0] == "January 20, 2024"
    assert page.classed("bs-factbox")
    assert {"/tags/iran/", "/tags/pakistan/", "/tags/diplomacy/", "/sources/farsnews/"} <= set(
        page.links()
    )
    assert page.only(".//link[@rel='canonical']").get("href") == URL
    assert "Jaish al-Adl" in page.classed("text")[0]


def test_the_story_is_in_its_lists(courier: Portal) -> None:
    [headline] = courier.page(STORY).texts(".//h1")
    for path in (
        "/world/",
        "/tags/iran/",
        "/tags/pakistan/",
        "/sources/farsnews/",
        "/archive/2024/01/20/",
        "/",
    ):
        assert headline in courier.page(path).headlines(), path
    assert STORY in courier.text("n/7519/index.html")


def test_the_story_is_in_its_feeds(courier: Portal) -> None:
    for path in ("feed.xml", "world/feed.xml", "tags/iran/feed.xml", "sources/farsnews/feed.xml"):
        feed = feedparser.parse(courier.tree()[path])
        assert not feed.bozo
        [entry] = [each for each in feed.entries if each.link == URL]
        assert entry.id == "tag:news.example,2024:news/7519"
        assert entry.published == "Sat, 20 Jan 2024 00:00:00 +0330"
        assert "Saravan county" in entry.content[0].value
        assert "How it unfolded" in entry.content[0].value


def test_the_storys_comments_are_keyed_by_its_news_id(courier: Portal) -> None:
    page = courier.page(STORY)
    [thread] = page.all(".//*[@id='isso-thread']")
    assert thread.get("data-isso-id") == "/n/7519/"
    [script] = [each for each in page.all(".//script[@src]") if "embed" in each.get("src", "")]
    assert script.get("src") == "https://comments.news.example/js/embed.min.js"
    assert script.get("data-isso") == "https://comments.news.example/"


def test_the_story_is_told_to_machines(courier: Portal) -> None:
    scripts = courier.page(STORY).texts(".//script[@type='application/ld+json']")
    explanation = json.dumps([json.loads(script) for script in scripts])
    assert '"NewsArticle"' in explanation
    assert "2024-01-20" in explanation
    assert URL in explanation


def test_no_page_needs_inline_code(courier: Portal) -> None:
    """So that all of them work under `default-src 'self'` and what the comments widget adds."""
    for name, page in pages(courier).items():
        for element in page.root.iter():
            assert element.tag != "style", name
            assert "style" not in element.keys(), name
            assert not [each for each in element.keys() if each.startswith("on")], name
            address = (element.get("href") or element.get("src") or "").strip().lower()
            assert not address.startswith(("javascript:", "data:")), name
            if element.tag == "script" and element.get("type") != "application/ld+json":
                assert element.get("src"), name


def test_every_page_is_sound_for_readers_and_machines(courier: Portal) -> None:
    for name, page in pages(courier).items():
        assert page.root.get("lang"), name
        assert page.root.get("dir") in ("ltr", "rtl"), name
        assert len(page.texts(".//title")) == 1, name
        if page.meta("refresh") is None:
            assert len(page.all(".//h1")) == 1, name
            assert len(page.all(".//main")) == 1, name
            ids = page.values(".//*[@id]", "id")
            assert len(ids) == len(set(ids)), name
            assert all(each.get("alt") is not None for each in page.all(".//img")), name


def test_every_link_of_the_portal_leads_somewhere(courier: Portal) -> None:
    done = courier.check("--links")
    assert (done.code, done.stderr) == (0, "")


def test_every_xml_file_is_well_formed(courier: Portal) -> None:
    for name, data in courier.tree().items():
        if name.endswith(".xml"):
            ET.fromstring(data)


def test_the_portal_shows_what_a_newsroom_needs(courier: Portal) -> None:
    """A correction, a retraction, opinion, a series, three authors, three sources, two pages."""
    everything = pages(courier).values()
    assert any(page.classed("correction") for page in everything)
    assert any(page.classed("notice-retracted") for page in everything)
    assert any("Opinion" in page.classed("label") for page in everything)
    folders = {path.parent for path in courier.output.glob("*/*/index.html")}
    assert {"series", "authors", "sources"} <= {folder.parent.name for folder in folders}
    assert len(list(courier.output.glob("authors/*/index.html"))) >= 3
    assert len(list(courier.output.glob("sources/*/index.html"))) >= 3
    assert {"about/index.html", "contact/index.html"} <= courier.tree().keys()
