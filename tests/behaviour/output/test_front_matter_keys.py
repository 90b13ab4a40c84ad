"""Every key of an article's front matter, and where readers see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.fixtures import picture
from tests.support.pages import Html, text_of
from tests.support.portal import Portal, story
from tests.support.sitemaps import listed, shards

ISSO = '[comments]\nprovider = "isso"\nurl = "https://comments.example/"\n'
PAGE = "/world/1/story-1/"


def page_of(portal: Portal, more: str, **front: str) -> Html:
    """The page of a story with more front matter."""
    portal.stories(story(1, more, **front))
    portal.built()
    return portal.page(PAGE)


def facts(page: Html) -> Mapping[str, Any]:
    """The NewsArticle in a page's structured data."""
    for script in page.all(".//script[@type='application/ld+json']"):
        data = json.loads(script.text or "")
        for item in data if isinstance(data, list) else data.get("@graph", [data]):
            if "headline" in item:
                return dict(item)
    raise AssertionError("no article in the structured data")


def test_a_story_shows_its_title_source_date_and_news_id(portal: Portal) -> None:
    page = page_of(portal, "source: {name: FARSNEWS, url: https://farsnews.example/1}")

    assert page.texts(".//h1") == ["Story 1"]
    assert "January 20, 2024" in page.classed("facts")[0]
    assert "00:00" not in page.classed("facts")[0]
    assert page.classed("story-facts") == [
        "Source FARSNEWS original News ID 1https://news.example/n/1/"
    ]
    assert "https://farsnews.example/1" in page.links()
    assert "/sources/farsnews/" in page.links()
    assert "/n/1/" in page.links()


def test_words_above_and_below_the_headline_are_shown(portal: Portal) -> None:
    page = page_of(
        portal,
        "kicker: Diplomacy\nbyline: From our <own> writers\ndateline: TEHRAN\n"
        "standfirst: What it is about.\nupdated: 2024-01-21T10:00:00Z\nkind: analysis",
    )

    assert page.classed("kicker") == ["Analysis Diplomacy"]
    assert page.classed("byline") == ["From our <own> writers"]
    assert page.classed("dateline") == ["TEHRAN"]
    assert page.classed("standfirst") == ["What it is about."]
    assert "Updated January 21, 2024" in page.classed("facts")[0]
    assert page.meta("article:modified_time") == "2024-01-21T10:00:00+00:00"
    assert "AnalysisNewsArticle" in facts(page)["@type"]
    assert portal.page("/world/").classed("card-standfirst") == ["What it is about."]


def test_cards_use_the_first_paragraph_where_there_is_no_standfirst(portal: Portal) -> None:
    portal.stories(story(1, body="The *lead* is here.\n\nThe rest."))
    portal.built()
    assert portal.page("/world/").classed("card-standfirst") == ["The lead is here."]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("opinion", "Opinion"),
        ("feature", "Feature"),
        ("interview", "Interview"),
        ("review", "Review"),
        ("live", "Live"),
        ("press-release", "Press release"),
        ("sponsored", "Sponsored"),
    ],
)
def test_what_is_not_plain_news_is_labelled(portal: Portal, kind: str, label: str) -> None:
    page = page_of(portal, f"kind: {kind}")
    assert page.classed("label") == [label]
    assert portal.page("/world/").classed("label") == [label]


def test_plain_news_has_no_label(portal: Portal) -> None:
    assert page_of(portal, "").classed("label") == []


def test_corrections_are_shown_and_told_to_machines(portal: Portal) -> None:
    page = page_of(
        portal,
        "corrections:\n"
        "  - {date: 2024-01-22, text: The sum was <wrong>.}\n"
        "  - {date: 2024-01-23, text: What we meant., kind: clarification}\n"
        "  - {date: 2024-01-24, text: What came of it., kind: update}\n"
        "  - {date: 2024-01-25, text: From the editor., kind: editors-note}",
    )

    assert page.classed("correction") == [
        "Correction January 22, 2024 The sum was <wrong>.",
        "Clarification January 23, 2024 What we meant.",
        "Update January 24, 2024 What came of it.",
        "Editor’s note January 25, 2024 From the editor.",
    ]
    assert "4 changes since publication" in page.classed("facts")[0]
    assert "The sum was" in json.dumps(facts(page))
    assert "The sum was" in portal.text("feed.xml")


def test_a_retracted_story_is_a_notice_and_in_no_list_of_the_latest(portal: Portal) -> None:
    portal.write({"content/media/hill.png": picture()})
    portal.stories(story(2, "related: [1]", body="Another."))
    page = page_of(
        portal,
        "retracted: {date: 2024-01-25, reason: It was invented.}\nimage: hill.png\n"
        "standfirst: What it claimed.\nseo_title: What it claimed.",
    )

    assert "It was invented." in page.classed("notice")[0]
    assert portal.says("The text.") == portal.says("What it claimed.") == []
    assert page.meta("description") == "It was invented."
    assert page.meta("robots") == "noindex,follow"
    assert portal.page("/").headlines() == ["Story 2"]
    assert portal.page("/world/2/story-2/").headlines() == []
    assert PAGE not in listed(portal)
    assert portal.page("/world/").classed("label") == ["Retracted"]
    assert "media/hill.png" not in portal.tree()


def test_related_stories_come_in_the_order_that_the_author_gave(portal: Portal) -> None:
    portal.stories(
        story(2, "tags: [A]", date="2024-01-02"),
        story(3, "section: culture", date="2024-01-03"),
        story(4, date="2024-01-04"),
    )
    page = page_of(portal, "related: [3, 4]\ntags: [A]")
    assert page.headlines() == ["Story 3", "Story 4", "Story 2"]


def test_neighbours_are_the_stories_before_and_after_in_the_section(portal: Portal) -> None:
    portal.stories(
        story(2, date="2024-01-19"),
        story(3, "section: culture", date="2024-01-19T12:00:00Z"),
        story(4, date="2024-01-21"),
        story(5, "lang: fa", date="2024-01-20T12:00:00Z"),
    )
    page = page_of(portal, "")
    assert page.classed("neighbour-title") == ["Story 2", "Story 4"]


def test_aliases_redirect_and_the_page_says_where_it_is(portal: Portal) -> None:
    page_of(portal, "aliases: [/old/name/, /2019/story.html, /old/ü%20x/]")

    for path in ("old/name/index.html", "2019/story.html", "old/ü x/index.html"):
        text = portal.text(path)
        assert '<meta http-equiv="refresh" content="0; url=/world/1/story-1/">' in text
        assert '<link rel="canonical" href="https://news.example/world/1/story-1/">' in text
        assert "noindex" in text
        assert '<a href="/world/1/story-1/">' in text


def test_a_story_first_published_elsewhere_says_so_to_machines(portal: Portal) -> None:
    page = page_of(portal, "canonical: https://elsewhere.example/a?b=1&c")
    assert page.only(".//link[@rel='canonical']").get("href") == (
        "https://elsewhere.example/a?b=1&c"
    )
    assert "elsewhere.example/a?b=1&c" in page.classed("story-facts")[0]


def test_a_page_is_its_own_canonical(portal: Portal) -> None:
    page = page_of(portal, "")
    assert page.only(".//link[@rel='canonical']").get("href") == f"https://news.example{PAGE}"


def test_index_false_keeps_search_engines_away(portal: Portal) -> None:
    page = page_of(portal, "index: false")
    assert page.meta("robots") == "noindex,follow"
    assert PAGE not in listed(portal)
    assert PAGE in portal.text("feed.xml")


def test_a_story_is_indexed_and_in_the_sitemap_if_nothing_else_is_said(portal: Portal) -> None:
    page = page_of(portal, "")
    assert (page.meta("robots") or "").startswith("index,follow")
    [modified] = shards(portal)["2024-01"].values()
    assert PAGE in listed(portal)
    assert modified == "2024-01-20T00:00:00+00:00"


def test_feed_false_keeps_a_story_out_of_every_feed(portal: Portal) -> None:
    page_of(portal, "feed: false\ntags: [A]\nauthors: [B]\nseries: C\nsource: D")
    assert [name for name in portal.says("Story 1") if name.endswith(".xml")] == []
    assert portal.page("/tags/a/").headlines() == ["Story 1"]


def test_comments_false_takes_the_widget_away(portal: Portal) -> None:
    portal.settings(ISSO)
    portal.stories(story(1, "comments: false"), story(2))
    portal.built()
    assert "comments.example" not in portal.text("world/1/story-1/index.html")
    assert "comments.example" in portal.text("world/2/story-2/index.html")
    assert "<comments>" in portal.text("feed.xml").split("Story 2")[1].split("</item>")[0]


def test_words_for_search_engines_differ_from_the_headline(portal: Portal) -> None:
    page = page_of(portal, "seo_title: For search\ndescription: In short.")
    assert page.texts(".//title") == ["For search | The Courier"]
    assert page.texts(".//h1") == ["Story 1"]
    assert (page.meta("description"), page.meta("og:description")) == ("In short.", "In short.")
    assert "<description>In short.</description>" in portal.text("feed.xml")


def test_a_lead_picture_has_its_words_and_its_size(portal: Portal) -> None:
    portal.write({"content/articles/near.png": picture(64, 48), "content/media/far.png": picture()})
    page = page_of(portal, "image: {src: near.png, alt: A hill, caption: The hill., credit: Nour}")

    image = page.only(".//figure//img")
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A hill", "64", "48")
    assert image.get("src", "").lstrip("/") in portal.tree()
    assert page.texts(".//figcaption")[0].startswith("The hill. Nour")
    assert (page.meta("og:image") or "").endswith("/near.png")
    assert not [name for name in portal.tree() if "far.png" in name]


def test_a_slug_of_ones_own_is_the_last_part_of_the_address(portal: Portal) -> None:
    portal.stories(story(1, "slug: خبر-تازه"))
    portal.built()
    assert "world/1/خبر-تازه/index.html" in portal.tree()
    assert "https://news.example/world/1/%D8%AE%D8%A8%D8%B1-" in portal.text("feed.xml")


def test_a_storys_language_decides_its_direction_and_words(portal: Portal) -> None:
    page = page_of(portal, "lang: fa\nslug: story-1", title="خبر")
    root = page.root
    assert (root.get("lang"), root.get("dir")) == ("fa", "rtl")
    assert "Published" not in page.classed("facts")[0]
    card = portal.page("/world/").all(".//*[@class='card-text']")[0]
    assert (card.get("lang"), card.get("dir")) == ("fa", "rtl")


def test_translations_lead_to_each_other(portal: Portal) -> None:
    portal.stories(story(2, "lang: fa\ntranslation_of: 1"), story(3, "lang: de\ntranslation_of: 1"))
    page_of(portal, "")

    for own, others in (("1", "de fa"), ("2", "de en"), ("3", "en fa")):
        page = portal.page(f"/world/{own}/story-{own}/")
        shown = page.all(".//*[@class='translations']//a")
        assert [link.get("hreflang") for link in shown] == others.split()
        alternates = page.values(".//link[@rel='alternate'][@hreflang]", "hreflang")
        assert sorted(alternates) == ["de", "en", "fa"]


def test_the_parts_of_a_series_name_each_other_oldest_first(portal: Portal) -> None:
    portal.stories(
        story(2, "series: Water", date="2024-01-21"), story(3, "series: Water", date="2024-01-19")
    )
    page = page_of(portal, "series: Water")
    [box] = page.all(".//section[@class='series']")
    assert [text_of(item) for item in box.iter("li")] == [
        "Story 3",
        "Story 1",
        "Story 2",
    ]
    assert portal.page("/series/water/").headlines() == ["Story 2", "Story 1", "Story 3"]


def test_authors_with_a_profile_have_a_page_and_those_without_too(portal: Portal) -> None:
    portal.write(
        {
            "content/authors/leila.md": "---\nname: Leila Karimi\nrole: Editor\n"
            "email: leila@news.example\nlinks: {Mastodon: https://social.example/@l}\n"
            "image: leila.png\naliases: [/staff/leila/]\n---\n\nBorn in *Marjan*.\n",
            "content/authors/leila.png": picture(),
            "content/authors/new.md": "---\nname: New Here\n---\n",
        }
    )
    page = page_of(portal, "authors: [leila, Omar Haddad]")

    assert page.classed("byline") == ["By Leila Karimi , Omar Haddad"] or page.classed(
        "byline"
    ) == ["By Leila Karimi, Omar Haddad"]
    assert {"/authors/leila/", "/authors/omar-haddad/"} <= set(page.links())
    assert "Editor" in page.classed("author")[0]
    profile = portal.page("/authors/leila/")
    text = portal.text("authors/leila/index.html")
    assert profile.headlines() == ["Story 1"]
    assert "Born in <em>Marjan</em>" in text
    assert "mailto:leila@news.example" in text
    assert "https://social.example/@l" in text
    assert "media/authors/leila.png" in portal.tree()
    assert portal.page("/authors/omar-haddad/").headlines() == ["Story 1"]
    assert portal.page("/authors/new/").headlines() == []
    assert "/authors/leila/" in portal.text("staff/leila/index.html")


def test_an_author_is_known_by_name_and_by_slug(portal: Portal) -> None:
    portal.write({"content/authors/lk.md": "---\nname: Leila Karimi\n---\n"})
    portal.stories(story(1, "authors: [lk]"), story(2, "authors: [leila karimi]"))
    portal.built()
    assert len(portal.page("/authors/lk/").headlines()) == 2
    assert "authors/leila-karimi/index.html" not in portal.tree()


def test_a_layout_takes_the_place_of_the_articles_template(portal: Portal) -> None:
    portal.write({"templates/longread.html": "Long: {{ article.title }} {{ article.extra.size }}"})
    portal.stories(story(1, "layout: longread.html\nextra: {size: 3}"))
    portal.built()
    assert portal.text("world/1/story-1/index.html") == "Long: Story 1 3"


def test_front_matter_is_never_markup(portal: Portal) -> None:
    hostile = "'<script>alert(1)</script>*x*{{ 7*7 }}'"
    keys = ("title", "kicker", "byline", "dateline", "standfirst", "seo_title", "description")
    portal.write({"content/media/a.png": picture()})
    portal.stories(
        "---\nnews_id: 1\ndate: 2024-01-20\nslug: s\n"
        + "".join(f"{key}: {hostile}\n" for key in keys)
        + f"source: {{name: {hostile}}}\ntags: [{hostile}]\nauthors: [{hostile}]\n"
        + f"series: {hostile}\nimage: {{src: a.png, alt: {hostile}, caption: {hostile}}}\n"
        + f"corrections: [{{date: 2024-01-21, text: {hostile}}}]\n---\n\n"
        + "<script>alert(1)</script><p onclick='alert(1)'>x</p>\n"
    )
    done = portal.build()
    assert done.code == 0
    assert done.stderr.startswith(
        "content/articles/1.md:20:1: warning: raw <script> is not published"
    )
    assert portal.says("<script>alert") == portal.says("onclick") == portal.says("*x*49") == []
    assert portal.page("/world/1/s/").texts(".//h1") == [hostile.strip("'")]
