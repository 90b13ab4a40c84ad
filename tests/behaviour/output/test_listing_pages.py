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
from generator.index.connection import open_index
from generator.index.queries.articles import LISTING_PAGE
from generator.index.queries.sitemaps import LISTED
from generator.index.reader import IndexReader
from generator.index.visibility_update import apply_now
from generator.index.writer import IndexWriter
from generator.model.article import FrontMatter
from generator.model.body import Body
from generator.model.site import Section, Site
from generator.model.source import ParsedArticle
from generator.model.taxonomy import SourceCredit, TermRef
from generator.model.timestamp import Timestamp
from generator.outputs import PlanContext as Planned
from generator.outputs.listing import plan
from generator.theme.theme import Theme, default_theme
from tests.support.portal import Portal, story

START = datetime(2024, 1, 1, tzinfo=UTC)
LONG_AFTER = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())


def article(news_id: int, day: int, embargo: int = 0) -> ParsedArticle:
    """An article with one tag; `day` and `embargo` are the days of `date` and `publish_at`."""
    front = FrontMatter(
        news_id=str(news_id),
        title=f"Story {news_id}",
        date=Timestamp(START + timedelta(days=day), has_time=False),
        publish_at=Timestamp(START + timedelta(days=embargo)),
        source=SourceCredit("FARSNEWS", "farsnews"),
        section="world",
        slug=f"story-{news_id}",
        lang="en",
        tags=(TermRef("Iran", "iran"),),
        authors=("Leila",),
        series=TermRef("Rivers", "rivers"),
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
        changes = Changes()
        writer = IndexWriter(connection, site, changes)
        for number, day in enumerate(sorted(days), 1):
            writer.put(article(number, day))
            apply_now(connection, changes, LONG_AFTER, drafts=False)
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


@settings(max_examples=25)
@given(
    size=st.integers(1, 4),
    days=st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), min_size=1, max_size=14),
)
def test_time_never_changes_a_full_page_of_any_list(size: int, days: list[tuple[int, int]]) -> None:
    """All stories are there from the start, and go live one after another."""
    site = Site(
        title="T", base_url="https://n.example", sections=(Section("world", "W"),), per_page=size
    )
    with closing(open_index(Path(":memory:"))) as connection:
        changes = Changes()
        writer = IndexWriter(connection, site, changes)
        for number, (day, embargo) in enumerate(days, 1):
            writer.put(article(number, day, embargo))
        kept: dict[tuple[str, ...], list[str]] = {}
        for day in sorted({max(each) for each in days}):
            now = START + timedelta(days=day)
            apply_now(connection, changes, int(now.timestamp()), drafts=False)
            full = _full_pages(connection, size)
            assert kept.items() <= full.items()
            kept = full
    if len(days) >= size:
        assert {taxonomy for taxonomy, *_ in kept} >= {"site", "section", "tags", "authors"}


def _full_pages(connection: sqlite3.Connection, size: int) -> dict[tuple[str, ...], list[str]]:
    """What every full page of a list and every full file of a sitemap holds."""
    found: dict[tuple[str, ...], list[str]] = {}
    for taxonomy, slug, count in connection.execute("SELECT taxonomy, slug, count FROM term"):
        for page in range(count // size):
            place = {"taxonomy": taxonomy, "slug": slug, "first": page * size, "count": size}
            cards = LISTING_PAGE.decode(LISTING_PAGE.fetch(IndexReader(connection), **place))
            found[taxonomy, slug, str(page)] = [card.news_id for card in cards]
    months = "SELECT month, count(*) FROM article WHERE live GROUP BY month"
    for month, count in connection.execute(months):
        for page in range(count // size):
            place = {"month": month, "first": page * size, "count": size}
            rows = LISTED.fetch(IndexReader(connection), **place)
            found["sitemap", month, str(page)] = [path for path, _ in rows]
    return found


def _pages(connection: sqlite3.Connection, planned: Planned, size: int) -> dict[str, list[str]]:
    """The News IDs on every page of the tag, by path; the own page asks as its template does."""
    found = {}
    for output in plan(planned, None):
        if output.params.taxonomy == "tags":
            number, full = output.params.number, output.params.full
            cards = LISTING_PAGE.decode(
                LISTING_PAGE.fetch(
                    IndexReader(connection),
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


def test_an_old_date_and_a_late_embargo_leave_full_pages_as_they_are(portal: Portal) -> None:
    """The story is the newest of all lists on the day on which it goes live."""
    late = story(90, "tags: [Iran]\npublish_at: 2024-02-02T08:00:00Z", date="2024-01-02")
    others = (story(number, "tags: [Iran]", date=f"2024-01-{number:02}") for number in range(1, 8))
    portal.stories(late, *others)
    portal.built()
    before = portal.tree()

    portal.built(now="2024-02-02T08:00:00+00:00")

    after = portal.tree()
    still = [path for path in before if "/page/" in path]
    still += ["archive/2024/01/02/index.html", "sitemaps/2024-01.xml"]
    assert "tags/iran/page/1/index.html" in still
    assert {path: after[path] for path in still} == {path: before[path] for path in still}
    for page in ("/", "/world/", "/tags/iran/", "/sources/the-courier/", "/archive/2024/02/02/"):
        assert portal.page(page).headlines()[0] == "Story 90", page
    assert "/world/90/" in portal.text("sitemaps/2024-02.xml")
    assert portal.page("/world/7/story-7/").values(".//a[@rel='next']", "href") == [
        "/world/90/story-90/"
    ]
    [first, *_] = portal.text("feed.xml").split("<item>")[1:]
    assert "Story 90" in first
    assert "<pubDate>Fri, 02 Feb 2024 08:00:00 +0000</pubDate>" in first
    assert after == portal.clean_tree(now="2024-02-02T08:00:00+00:00")


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
