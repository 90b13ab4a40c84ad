"""Sitemaps as crawlers read them: all that may be indexed, each page once, and when it changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.pages import read_html
from tests.support.portal import NOW, Portal, story
from tests.support.sitemaps import BASE, News, listed, news, shards

OTHER_TIMES = ("2024-01-05T00:00:00+00:00", "2024-02-03T12:00:01+00:00")


def indexable(portal: Portal) -> set[str]:
    """The pages that say that they may be indexed, and that they are where they belong."""
    found = set()
    for name, data in portal.tree().items():
        if name.endswith(".html"):
            page = read_html(data.decode())
            canonical = page.values(".//link[@rel='canonical']", "href")
            path = "/" + name.removesuffix("index.html")
            own = [unquote(urlsplit(url).path) for url in canonical] == [path]
            elsewhere = not all(url.startswith(f"{BASE}/") for url in canonical)
            if "noindex" not in (page.meta("robots") or "") and own and not elsewhere:
                found.add(path)
    return found


def left_out(path: str) -> bool:
    """Whether a page only leads to stories that are listed by themselves."""
    return "/page/" in path or path.startswith("/archive/")


@st.composite
def _stories(draw: st.DrawFn) -> list[str]:
    months = st.sampled_from(["2023-12", "2024-01", "2024-02"])
    keys: dict[str, st.SearchStrategy[str]] = {
        "section": st.sampled_from(["world", "culture"]),
        "tags": st.sampled_from(["[Iran]", "[بازار, C++]", "[]"]),
        "authors": st.sampled_from(["[leila]", "[Omar, 'O''Neil & Söhne']"]),
        "series": st.just("Water"),
        "index": st.sampled_from(["true", "false"]),
        "draft": st.just("true"),
        "retracted": st.just("{date: 2024-01-25, reason: Invented.}"),
        "canonical": st.sampled_from(["https://elsewhere.example/a", f"{BASE}/world/1/story-1/"]),
        "publish_at": st.sampled_from(["2024-02-01T12:00:00Z", "2024-02-01T12:00:01Z"]),
        "expires": st.just("2024-03-01"),
        "kind": st.sampled_from(["opinion", "sponsored"]),
    }
    stories = []
    for number in range(1, draw(st.integers(1, 8))):
        chosen = draw(st.fixed_dictionaries({}, optional=keys))
        more = "\n".join(f"{key}: {value}" for key, value in chosen.items())
        stories.append(story(number, more, date=f"{draw(months)}-0{number}"))
    return stories


@settings(max_examples=25)
@given(stories=_stories(), more=_stories(), then=st.sampled_from([NOW, *OTHER_TIMES]))
def test_every_page_that_may_be_indexed_is_listed_once_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, stories: list[str], more: list[str], then: str
) -> None:
    """Also after the stories were replaced by others, at another time."""
    portal = Portal(tmp_path_factory.mktemp("site") / "portal")
    portal.settings("[outputs]\nsources = false\n")
    portal.write(
        {
            "content/authors/leila.md": "---\nname: Leila\n---\n",
            "content/pages/about.md": "---\ntitle: About\naliases: [/who/]\n---\n",
            "content/pages/plan.md": "---\ntitle: Our plan\nindex: false\n---\n",
            "content/pages/later.md": "---\ntitle: Later\ndraft: true\n---\n",
        }
    )
    for texts, now in ((stories, NOW), (more, then)):
        for file in (portal.root / "content").glob("articles/*"):
            file.unlink()
        portal.stories(*texts)
        portal.built("--allow-removals", now=now)
        found = listed(portal)
        assert len(found) == len(set(found))
        assert set(found) == {path for path in indexable(portal) if not left_out(path)}
    assert portal.tree() == portal.clean_tree(now=then)


def test_articles_lie_in_the_month_of_their_publication_oldest_first(portal: Portal) -> None:
    portal.settings("", first='timezone = "Asia/Tehran"')
    portal.stories(
        story(1, date="2024-01-20T10:00:00Z"),
        story(2, date="2024-01-20T09:00:00Z"),
        story(3, date="2023-12-31T20:29:59Z"),
        story(4, date="2023-12-31T20:30:00Z"),
    )
    portal.built()
    found = shards(portal)
    assert list(found) == ["site", "sources", "2023-12", "2024-01"]
    assert list(found["2023-12"]) == [f"{BASE}/world/3/story-3/"]
    assert list(found["2024-01"]) == [f"{BASE}/world/{n}/story-{n}/" for n in (4, 2, 1)]


@pytest.mark.parametrize(
    ("more", "modified"),
    [
        ("", "2024-01-20T00:00:00+00:00"),
        ("updated: 2024-01-21T10:30:00+02:00", "2024-01-21T08:30:00+00:00"),
        (
            "updated: 2024-01-21\ncorrections: [{date: 2024-01-22T01:02:03Z, text: It was ten.}]",
            "2024-01-22T01:02:03+00:00",
        ),
        ("publish_at: 2024-01-30T08:00:00Z", "2024-01-30T08:00:00+00:00"),
        ("publish_at: 2024-01-30T08:00:00Z\nupdated: 2024-01-21", "2024-01-30T08:00:00+00:00"),
        ("publish_at: 2024-01-02", "2024-01-20T00:00:00+00:00"),
    ],
)
def test_a_story_changed_when_readers_should_know_of_it(
    portal: Portal, more: str, modified: str
) -> None:
    portal.stories(story(1, more))
    portal.built()
    assert shards(portal)["2024-01"] == {f"{BASE}/world/1/story-1/": modified}


def test_a_listing_changed_with_its_newest_story_and_of_other_pages_nothing_is_said(
    portal: Portal,
) -> None:
    portal.stories(
        story(1, "updated: 2024-01-30T00:00:00Z\ntags: [Iran]", date="2024-01-01"),
        story(2, "section: culture\nupdated: 2024-01-25T00:00:00Z", date="2024-01-02"),
    )
    portal.write({"content/pages/about.md": "---\ntitle: About\n---\n"})
    portal.built()
    assert shards(portal)["site"] == {
        f"{BASE}/": "2024-01-25T00:00:00+00:00",
        f"{BASE}/world/": "2024-01-30T00:00:00+00:00",
        f"{BASE}/culture/": "2024-01-25T00:00:00+00:00",
        f"{BASE}/tags/": None,
        f"{BASE}/authors/": None,
        f"{BASE}/sources/": None,
        f"{BASE}/about/": None,
    }
    assert shards(portal)["tags"] == {f"{BASE}/tags/iran/": None}


def test_terms_come_in_the_order_of_their_first_use(portal: Portal) -> None:
    portal.write({"content/authors/leila.md": "---\nname: Leila\n---\n"})
    portal.stories(
        story(1, "tags: [Peru]\nauthors: [Omar]", date="2024-01-02"),
        story(2, "tags: [Iran, Peru]\nauthors: [Aisha]", date="2024-01-03"),
    )
    portal.built()
    found = shards(portal)
    assert list(found["tags"]) == [f"{BASE}/tags/peru/", f"{BASE}/tags/iran/"]
    names = ("leila", "omar", "aisha")
    assert list(found["authors"]) == [f"{BASE}/authors/{name}/" for name in names]
    portal.stories(story(3, "tags: [Zinc, Iran]", date="2024-01-01"))
    portal.built()
    tags = ("iran", "zinc", "peru")
    assert list(shards(portal)["tags"]) == [f"{BASE}/tags/{tag}/" for tag in tags]


def test_an_author_s_profile_comes_and_goes(portal: Portal) -> None:
    portal.stories(story(1))
    portal.built()
    assert "authors" not in shards(portal)
    portal.write({"content/authors/leila.md": "---\nname: Leila\n---\n"})
    portal.built()
    assert list(shards(portal)["authors"]) == [f"{BASE}/authors/leila/"]
    portal.remove("content/authors/leila.md")
    portal.built()
    assert "authors" not in shards(portal)


def test_a_month_is_gone_with_its_last_listed_story(portal: Portal) -> None:
    portal.stories(story(1), story(2, date="2023-12-01"))
    portal.built()
    assert "2023-12" in shards(portal)
    portal.stories(story(2, "index: false", date="2023-12-01"))
    done = portal.built().report
    assert "2023-12" not in shards(portal)
    assert done["gone"] == ["sitemaps/2023-12.xml"]


def test_a_portal_without_a_story_lists_its_own_pages(portal: Portal) -> None:
    portal.built()
    assert list(shards(portal)) == ["site"]
    assert news(portal) == []


def test_what_a_portal_does_without_is_not_listed(portal: Portal) -> None:
    portal.stories(story(1, "authors: [Omar]\nseries: Water\ntags: [Iran]"))
    portal.built()
    assert list(shards(portal)) == ["site", "tags", "authors", "sources", "series", "2024-01"]
    portal.settings("[outputs]\nauthors = false\nsources = false\nseries = false\n")
    portal.built()
    assert list(shards(portal)) == ["site", "tags", "2024-01"]
    assert f"{BASE}/authors/" not in shards(portal)["site"]


def test_addresses_are_encoded_and_escaped(portal: Portal) -> None:
    portal.settings("", first='permalink = "/it\'s/{slug}&{news_id}/"')
    portal.stories(story(1, "slug: بازار", title="x"))
    portal.built("--base-url", "https://x.example/daily/")
    month = shards(portal, "https://x.example/daily")["2024-01"]
    assert list(month) == ["https://x.example/daily/it's/%D8%A8%D8%A7%D8%B2%D8%A7%D8%B1&1/"]
    assert "/it&apos;s/%D8%A8%D8%A7%D8%B2%D8%A7%D8%B1&amp;1/" in portal.text("sitemaps/2024-01.xml")


def test_addresses_begin_with_the_path_of_base_url(portal: Portal) -> None:
    base = "https://x.example/daily"
    portal.stories(story(1, "tags: [Iran]"))
    portal.write({"content/pages/about.md": "---\ntitle: About\n---\n"})
    portal.built("--base-url", base)
    found = shards(portal, base)
    assert list(found) == ["site", "tags", "sources", "2024-01"]
    assert all(url.startswith(f"{base}/") for entries in found.values() for url in entries)
    assert f"{base}/about/" in found["site"]
    text = portal.text("robots.txt")
    assert f"\nSitemap: {base}/sitemap.xml\nSitemap: {base}/sitemap-news.xml\n" in text


@pytest.fixture
def two_in_a_file(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """A portal whose sitemaps may hold no more than two URLs."""
    monkeypatch.setattr("generator.outputs.sitemaps.MAX_URLS", 2)
    return portal


def test_a_part_with_too_many_urls_goes_on_in_further_files(two_in_a_file: Portal) -> None:
    portal = two_in_a_file
    for number in range(1, 6):
        portal.stories(story(number, f"tags: [T{number}]", date=f"2024-01-0{number}"))
    portal.built()
    found = shards(portal)
    days = [list(found[name]) for name in ("2024-01", "2024-01-2", "2024-01-3")]
    stories = [f"{BASE}/world/{number}/story-{number}/" for number in range(1, 6)]
    assert days == [stories[:2], stories[2:4], stories[4:]]
    tags = [url for name in ("tags", "tags-2", "tags-3") for url in found[name]]
    assert tags == [f"{BASE}/tags/t{number}/" for number in range(1, 6)]
    assert [name for name in found if name.startswith("site")] == ["site", "site-2", "site-3"]
    assert all(len(entries) <= 2 for entries in found.values())
    assert set(listed(portal)) == {path for path in indexable(portal) if not left_out(path)}


def test_files_that_are_full_stay_when_stories_are_published(two_in_a_file: Portal) -> None:
    portal = two_in_a_file
    for number in range(1, 6):
        portal.stories(story(number, date=f"2024-01-0{number}"))
    portal.built()
    portal.stories(story(6, date="2024-01-06"))
    assert _sitemaps(portal.built().report["changed"]) == {"2024-01-3", "site"}
    portal.stories(story(7, date="2024-01-07"))
    assert _sitemaps(portal.built().report["changed"]) == {"2024-01-4", "site"}
    portal.stories(story(8, date="2024-01-02T12:00:00Z"))
    assert _sitemaps(portal.built().report["changed"]) == {"2024-01-2", "2024-01-3", "2024-01-4"}
    shards(portal)
    portal.remove("content/articles/1.md", "content/articles/8.md")
    done = portal.built().report
    assert _sitemaps(done["changed"]) == {"2024-01", "2024-01-2", "2024-01-3"}
    assert _sitemaps(done["gone"]) == {"2024-01-4"}
    shards(portal)
    assert portal.tree() == portal.clean_tree()


def _sitemaps(paths: list[str]) -> set[str]:
    """The sitemaps among some files, by name."""
    return {
        path.removeprefix("sitemaps/").removesuffix(".xml")
        for path in paths
        if path.startswith("sitemaps/")
    }


def test_the_index_says_of_each_file_when_the_last_of_its_urls_changed(
    two_in_a_file: Portal,
) -> None:
    """Which `shards` compares for each file."""
    portal = two_in_a_file
    for number in range(1, 5):
        portal.stories(story(number, date=f"2024-01-0{number}"))
    portal.stories(story(2, "updated: 2024-01-20", date="2024-01-02"))
    portal.built()
    shards(portal)
    text = portal.text("sitemap.xml")
    first = "sitemaps/2024-01.xml</loc><lastmod>2024-01-20T00:00:00+00:00</lastmod>"
    second = "sitemaps/2024-01-2.xml</loc><lastmod>2024-01-04T00:00:00+00:00</lastmod>"
    assert first in text
    assert second in text


def test_a_news_entry_has_what_google_asks_for(portal: Portal) -> None:
    portal.settings(
        '[publisher]\nname = "The Courier & Sons (UK)"\n', first='timezone = "Asia/Tehran"'
    )
    title = "'Fish & <chips> \"now\"'"
    portal.stories(story(1, title=title, slug="fish", date="2024-02-01T10:00:00+00:00"))
    portal.built()
    assert news(portal) == [
        News(
            url=f"{BASE}/world/1/fish/",
            name="The Courier & Sons",
            language="en",
            published="2024-02-01T13:30:00+03:30",
            title='Fish & <chips> "now"',
        )
    ]
    assert portal.page("/world/1/fish/").texts(".//h1") == [news(portal)[0].title]


def test_without_a_publisher_the_news_is_the_portals(portal: Portal) -> None:
    portal.stories(story(1, date="2024-02-01"))
    portal.built()
    [entry] = news(portal)
    assert entry.name == "The Courier"


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        ("fa", "fa"),
        ("en-GB", "en"),
        ("ckb-Arab", "ckb"),
        ("zh", "zh-cn"),
        ("zh-Hans", "zh-cn"),
        ("zh-Hans-HK", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("zh-Hant", "zh-tw"),
        ("zh-Hant-MO", "zh-tw"),
    ],
)
def test_news_is_in_the_language_of_its_story(portal: Portal, lang: str, language: str) -> None:
    portal.stories(story(1, f"lang: {lang}", date="2024-02-01"))
    portal.built()
    assert [entry.language for entry in news(portal)] == [language]


@pytest.mark.parametrize(
    ("date", "more", "published"),
    [
        ("2024-02-01", "", "2024-02-01"),
        ("2024-02-01T09:00:00+01:00", "", "2024-02-01T08:00:00+00:00"),
        ("2024-01-02", "publish_at: 2024-02-01T08:00:00Z", "2024-02-01T08:00:00+00:00"),
        ("2024-02-01T09:00:00Z", "publish_at: 2024-01-02", "2024-02-01T09:00:00+00:00"),
        ("2024-02-01", "updated: 2024-02-01T11:00:00Z", "2024-02-01"),
    ],
)
def test_news_tells_when_it_was_first_published(
    portal: Portal, date: str, more: str, published: str
) -> None:
    portal.stories(story(1, more, date=date))
    portal.built()
    assert [entry.published for entry in news(portal)] == [published]


@pytest.mark.parametrize(
    "more",
    [
        "index: false",
        "canonical: https://elsewhere.example/a",
        "retracted: {date: 2024-02-01, reason: Invented.}",
        "kind: sponsored",
        "kind: press-release",
        "draft: true",
        "publish_at: 2024-02-01T12:00:01Z",
        "expires: 2024-02-01T12:00:00Z",
    ],
)
def test_what_is_no_news_is_left_out(portal: Portal, more: str) -> None:
    portal.stories(story(1, more, date="2024-02-01"), story(2, date="2024-02-01"))
    portal.built()
    assert [entry.title for entry in news(portal)] == ["Story 2"]
    portal.stories(story(1, date="2024-02-01"), story(2, more, date="2024-02-01"))
    portal.built()
    assert [entry.title for entry in news(portal)] == ["Story 1"]
    assert portal.tree() == portal.clean_tree()


def test_opinions_and_stories_that_no_feed_has_are_news(portal: Portal) -> None:
    portal.stories(story(1, "kind: opinion\nfeed: false", date="2024-02-01"))
    portal.built()
    assert len(news(portal)) == 1


def test_news_comes_newest_first(portal: Portal) -> None:
    portal.stories(
        story(1, date="2024-02-01T08:00:00Z"),
        story(2, date="2024-02-01T10:00:00Z"),
        story(3, "publish_at: 2024-02-01T09:00:00Z", date="2024-01-01"),
        story(4, date="2024-02-01T08:00:00Z"),
    )
    portal.built()
    assert [entry.title[-1] for entry in news(portal)] == ["2", "3", "4", "1"]


def test_news_is_for_48_hours_to_the_second(portal: Portal) -> None:
    """And the report says when it ends."""
    portal.stories(story(1, date="2024-01-30T12:00:00Z"), story(2, date="2024-01-30T12:00:01Z"))

    def at(now: str) -> tuple[list[str], Any, list[str]]:
        report = portal.built(now=now).report
        titles = [entry.title for entry in news(portal)]
        return titles, report["next_change_at"], report["changed"]

    titles, then, _ = at("2024-02-01T11:59:59+00:00")
    assert (titles, then) == (["Story 2", "Story 1"], "2024-02-01T12:00:00+00:00")
    assert at(then) == (["Story 2"], "2024-02-01T12:00:01+00:00", ["sitemap-news.xml"])
    assert at("2024-02-01T12:00:01+00:00") == ([], None, ["sitemap-news.xml"])
    assert portal.tree() == portal.clean_tree(now="2024-02-01T12:00:01+00:00")
    assert at("2024-02-01T11:59:59+00:00")[0] == ["Story 2", "Story 1"]


def test_an_embargo_delays_the_48_hours(portal: Portal) -> None:
    portal.stories(story(1, "publish_at: 2024-02-03T00:00:00Z", date="2024-02-01"))
    then = portal.built().report["next_change_at"]
    assert news(portal) == []
    assert portal.says("/world/1/") == []
    then = portal.built(now=then).report["next_change_at"]
    assert [entry.published for entry in news(portal)] == ["2024-02-03T00:00:00+00:00"]
    assert then == "2024-02-05T00:00:00+00:00"
    assert portal.built(now=then).report["changed"] == ["sitemap-news.xml"]
    assert news(portal) == []


def test_at_most_a_thousand_stories_are_news(portal: Portal) -> None:
    """The next change is when the first of those goes that are in the file."""
    newest = datetime.fromisoformat(NOW)
    for number in range(1, 1003):
        moment = newest - timedelta(seconds=1002 - number)
        portal.stories(story(number, date=moment.isoformat()))
    report = portal.built().report
    assert [entry.title for entry in news(portal)] == [
        f"Story {number}" for number in range(1002, 2, -1)
    ]
    then = newest - timedelta(seconds=1002 - 3) + timedelta(hours=48)
    assert report["next_change_at"] == then.isoformat()
    assert portal.built(now=then.isoformat()).report["changed"] == ["sitemap-news.xml"]
    assert len(news(portal)) == 999


def test_robots_txt_names_the_sitemaps_unless_the_portal_has_its_own(portal: Portal) -> None:
    portal.built()
    assert portal.text("robots.txt") == (
        "User-agent: *\nAllow: /\n\n"
        f"Sitemap: {BASE}/sitemap.xml\nSitemap: {BASE}/sitemap-news.xml\n"
    )
    portal.write({"content/static/robots.txt": "User-agent: *\nDisallow: /\n"})
    portal.built()
    assert portal.text("robots.txt") == "User-agent: *\nDisallow: /\n"
    portal.remove("content/static/robots.txt")
    portal.built()
    assert "Sitemap:" in portal.text("robots.txt")
