"""Notations that `[markdown]` turns on, in pages and feeds."""

from __future__ import annotations

import pytest

from tests.support.portal import Portal, story

DIALECTS = ["commonmark", "python-markdown"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_formula_is_mathml_in_a_page_and_tex_in_a_feed(portal: Portal, dialect: str) -> None:
    portal.settings(f'[markdown]\ndialect = "{dialect}"\nmath = true\n')
    portal.stories(story(1, body="So $a_1$ it is.\n\n$$\nb\n$$\n"))
    portal.built()
    page = portal.text("world/1/story-1/index.html")
    assert (
        'So <math display="inline"><mrow><msub><mi>a</mi><mn>1</mn></msub></mrow></math> it' in page
    )
    assert '<math display="block"><mrow><mi>b</mi></mrow></math>' in page
    assert "<code>a_1</code>" in portal.text("feed.xml").replace("&lt;", "<").replace("&gt;", ">")


def test_a_formula_that_cannot_be_read_is_an_error_with_its_place(portal: Portal) -> None:
    portal.settings("[markdown]\nmath = true\n")
    portal.stories(story(1, body="Text.\n\nSo $a^b^c$ it is.\n"))
    source = (portal.root / "content/articles/1.md").read_text()
    line = source[: source.index("So $")].count("\n") + 1
    done = portal.build()
    assert done.code == 1
    assert done.errors == [
        f"content/articles/1.md:{line}:4: error: shortcode 'math': the formula can't be read: "
        "double superscripts (TeX as in \\frac{a}{b})"
    ]


def test_a_wiki_link_leads_to_the_article_of_that_file(portal: Portal) -> None:
    portal.settings("[markdown]\nwiki_links = true\n")
    portal.stories(story(1, body="See [[2|that one]]."), story(2))
    portal.built()
    assert '<a href="/world/2/story-2/">that one</a>' in portal.text("world/1/story-1/index.html")


def test_a_wiki_link_to_nothing_is_an_error_with_its_place(portal: Portal) -> None:
    portal.settings("[markdown]\nwiki_links = true\n")
    portal.stories(story(1, body="So he said [[sic]]."))
    source = (portal.root / "content/articles/1.md").read_text()
    line = source[: source.index("So he")].count("\n") + 1
    done = portal.build()
    assert done.code == 1
    assert f"content/articles/1.md:{line}:12: error:" in done.stderr
