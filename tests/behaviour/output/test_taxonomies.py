"""A portal's own taxonomy: a few lines in site.toml give pages, feeds, links and queries."""

from __future__ import annotations

import json

import feedparser
import pytest

from tests.support.portal import SITE, Portal, story

PEOPLE = '[[taxonomies]]\nkey = "people"\ntitle = "People"\nsingular = "person"\n'


@pytest.fixture
def people(portal: Portal) -> Portal:
    """Three stories on two people, and one on nobody."""
    portal.settings(PEOPLE)
    portal.stories(
        story(1, "people: [Ada Lovelace]", date="2024-01-18"),
        story(2, "people: [Ada Lovelace, Grace Hopper]\ntags: [Iran]", date="2024-01-19"),
        story(3, "people: Grace Hopper", date="2024-01-20"),
        story(4, date="2024-01-21"),
    )
    portal.built()
    return portal


def test_terms_have_listings_and_an_overview(people: Portal) -> None:
    page = people.page("/people/ada-lovelace/")
    assert page.texts(".//h1") == ["Ada Lovelace"]
    assert page.headlines() == ["Story 2", "Story 1"]
    assert "People" in page.classed("kicker")
    assert "/people/" in page.links()
    overview = people.page("/people/")
    assert overview.texts(".//h1") == ["People"]
    assert {"/people/ada-lovelace/", "/people/grace-hopper/"} <= set(overview.links())


def test_every_page_leads_to_the_overview(people: Portal) -> None:
    for path in ("/", "/tags/iran/", "/world/4/story-4/"):
        assert "/people/" in people.page(path).links()


def test_full_pages_of_a_term_are_numbered_from_the_oldest(people: Portal) -> None:
    people.stories(*(story(n, "people: [Ada Lovelace]", date=f"2024-01-{n}") for n in (22, 23)))
    people.built()
    first = people.page("/people/ada-lovelace/page/1/")
    assert first.headlines() == ["Story 22", "Story 2", "Story 1"]


def test_terms_have_feeds_that_their_pages_name(people: Portal) -> None:
    feed = feedparser.parse(people.tree()["people/grace-hopper/feed.xml"])
    assert [entry.title for entry in feed.entries] == ["Story 3", "Story 2"]
    page = people.page("/people/grace-hopper/")
    feeds = page.values(".//link[@type='application/rss+xml']", "href")
    assert feeds[0] == "https://news.example/people/grace-hopper/feed.xml"


def test_an_article_links_to_its_terms_and_tells_search_engines(people: Portal) -> None:
    page = people.page("/world/2/story-2/")
    assert {"/people/ada-lovelace/", "/people/grace-hopper/", "/tags/iran/"} <= set(page.links())
    blocks = [json.loads(text) for text in page.texts(".//script[@type='application/ld+json']")]
    every = [one for block in blocks for one in (block if isinstance(block, list) else [block])]
    [article] = [one for one in every if "about" in one]
    assert article["about"] == [
        {"@type": "Thing", "name": "Ada Lovelace"},
        {"@type": "Thing", "name": "Grace Hopper"},
    ]
    without = people.page("/world/4/story-4/").links()
    assert not [link for link in without if link.startswith("/people/") and link != "/people/"]


def test_terms_are_in_sitemaps(people: Portal) -> None:
    assert "https://news.example/people/ada-lovelace/" in people.text("sitemaps/people.xml")
    assert "https://news.example/people/<" in people.text("sitemaps/site.xml")


def test_templates_can_ask_for_terms_and_their_stories(people: Portal) -> None:
    people.write(
        {
            "templates/front.html": """
{% for story in latest(9, person="Ada Lovelace") %}{{ story.title }};{% endfor %}
{% for story in latest(9, people="Grace Hopper", tag="Iran") %}{{ story.title }};{% endfor %}
{% for term in terms("people", order="count") %}{{ term.name }} {{ term.count }} {{ term.href }};
{% endfor %}{{ term_name("people", "ada-lovelace") }}"""
        }
    )
    people.built()
    assert "".join(people.text("index.html").split()) == (
        "Story2;Story1;Story2;AdaLovelace2/people/ada-lovelace/;"
        "GraceHopper2/people/grace-hopper/;AdaLovelace"
    )


def test_a_template_for_the_listings_is_preferred(people: Portal) -> None:
    people.write({"templates/person.html": "About {{ listing.title }}, a {{ page.kind }}."})
    people.built()
    assert people.text("people/ada-lovelace/index.html") == "About Ada Lovelace, a person."
    assert "a person" not in people.text("tags/iran/index.html")


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (
            'latest(3, persn="Ada")',
            ":14: error: latest() has no argument 'persn' (did you mean 'person'? ",
        ),
        ('terms("peple")', ":11: error: there is no taxonomy 'peple' (did you mean 'people'? "),
    ],
)
def test_a_taxonomy_that_there_is_not_is_an_error_in_the_template(
    people: Portal, call: str, hint: str
) -> None:
    people.write({"templates/front.html": f"\n{{{{ {call} }}}}"})
    done = people.build()
    assert done.code == 1
    assert done.error.startswith(f"templates/front.html:2{hint}")


def test_front_matter_is_checked_as_that_of_tags(people: Portal) -> None:
    people.stories(story(5, "people: [Ada Lovelace, Ada Lovelace]\nplaces: [Tehran]"))
    done = people.build()
    assert "unknown key 'places'" in done.errors[1]
    assert "is written twice: 'Ada Lovelace'" in done.errors[0]


def test_two_names_with_one_slug_are_told_apart_in_site_toml(people: Portal) -> None:
    people.stories(story(5, 'people: ["Ada Lovelace!"]'))
    done = people.build()
    assert 'write "Ada Lovelace!" = "ada-lovelace-2" under [slugs.people]' in done.error
    people.settings(f'{PEOPLE}\n[slugs.people]\n"Ada Lovelace!" = "ada-2"\n')
    people.built()
    assert people.page("/people/ada-2/").headlines() == ["Story 5"]


STEPS = {
    "added": (SITE, f"{SITE}{PEOPLE}"),
    "renamed": (f"{SITE}{PEOPLE}", f"{SITE}{PEOPLE}".replace('"People"', '"Persons"')),
    "in another order": (
        f'{SITE}{PEOPLE}[[taxonomies]]\nkey = "places"\ntitle = "Places"\n',
        f'{SITE}[[taxonomies]]\nkey = "places"\ntitle = "Places"\n{PEOPLE}',
    ),
    "removed": (f"{SITE}{PEOPLE}", SITE),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_changed_taxonomy_gives_what_a_clean_build_gives(portal: Portal, step: str) -> None:
    for settings in STEPS[step]:
        has_people = 'key = "people"' in settings
        portal.write({"site.toml": settings})
        portal.stories(story(1, "people: [Ada Lovelace]" if has_people else ""), story(2))
        portal.built()
    assert portal.tree() == portal.clean_tree()


def test_articles_come_and_go_as_in_other_lists(people: Portal) -> None:
    people.stories(story(2, "people: [Grace Hopper]", date="2024-01-19"))
    people.remove("content/articles/1.md")
    people.built()
    assert "people/ada-lovelace/index.html" not in people.tree()
    assert people.tree() == people.clean_tree()
