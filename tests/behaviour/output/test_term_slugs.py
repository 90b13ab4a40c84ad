"""Terms whose names differ in symbols have pages of their own, and site.toml may name slugs."""

from __future__ import annotations

import pytest

from tests.support.portal import Portal, story

LANGUAGES = story(1, "tags: [C, C++, 'C#', .NET, Net]")


def test_names_that_differ_in_symbols_are_tags_of_one_portal(portal: Portal) -> None:
    portal.stories(LANGUAGES)
    portal.built()
    for slug, name in {
        "c": "C",
        "c-plus-plus": "C++",
        "c-sharp": "C#",
        "dot-net": ".NET",
        "net": "Net",
    }.items():
        assert portal.page(f"/tags/{slug}/").texts(".//h1") == [name]
        assert f"/tags/{slug}/" in portal.page("/world/1/story-1/").links()


def test_addresses_of_a_turkish_portal_are_in_turkish_letters(portal: Portal) -> None:
    portal.settings("", first='language = "tr"')
    portal.stories(
        story(1, "tags: [IŞIK, İzmir]", title="İzmir"),
        story(2, "tags: [ışık, izmir]\nlang: en", title="Izmir"),
    )
    portal.built()
    assert portal.page("/tags/ışık/").headlines() == ["Izmir", "İzmir"]
    assert portal.page("/tags/izmir/").headlines() == ["Izmir", "İzmir"]
    assert portal.page("/world/1/izmir/").texts(".//h1") == ["İzmir"]
    assert portal.page("/world/2/izmir/").texts(".//h1") == ["Izmir"]


def test_site_toml_gives_terms_slugs(portal: Portal) -> None:
    portal.settings(
        """
        [slugs.tags]
        "C++" = "cpp"
        "?!" = "interrobang"
        [slugs.sources]
        "A/S" = "a-s-oslo"
        [slugs.series]
        "Rivers!" = "rivers-2"
        [slugs.authors]
        "J. Smith" = "j-smith-of-york"
        """
    )
    portal.stories(
        story(1, "tags: [c++, '?!']\nseries: Rivers!\nauthors: [J. Smith]", source="A/S"),
        story(2, "tags: [C++]\nseries: Rivers\nauthors: [J Smith]", source="A-S"),
    )
    portal.write({"templates/404.html": '{{ latest(9, tag="C++") | length }}'})

    portal.built()

    assert portal.page("/tags/cpp/").headlines() == ["Story 2", "Story 1"]
    assert portal.page("/tags/interrobang/").headlines() == ["Story 1"]
    assert portal.page("/sources/a-s-oslo/").headlines() == ["Story 1"]
    assert portal.page("/sources/a-s/").headlines() == ["Story 2"]
    assert portal.page("/series/rivers-2/").headlines() == ["Story 1"]
    assert portal.page("/series/rivers/").headlines() == ["Story 2"]
    assert portal.page("/authors/j-smith-of-york/").headlines() == ["Story 1"]
    assert portal.page("/authors/j-smith/").headlines() == ["Story 2"]
    assert portal.text("404.html") == "2"


def test_a_slug_that_changes_moves_its_pages_alone(portal: Portal) -> None:
    portal.stories(LANGUAGES, story(2, "tags: [Peru]"))
    portal.write({"templates/404.html": '{{ latest(9, tag="C++") | length }}'})
    portal.built()

    portal.settings('[slugs.tags]\n"C++" = "cpp"')
    report = portal.built().report

    assert portal.tree() == portal.clean_tree()
    assert "tags/c-plus-plus/index.html" in report["gone"]
    assert "tags/cpp/index.html" in report["changed"]
    assert "world/2/story-2/index.html" not in report["changed"]
    portal.settings("")
    portal.built()
    assert portal.tree() == portal.clean_tree()


def test_a_clash_is_settled_by_the_line_that_its_error_names(portal: Portal) -> None:
    portal.stories(story(1, "tags: [Yahoo]"), story(2, "tags: [Yahoo!]"))
    error = portal.build().error
    place, _, line = error.partition("or write ")
    assert place.startswith("content/articles/2.md:5:8: error: 'Yahoo!' would have the slug")
    assert "that of 'Yahoo' in content/articles/1.md:5" in place

    line, _, table = line.partition(" under ")
    portal.settings(f"{table.split()[0]}\n{line}")

    portal.built()
    assert portal.page("/tags/yahoo-2/").texts(".//h1") == ["Yahoo!"]


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ('[slugs.tag]\n"C" = "c"', "19:1: error: unknown key 'tag' in 'slugs' (did you mean"),
        (
            '[slugs.tags]\n"C++" = "c"\n"C#" = "c"',
            "21:8: error: 'slugs.tags.C#' has the slug of 'C++' in line 20",
        ),
        (
            '[slugs.tags]\n"C++" = "cpp"\n"c++" = "cxx"',
            "21:9: error: 'slugs.tags.c++' has the name of 'C++' in line 20",
        ),
        (
            '[slugs.tags]\n"C++" = "C Plus"',
            "20:9: error: 'slugs.tags.C++' must be a slug, not 'C Plus' (did you mean 'c-plus'?)",
        ),
        ('[slugs.tags]\n"C++" = 7', "20:9: error: 'slugs.tags.C++' must be text in quotes, not"),
        ('[slugs]\ntags = ["C"]', "20:8: error: 'slugs.tags' must be a table of names and"),
        ('[slugs.tags]\n"C" = "con"', "20:7: error: 'slugs.tags.C' has the component 'con'"),
    ],
)
def test_a_fault_in_a_slug_names_its_line(portal: Portal, table: str, error: str) -> None:
    portal.write({"site.toml": SITE_TOML + table})
    done = portal.build()
    assert (done.code, done.error[: len(error) + 10]) == (2, f"site.toml:{error}")


SITE_TOML = (
    """\
title = "The Courier"
base_url = "https://news.example"
default_source = "The Courier"

[[sections]]
slug = "world"
title = "World"
"""
    + "\n" * 11
)
