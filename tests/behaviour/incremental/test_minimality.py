"""For each kind of change: exactly these files were made again, and exactly these were written.

The portal is one in which every listing is full: three stories a page, twelve stories, six tagged
Iran and six tagged Peru. Each build is also compared with a clean one.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.fixtures import picture
from tests.support.portal import NOW, REPOSITORY, Portal, story

_STORIES = range(1, 13)


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What one build did: paths of files, folders without their index.html."""

    made: set[str]
    written: set[str]
    gone: set[str]
    parsed: int
    asked: int


def front(number: int, more: str = "", *, body: str = "The text.", **keys: str) -> str:
    """A story of the portal, published on the day of January that is its number."""
    tag = "Iran" if number <= 6 else "Peru"
    lines = more if "tags:" in more else f"{more}\ntags: [{tag}]"
    usual = {"date": f"2024-01-{number:02d}T06:00:00Z"}
    return story(number, f"standfirst: In short.\n{lines}", body=body, **usual | keys)


@pytest.fixture(scope="module")
def _full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    portal = Portal(tmp_path_factory.mktemp("full") / "portal")
    portal.settings('[extra]\nmotto = "First"\n[outputs]\nfeed_items = 3\nsources = false\n')
    portal.stories(*(front(number) for number in _STORIES if number not in (4, 5)))
    portal.stories(
        front(4, "authors: [leila]\nimage: hill.png"), front(5, body="{{< youtube dQw4w9WgXcQ >}}")
    )
    portal.write(
        {
            "content/authors/leila.md": "---\nname: Leila Karimi\n---\n\nA reporter.\n",
            "content/media/hill.png": picture(),
            "content/pages/about.md": "---\ntitle: About us\n---\n\nWho we are.\n",
            "templates/page.html": '{% extends "!page.html" %}{% block body_end %}'
            '{% include "partials/motto.html" %}{% endblock %}',
            "templates/partials/motto.html": "<p>{{ site.extra.motto }}</p>",
            "templates/assets/js/clock.js": "tick();",
        }
    )
    portal.built()
    return portal.root


@pytest.fixture
def full(_full: Path, tmp_path: Path) -> Portal:
    shutil.copytree(_full, tmp_path / "portal")
    return Portal(tmp_path / "portal")


def build(portal: Portal, *, now: str = NOW) -> Rebuild:
    """Build, and compare with a clean build."""
    done = portal.built("-v", now=now)
    *lines, asked, _ = (
        line for line in done.stdout.splitlines() if not line.startswith("left out: ")
    )
    made = {line.partition(": ")[0] for line in lines}
    changed, gone = set(done.report["changed"]), set(done.report["gone"])
    assert len(made) == done.report["outputs"]["rendered"]
    assert portal.tree() == portal.clean_tree(now=now)
    parsed = done.report["sources"]["parsed"]
    evaluated = int(asked.partition(" ")[0])
    return Rebuild(short(made), short(changed), short(gone), parsed, evaluated)


def short(paths: set[str]) -> set[str]:
    return {path.removesuffix("index.html") for path in paths}


def edit(portal: Portal, name: str, before: str, after: str) -> None:
    """Replace words that a file has."""
    text = (portal.root / name).read_text("utf-8")
    assert before in text
    portal.write({name: text.replace(before, after)})


def days(*numbers: int) -> set[str]:
    return {f"archive/2024/01/{number:02d}/" for number in numbers}


def pages(*numbers: int) -> set[str]:
    return {f"world/{number}/story-{number}/" for number in numbers}


COUNTS = {"archive/", "archive/2024/", "archive/2024/01/", "tags/", "sitemaps/2024-01.xml"}
"""Where stories are counted or all listed."""

FRONT = {"", "404.html"}
"""Where the newest stories are shown."""

NEWEST = FRONT | {"feed.xml", "world/", "world/feed.xml", "tags/peru/", "tags/peru/feed.xml"}
NEWEST |= {"sitemap.xml", "sitemaps/site.xml"}
"""Where the newest story of the portal, of its section and of its tag, or its time, is shown."""


def test_nothing_changed(full: Portal) -> None:
    assert build(full) == Rebuild(set(), set(), set(), parsed=0, asked=0)


def test_other_times_alone(full: Portal) -> None:
    for path in (full.root / "content").rglob("*.md"):
        path.touch()
    assert build(full) == Rebuild(set(), set(), set(), parsed=0, asked=0)


def test_body_edited_stops_at_its_page_and_the_feeds_that_carry_it(full: Portal) -> None:
    full.stories(front(2, body="Another first paragraph."), front(12, body="Another, too."))
    done = build(full)
    feeds = {"feed.xml", "world/feed.xml", "tags/peru/feed.xml"}
    assert done.made == done.written == pages(2, 12) | feeds
    assert done.parsed == 2


def test_lead_of_a_story_without_standfirst_is_shown_by_its_card(full: Portal) -> None:
    """An answer is compared whole, though many pages show only the headline of a story in it:
    those pages are made again, and not written."""
    edit(full, "content/articles/2.md", "standfirst: In short.\n", "")
    build(full)
    edit(full, "content/articles/2.md", "The text.", "Another first paragraph.")
    done = build(full)
    lists = {"world/page/1/", "tags/iran/page/1/"} | days(2)
    assert done.written == pages(2, 3) | lists
    assert done.made == done.written | pages(1, 4, 5, 6, 7) | {""}


def test_title_edited_is_shown_wherever_the_story_is(full: Portal) -> None:
    full.stories(front(2, slug="story-2", title="Another headline"))
    done = build(full)
    assert done.made == done.written
    assert done.made == (
        pages(1, 2, 3, 4, 5, 6, 7) | days(2) | {"", "world/page/1/", "tags/iran/page/1/"}
    )
    assert done.gone == set()


def test_tag_added_and_removed(full: Portal) -> None:
    """All pages of the tag's listing from the story's place on: it moves all newer ones."""
    listing = {"tags/", "tags/peru/", "tags/peru/page/1/", "tags/peru/page/2/"}
    full.stories(front(2, "tags: [Iran, Peru]"))
    done = build(full)
    assert done.made == done.written == listing | pages(2, 7, 8, 9, 10, 11)
    full.stories(front(2, "tags: [Iran]"))
    assert build(full).made == done.made


def test_a_tag_that_nobody_else_has(full: Portal) -> None:
    full.stories(front(2, "tags: [Iran, Chess]"))
    done = build(full)
    lists = {"tags/", "sitemaps/tags.xml"}
    assert done.written == {"tags/chess/", "tags/chess/feed.xml"} | lists | pages(2)
    assert done.made == done.written | {"sitemap.xml"}
    full.stories(front(2))
    done = build(full)
    assert done.written == lists | pages(2)
    assert done.made == done.written | {"sitemap.xml"}
    assert done.gone == {"tags/chess/", "tags/chess/feed.xml"}


def test_new_story_leaves_older_pages_of_full_listings_alone(full: Portal) -> None:
    full.stories(front(13))
    done = build(full)
    own = pages(13) | {"n/13/"}
    assert done.made == done.written == own | pages(12) | days(12, 13) | COUNTS | NEWEST
    assert done.parsed == 1


def test_new_story_that_fills_a_page_makes_one_page_more(full: Portal) -> None:
    full.stories(front(13), front(14))
    build(full)
    full.stories(front(15))
    done = build(full)
    own = pages(15) | {"n/15/"}
    turned = {"world/page/4/", "world/page/5/", "tags/peru/page/2/", "tags/peru/page/3/"}
    assert done.made == done.written == own | pages(14) | days(14, 15) | COUNTS | NEWEST | turned


def test_backdated_story_moves_what_is_newer(full: Portal) -> None:
    full.stories(front(60, "tags: [Iran]", date="2024-01-06T07:00:00Z"))
    done = build(full)
    lists = {"world/", "world/page/3/", "world/page/4/", "tags/iran/", "tags/iran/feed.xml"}
    own = {"n/60/"} | pages(60)
    assert done.made == done.written == own | pages(6, 7) | days(6) | lists | COUNTS | FRONT


def test_story_in_the_middle_of_the_archive_deleted(full: Portal) -> None:
    """Each newer story of its listings moves down by a place, so all pages from there on change."""
    full.remove("content/articles/6.md")
    done = build(full)
    lists = {f"world/{page}" for page in ("", "page/2/", "page/3/")}
    lists |= {"tags/iran/", "tags/iran/page/1/", "tags/iran/feed.xml"}
    assert done.made == done.written == pages(5, 7) | days(5, 7) | lists | COUNTS | FRONT
    assert done.gone == pages(6) | days(6) | {"n/6/", "world/page/4/", "tags/iran/page/2/"}


def test_a_partial_of_some_pages(full: Portal) -> None:
    edit(full, "templates/partials/motto.html", "<p>", "<p class=motto>")
    done = build(full)
    assert done == Rebuild({"about/"}, {"about/"}, set(), parsed=0, asked=done.asked)


def test_a_template_over_the_default_one_that_says_the_same(full: Portal) -> None:
    """A template names the partials that it may include, so its pages read them all."""
    text = (REPOSITORY / "templates/partials/contents.html").read_text("utf-8")
    full.write({"templates/partials/contents.html": text + "{# #}"})
    done = build(full)
    assert (done.made, done.written) == (pages(*_STORIES), set())


def test_a_listing_template_that_was_not_there(full: Portal) -> None:
    full.write({"templates/tag.html": '{% extends "listing.html" %}'})
    done = build(full)
    tags = {f"tags/{tag}/{page}" for tag in ("iran", "peru") for page in ("", "page/1/", "page/2/")}
    assert (done.made, done.written) == (tags, set())


def test_a_shortcode_template(full: Portal) -> None:
    full.write({"templates/shortcodes/youtube.html": "<p>A film.</p>"})
    done = build(full)
    assert done.made == done.written == pages(5)
    assert done.parsed == 0


def test_a_word_of_the_theme(full: Portal) -> None:
    """All words of a language are one file and one input: each page shows dozens of them."""
    words = (REPOSITORY / "templates/i18n/en.toml").read_text("utf-8")
    assert "Older stories" in words
    full.write({"templates/i18n/en.toml": words.replace("Older stories", "Earlier")})
    done = build(full)
    assert {"robots.txt", "media/hill.png"}.isdisjoint(done.made)
    assert not [path for path in done.made if path.startswith("sitemap")]
    assert done.written == {
        f"{listing}/{page}"
        for listing, pages in (
            ("world", (0, 2, 3, 4)),
            ("tags/iran", (0, 2)),
            ("tags/peru", (0, 2)),
        )
        for page in (f"page/{number}/" if number else "" for number in pages)
    }
    assert done.parsed == 0


def test_a_key_of_site_toml_that_one_page_reads(full: Portal) -> None:
    edit(full, "site.toml", 'motto = "First"', 'motto = "Second"')
    done = build(full)
    assert done.made == done.written == {"about/"}
    assert done.parsed == 0


def test_a_key_of_site_toml_that_feeds_read(full: Portal) -> None:
    """The feed of an author with one story is made again, though it has no more to carry."""
    edit(full, "site.toml", "feed_items = 3", "feed_items = 4")
    done = build(full)
    feeds = {"feed.xml", "world/feed.xml", "tags/iran/feed.xml", "tags/peru/feed.xml"}
    assert done.written == feeds
    assert done.made == feeds | {"culture/feed.xml", "authors/leila/feed.xml"}


def test_an_asset_that_no_page_names(full: Portal) -> None:
    full.write({"templates/assets/js/clock.js": "tock();"})
    done = build(full)
    assert done.made == done.written
    assert len(done.made) == len(done.gone) == 1


def test_an_asset_that_pages_name(full: Portal) -> None:
    style = (REPOSITORY / "templates/assets/css/broadsheet.css").read_text("utf-8")
    full.write({"templates/assets/css/broadsheet.css": style + "/* ours */"})
    done = build(full)
    assert done.made == done.written
    plain = {path for path in done.made if path.startswith("n/") or path.endswith(".xml")}
    assert plain == set()
    assert pages(*_STORIES) | FRONT < done.made
    assert done.parsed == 0


def test_an_asset_that_a_filter_names(full: Portal) -> None:
    full.write(
        {
            "templates/article.html": '{{ article.title }}: {{ "css/own.css" | asset }}',
            "templates/assets/css/own.css": "p { color: red }",
        }
    )
    build(full)
    full.write({"templates/assets/css/own.css": "p { color: navy }"})
    assert build(full).written >= pages(*_STORIES)


def test_an_author_s_biography(full: Portal) -> None:
    """The feed and the overview ask for the profile, of which they show only the name."""
    edit(full, "content/authors/leila.md", "A reporter.", "An editor.")
    done = build(full)
    assert done.written == {"authors/leila/"} | pages(4)
    assert done.made == done.written | {"authors/leila/feed.xml", "authors/"}


def test_an_author_s_name(full: Portal) -> None:
    """Pages that show the story's headline alone are made again, and not written."""
    edit(full, "content/authors/leila.md", "Leila Karimi", "Leila K.")
    done = build(full)
    lists = {"world/page/2/", "tags/iran/", "tags/iran/page/2/", "tags/iran/feed.xml", ""}
    author = {"authors/", "authors/leila/", "authors/leila/feed.xml"}
    assert done.written == pages(4, 5) | days(4) | lists | author
    assert done.made == done.written | pages(3, 6, 7) | {"404.html"}


def test_a_picture_replaced_by_one_of_its_size(full: Portal) -> None:
    full.write({"content/media/hill.png": picture(colour="red")})
    done = build(full)
    assert done.made == done.written == {"media/hill.png"}


def test_a_picture_replaced_by_one_of_another_size(full: Portal) -> None:
    full.write({"content/media/hill.png": picture(50, 20)})
    done = build(full)
    lists = {"world/page/2/", "tags/iran/", "tags/iran/page/2/", "tags/iran/feed.xml", ""}
    author = {"authors/leila/", "authors/leila/feed.xml"}
    assert done.written == pages(4, 5) | days(4) | lists | author | {"media/hill.png"}
    assert done.made == done.written | pages(3, 6, 7) | {"404.html"}


def test_a_page_outside_the_news(full: Portal) -> None:
    edit(full, "content/pages/about.md", "Who we are.", "What we do.")
    done = build(full)
    assert done.made == done.written == {"about/"}


def test_a_page_that_no_menu_shows(full: Portal) -> None:
    """A sitemap lists it; the index asks which pages there are, and says the same of them."""
    full.write({"content/pages/rules.md": "---\ntitle: Rules\nmenu: false\n---\n\nBe kind.\n"})
    done = build(full)
    assert done.written == {"rules/", "sitemaps/site.xml"}
    assert done.made == done.written | {"sitemap.xml"}


def test_a_source_renamed_without_a_change_writes_nothing(full: Portal) -> None:
    """Its page is made again, as templates may show the name of the file."""
    articles = full.root / "content/articles"
    (articles / "2024").mkdir()
    (articles / "8.md").rename(articles / "2024/eight.md")
    done = build(full)
    assert (done.made, done.written, done.gone) == (pages(8), set(), set())


def test_time_alone(full: Portal) -> None:
    """An embargo ends, then the mark as breaking, then the story's time."""
    until = "breaking: 2024-02-03T00:00:00Z\nexpires: 2024-02-04T00:00:00Z"
    full.stories(front(13, f"publish_at: 2024-02-02T00:00:00Z\n{until}"))
    assert build(full) == Rebuild(set(), set(), set(), parsed=1, asked=0)

    own = pages(13) | {"n/13/"}
    news = {"sitemap-news.xml"}
    done = build(full, now="2024-02-02T12:00:00+00:00")
    day = {"archive/2024/02/02/"}
    month = {"sitemaps/2024-02.xml", "archive/2024/02/"}
    counts = COUNTS - {"sitemaps/2024-01.xml"}
    shown = pages(12) | days(12) | day | month | counts | NEWEST | news
    assert done.made == done.written == own | shown
    assert done.parsed == 0

    done = build(full, now="2024-02-03T12:00:00+00:00")
    unseen = {"404.html", "feed.xml", "world/feed.xml", "tags/peru/feed.xml"} | pages(12)
    assert done.written == pages(13) | day | {"", "world/", "tags/peru/"}
    assert done.made == done.written | unseen

    done = build(full, now="2024-02-04T12:00:00+00:00")
    assert done.made == done.written == shown - day - month
    assert done.gone == own | day | month


def test_news_is_news_for_two_days(full: Portal) -> None:
    """Of what time changes, the news sitemap is a file of its own."""
    news = {"sitemap-news.xml"}
    full.stories(front(13, date="2024-02-01T06:00:00Z"))
    done = build(full)
    months = {"sitemaps/2024-02.xml", "archive/2024/02/", "archive/2024/02/01/"}
    counts = COUNTS - {"sitemaps/2024-01.xml"}
    own = pages(13) | {"n/13/"}
    shown = own | pages(12) | days(12) | months | counts | NEWEST
    assert done.made == done.written == shown | news

    full.stories(front(13, body="Another first paragraph.", date="2024-02-01T06:00:00Z"))
    feeds = {"feed.xml", "world/feed.xml", "tags/peru/feed.xml"}
    assert build(full).made == pages(13) | feeds

    done = build(full, now="2024-02-03T06:00:00+00:00")
    assert done == Rebuild(news, news, set(), parsed=0, asked=1)
    done = build(full, now="2024-02-09T06:00:00+00:00")
    assert done == Rebuild(set(), set(), set(), parsed=0, asked=0)


def test_news_is_retracted(full: Portal) -> None:
    full.stories(front(13, date="2024-02-01T06:00:00Z"))
    build(full)
    gone = "retracted: {date: 2024-02-01T09:00:00Z, reason: Invented.}"
    full.stories(front(13, gone, date="2024-02-01T06:00:00Z"))
    done = build(full)
    sitemaps = {path for path in done.written if path.startswith("sitemap")}
    assert sitemaps == {"sitemap.xml", "sitemap-news.xml", "sitemaps/site.xml"}
    assert done.gone == {"sitemaps/2024-02.xml"}


def test_a_story_says_that_it_was_updated(full: Portal) -> None:
    """Its month says so, too; the index if no other story of the month changed later, and the
    portal's own pages if none of their lists has a newer one."""
    full.stories(front(2, "updated: 2024-01-03T06:00:00Z"))
    done = build(full)
    assert {path for path in done.made if path.startswith("sitemap")} == {"sitemaps/2024-01.xml"}
    full.stories(front(12, "updated: 2024-01-13T06:00:00Z"))
    sitemaps = {"sitemap.xml", "sitemaps/2024-01.xml", "sitemaps/site.xml"}
    done = build(full)
    assert {path for path in done.written if path.startswith("sitemap")} == sitemaps


NEIGHBOURS = pages(1, 3, 4, 5, 6, 7)
"""The pages that show the second story among what is beside it or related to it."""

LISTS = {"", "world/page/1/", "tags/iran/page/1/"}
"""The front page and the listings that show the second story."""


def test_another_section(full: Portal) -> None:
    """The old listing closes up from there on. The index of sitemaps asks for the newest of each
    section, which is none of this story's doing."""
    full.stories(front(2, "section: culture"))
    done = build(full)
    own = {"culture/2/story-2/", "culture/", "culture/feed.xml", "n/2/"}
    listing = {"world/", "world/page/2/", "world/page/3/"}
    sitemaps = {"sitemaps/2024-01.xml", "sitemaps/site.xml"}
    assert done.written == own | NEIGHBOURS | days(2) | LISTS | listing | sitemaps
    assert done.made == done.written | {"sitemap.xml"}
    assert done.gone == pages(2) | {"world/page/4/"}
    assert done.parsed == 1


def test_another_author(full: Portal) -> None:
    full.stories(front(2, "authors: [leila]"))
    done = build(full)
    author = {"authors/", "authors/leila/", "authors/leila/feed.xml"}
    assert done.written == pages(2, 3) | days(2) | author | LISTS - {""}
    assert done.made == done.written | NEIGHBOURS | {""}


def test_another_date_within_the_month(full: Portal) -> None:
    """The story changes places with the next one, and its day is no more."""
    full.stories(front(2, date="2024-01-03T07:00:00Z"))
    done = build(full)
    month = {"archive/2024/01/", "sitemaps/2024-01.xml", "404.html"}
    assert done.made == done.written == pages(2) | NEIGHBOURS | days(1, 3) | LISTS | month
    assert done.gone == days(2)


def test_news_ids_swapped(full: Portal) -> None:
    edit(full, "content/articles/2.md", "news_id: 2", "news_id: 3")
    edit(full, "content/articles/3.md", "news_id: 3", "news_id: 2")
    done = build(full)
    own = {"world/2/story-3/", "world/3/story-2/", "n/2/", "n/3/"}
    others = NEIGHBOURS - pages(3) | days(2, 3) | LISTS | {"404.html", "sitemaps/2024-01.xml"}
    assert done.made == done.written == own | others
    assert done.gone == pages(2, 3)
    assert done.parsed == 2


def test_news_ids_swapped_between_stories_of_one_moment(full: Portal) -> None:
    """While one has the other's News ID already, both have one place in each list."""
    for number in (2, 3):
        full.stories(front(number, date="2024-01-02T06:00:00Z"))
    build(full)
    edit(full, "content/articles/2.md", "news_id: 2", "news_id: 3")
    edit(full, "content/articles/3.md", "news_id: 3", "news_id: 2")
    assert build(full).gone == pages(2, 3)


def test_a_retraction(full: Portal) -> None:
    """Counts and places stay; what shows the story says so, and feeds that carry it."""
    full.stories(front(2, "retracted: {date: 2024-01-25, reason: Untrue.}"))
    done = build(full)
    others = NEIGHBOURS | days(2) | LISTS | {"sitemaps/2024-01.xml"}
    assert done.made == done.written == pages(2) | others


def test_a_correction(full: Portal) -> None:
    """Lists do not show it; the sitemap of the month says that the page changed."""
    full.stories(front(2, "corrections: [{date: 2024-01-25, text: Wrong.}]"))
    done = build(full)
    assert done.made == done.written == pages(2) | {"sitemap.xml", "sitemaps/2024-01.xml"}


def test_an_alias_added_and_removed(full: Portal) -> None:
    full.stories(front(2, "aliases: [/old/]"))
    assert build(full) == Rebuild({"old/"}, {"old/"}, set(), parsed=1, asked=0)
    full.stories(front(2))
    assert build(full) == Rebuild(set(), set(), {"old/"}, parsed=1, asked=0)


def test_another_slug(full: Portal) -> None:
    full.stories(front(2, "slug: moved"))
    done = build(full)
    own = {"world/2/moved/", "n/2/", "sitemaps/2024-01.xml"}
    assert done.made == done.written == own | NEIGHBOURS | days(2) | LISTS
    assert done.gone == pages(2)


def test_a_template_over_the_default_one_removed(full: Portal) -> None:
    full.remove("templates/page.html")
    done = build(full)
    assert done.made == done.written == {"about/"}
    assert done.parsed == 0


def test_a_pin(full: Portal) -> None:
    """Lists ask for stories whole, so what shows this one is made again, and not written."""
    full.stories(front(2, "pinned: true"))
    done = build(full)
    assert done.written == {""}
    assert done.made == pages(2) | NEIGHBOURS | days(2) | LISTS


def test_related_stories_chosen(full: Portal) -> None:
    full.stories(front(2, "related: [9]"))
    done = build(full)
    assert done.made == done.written == pages(2)


def test_an_option_of_markdown_reads_all_and_makes_what_it_changes(full: Portal) -> None:
    full.stories(front(2, body='He said "no".'))
    build(full)
    text = (full.root / "site.toml").read_text("utf-8")
    full.write({"site.toml": f"{text}\n[markdown]\nsmart_quotes = true\n"})
    done = build(full)
    assert done.made == done.written == pages(2)
    assert done.parsed == len(list((full.root / "content").rglob("*.*")))


def test_a_static_file_added_changed_and_removed(full: Portal) -> None:
    file = {"humans.txt"}
    full.write({"content/static/humans.txt": "Humans."})
    assert build(full) == Rebuild(file, file, set(), parsed=1, asked=0)
    full.write({"content/static/humans.txt": "People."})
    assert build(full) == Rebuild(file, file, set(), parsed=1, asked=0)
    full.remove("content/static/humans.txt")
    done = build(full)
    assert (done.made, done.written, done.gone, done.parsed) == (set(), set(), file, 0)


def test_a_picture_that_appears_beside_a_story_takes_the_place_of_another(full: Portal) -> None:
    """It was looked for there first."""
    full.write({"content/articles/hill.png": picture(50, 20)})
    done = build(full)
    assert "media/articles/hill.png" in done.written
    assert pages(4, 5) | days(4) < done.written
    assert done.gone == {"media/hill.png"}
    full.remove("content/articles/hill.png")
    done = build(full)
    assert "media/hill.png" in done.written
    assert done.gone == {"media/articles/hill.png"}


def test_a_profile_of_a_name_that_another_profile_has(full: Portal) -> None:
    """The first of the two by its slug is meant by the name."""
    full.stories(front(2, "authors: [Leila Karimi]"))
    build(full)
    full.write({"content/authors/a-karimi.md": "---\nname: Leila Karimi\n---\n\nHer sister.\n"})
    done = build(full)
    assert pages(2) | {"authors/leila/", "authors/a-karimi/"} < done.written
    assert pages(4) & done.written == set()
    full.remove("content/authors/a-karimi.md")
    assert pages(2) | {"authors/leila/"} < build(full).written


def test_another_version_makes_all_again_and_writes_what_it_makes_otherwise(full: Portal) -> None:
    index = full.root / ".broadsheet/build/index.sqlite"
    with closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE input SET digest = x'00' WHERE key = 'code'")
    done = build(full)
    assert len(done.made) == len(full.tree())
    assert done.written == done.gone == set()
