"""Templates that include others: what a part sees, whose fault a fault is, and what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.portal import Portal, story

PAGE = (
    '{% extends "!article.html" %}{% block after %}{% include "partials/own.html" %}{% endblock %}'
)


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    portal = Portal(tmp_path / "portal")
    portal.settings("")
    portal.stories(story(1))
    portal.write({"templates/article.html": PAGE})
    return portal


def page(portal: Portal, part: str, **others: str) -> str:
    """The story's page as the part makes it."""
    portal.write({"templates/partials/own.html": part})
    portal.write({f"templates/partials/{name}.html": text for name, text in others.items()})
    portal.built()
    return (portal.output / "world/1/story-1/index.html").read_text("utf-8")


def test_a_part_sees_what_stands_around_it_and_keeps_its_own(portal: Portal) -> None:
    part = (
        "{% set shade = 'outer' %}{% for word in ['a', 'b'] %}"
        "{% include 'partials/inner.html' %}{% endfor %}<{{ shade }}>"
    )
    inner = "[{{ loop.index }}{{ word }}{{ shade }}{% set shade = 'inner' %}{{ shade }}]"
    assert "[1aouterinner][2bouterinner]<outer>" in page(portal, part, inner=inner)


def test_a_part_with_blocks_of_its_own_is_a_page_within_a_page(portal: Portal) -> None:
    inner = "{% block after %}inner block{% endblock %}"
    assert "inner block" in page(portal, "{% include 'partials/inner.html' %}", inner=inner)


def test_a_part_that_is_missing_may_be_left_out(portal: Portal) -> None:
    part = "before{% include 'partials/none.html' ignore missing %}after"
    assert "beforeafter" in page(portal, part)
    assert "beforehere nowafter" in page(portal, part, none="here now")


def test_a_fault_in_a_part_of_a_part_names_its_own_line_also_where_code_was_kept(
    portal: Portal,
) -> None:
    page(portal, "{% include 'partials/inner.html' %}", inner="fine")
    portal.write({"templates/partials/inner.html": "\n\n{{ nowhere }}"})
    place = "templates/partials/inner.html:3:4: error: there is no variable 'nowhere'"
    assert portal.build().error.startswith(place)
    assert portal.build().error.startswith(place)


def test_a_part_that_includes_itself_is_a_fault(portal: Portal) -> None:
    portal.write({"templates/partials/own.html": "{% include 'partials/own.html' %}"})
    assert "includes itself without end" in portal.build().error


def test_an_edited_part_of_a_part_is_seen_where_code_was_kept(portal: Portal) -> None:
    part = "{% include 'partials/inner.html' %}"
    assert "first words" in page(portal, part, inner="first words")
    assert "second words" in page(portal, part, inner="second words")


def test_a_name_after_a_dot_is_an_attribute_or_else_an_item(portal: Portal) -> None:
    part = (
        "{% set words = {'title': 'item', 'items': 'hidden'} %}"
        "[{{ words.title }} {{ words.items is callable }} {{ article.section.title() }} "
        "{{ [words, words][1].title }} "
        "{{ words.none | default('nothing') }}]"
    )
    assert "[item True World item nothing]" in page(portal, part)


def test_a_name_that_nothing_has_is_told_with_what_was_asked_for_it(portal: Portal) -> None:
    portal.write({"templates/partials/own.html": "\n{{ article.section.nobody.name }}"})
    error = portal.build().error
    assert error.startswith("templates/partials/own.html:2:20: error: a text has no 'nobody' (")
