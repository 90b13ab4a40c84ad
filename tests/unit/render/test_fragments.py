"""Parts that many pages share: made once for each set of arguments, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.portal import Portal, story


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    portal = Portal(tmp_path / "portal")
    portal.settings("")
    portal.stories(story(1), story(2))
    return portal


def page(portal: Portal, template: str, fragment: str) -> str:
    """A page by a template that may ask for `fragments/own.html`."""
    portal.write({"templates/404.html": template, "templates/fragments/own.html": fragment})
    portal.built()
    return (portal.output / "404.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("1", "true", "'1'", "1.0"), "<1><True><1><1.0>"),
        (("'a'", "'a'", "'b'"), "<a><a><b>"),
        (("[1, 2]", "[1, [2]]", "{'a': 1}"), "<[1, 2]><[1, [2]]><{&#39;a&#39;: 1}>"),
        (("none", "''", "false"), "<None><><False>"),
    ],
)
def test_what_looks_different_is_made_apart(
    portal: Portal, arguments: tuple[str, ...], shown: str
) -> None:
    calls = (f'{{{{ fragment("fragments/own.html", value={each}) }}}}' for each in arguments)
    assert page(portal, "".join(calls), "<{{ value }}>") == shown


def test_the_name_of_an_argument_counts(portal: Portal) -> None:
    template = (
        '{{ fragment("fragments/own.html", one="a", other="b") }}'
        '{{ fragment("fragments/own.html", other="a", one="b") }}'
    )
    assert page(portal, template, "{{ one }}{{ other }};") == "ab;ba;"


def test_a_story_stands_for_itself(portal: Portal) -> None:
    template = (
        '{% for each in latest(2) %}{{ fragment("fragments/own.html", story=each) }}{% endfor %}'
        '{{ fragment("fragments/own.html", story=article(2)) }}'
    )
    assert page(portal, template, "{{ story.news_id }};") == "2;1;2;"


def test_a_fragment_knows_the_language_of_its_page_and_nothing_else_of_it(portal: Portal) -> None:
    template = '{{ page.kind }}:{{ fragment("fragments/own.html") }}:{{ page.kind }}'
    fragment = "{{ page.kind }} {{ page.lang }} {{ page.title }}"
    assert page(portal, template, fragment) == "404:fragment en:404"
