"""Pages of a listing never move: what one shows, it shows for good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.index.catalogue import Catalogue
from generator.index.changes import Changes
from generator.index.database import open_index
from generator.index.queries.articles import LISTING_PAGE
from generator.index.snapshot import Snapshot
from generator.index.visibility import advance
from generator.index.writer import IndexWriter
from generator.model.article import FrontMatter
from generator.model.body import Body
from generator.model.moment import Moment
from generator.model.site import Section, Site
from generator.model.source import ParsedArticle
from generator.model.terms import SourceCredit, TermRef
from generator.outputs import Portal as Planned
from generator.outputs.listing import plan
from generator.render.theme import Theme, default_theme
from tests.support.portal import Portal, story

START = datetime(2024, 1, 1, tzinfo=UTC)
LONG_AFTER = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())


def article(news_id: int, day: int) -> ParsedArticle:
    """An article of a day, with one tag."""
    front = FrontMatter(
        news_id=str(news_id),
        title=f"Story {news_id}",
        date=Moment(START + timedelta(days=day), has_time=False),
        source=SourceCredit("FARSNEWS", "farsnews"),
        section="world",
        slug=f"story-{news_id}",
        lang="en",
        tags=(TermRef("Iran", "iran"),),
    )
    path = f"content/articles/{news_id}.md"
    return ParsedArticle(path, news_id.to_bytes(8), front, Body(html=""))


@settings(max_examples=25)
@given(
    size=st.integers(1, 5),
    days=st.lists(st.integers(0, 6), min_size=1, max_size=14),
)
def test_newer_stories_never_change_a_page_of_a_listing(size: int, days: list[int]) -> None:
    """Stories come in the order of their dates, several of them on one day."""
    site = Site(
        title="T", base_url="https://n.example", sections=(Section("world", "W"),), per_page=size
    )
    theme = Theme((default_theme(),))
    kept: dict[str, list[str]] = {}
    with closing(open_index(Path(":memory:"))) as connection:
        changes = Changes(connection)
        writer = IndexWriter(connection, site, changes)
        for number, day in enumerate(sorted(days), 1):
            writer.put(article(number, day))
            advance(connection, changes, LONG_AFTER, drafts=False)
            shown = _pages(connection, Planned(site, Catalogue(connection), theme), size)
            own = shown.pop("tags/iran/index.html")
            assert kept.items() <= shown.items()
            assert list(shown) == [
                f"tags/iran/page/{page + 1}/index.html" for page in range(len(shown))
            ]
            assert all(len(stories) == size for stories in shown.values())
            everything = [story for stories in shown.values() for story in reversed(stories)]
            assert everything == [str(each) for each in range(1, len(shown) * size + 1)]
            oldest = max(0, len(shown) - 1) * size
            assert own == [str(each) for each in range(number, oldest, -1)]
            kept = shown


def _pages(connection: sqlite3.Connection, planned: Planned, size: int) -> dict[str, list[str]]:
    """The News IDs on every page of the tag, by path; the own page asks as its template does."""
    found = {}
    for output in plan(planned, None):
        if output.params["taxonomy"] == "tags":
            number, full = output.params["number"], output.params["full"]
            cards = LISTING_PAGE.view(
                LISTING_PAGE.rows(
                    Snapshot(connection),
                    taxonomy="tags",
                    slug="iran",
                    first=(number - 1 if number else max(0, full - 1)) * size,
                    count=size if number else None,
                )
            )
            found[output.path] = [card.news_id for card in cards]
    return found


def test_listing_pages_stay_byte_for_byte_when_newer_stories_come(portal: Portal) -> None:
    """With three stories to a page: page 1 has the oldest three, the own page the rest."""
    for number in range(1, 8):
        portal.stories(story(number, "tags: [Iran]", date=f"2024-01-{number:02}"))
    portal.built()
    first = portal.text("tags/iran/page/1/index.html")
    assert portal.page("/tags/iran/page/1/").headlines() == ["Story 3", "Story 2", "Story 1"]
    assert portal.page("/tags/iran/page/2/").headlines() == ["Story 6", "Story 5", "Story 4"]
    assert portal.page("/tags/iran/").headlines() == ["Story 7", "Story 6", "Story 5", "Story 4"]
    assert portal.page("/tags/iran/").classed("pager-older") == ["Older stories"]

    for number in range(8, 11):
        portal.stories(story(number, "tags: [Iran]", date=f"2024-01-{number:02}"))
        portal.built()

    assert portal.text("tags/iran/page/1/index.html") == first
    assert portal.page("/tags/iran/page/3/").headlines() == ["Story 9", "Story 8", "Story 7"]
    assert "tags/iran/page/4/index.html" not in portal.tree()
    assert portal.page("/tags/iran/").headlines() == ["Story 10", "Story 9", "Story 8", "Story 7"]


def test_a_new_story_changes_one_page_of_each_listing(portal: Portal) -> None:
    for number in range(1, 9):
        portal.stories(story(number, "tags: [Iran]", date=f"2024-01-{number:02}"))
    portal.built()
    portal.stories(story(20, "tags: [Iran]", date="2024-01-20"))

    changed = portal.built().report["changed"]

    pages = [path for path in changed if path.startswith("tags/iran/") and "html" in path]
    assert "tags/iran/index.html" in pages
    assert "tags/iran/page/1/index.html" not in pages


def test_every_page_of_a_listing_is_reached_from_its_own(portal: Portal) -> None:
    portal.stories(*(story(number, date=f"2024-01-{number:02}") for number in range(1, 14)))
    portal.built()
    seen, address = [], "/world/"
    while address not in seen:
        seen.append(address)
        older = portal.page(address).values(".//a[@class='pager-older']", "href")
        address = older[0] if older else address
    assert seen == ["/world/", "/world/page/3/", "/world/page/2/", "/world/page/1/"]
    newer, address = [], "/world/page/1/"
    while address not in newer:
        newer.append(address)
        address = portal.page(address).values(".//a[@class='pager-newer']", "href")[0]
        if address == "/world/":
            break
    assert newer == ["/world/page/1/", "/world/page/2/", "/world/page/3/", "/world/page/4/"]
