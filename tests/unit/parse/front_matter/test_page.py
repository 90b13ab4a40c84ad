"""Standalone pages: their keys, and where they are served."""

from __future__ import annotations

import pytest

from generator.model.article import ImageSource
from tests.support.reading import page


@pytest.mark.parametrize(
    ("path", "slug", "permalink"),
    [
        ("about.md", "", "/about/"),
        ("legal/privacy.md", "", "/legal/privacy/"),
        ("legal/index.md", "", "/legal/"),
        ("About Us.MD", "", "/about-us/"),
        ("درباره.md", "", "/درباره/"),
        ("legal/privacy.md", "data", "/legal/data/"),
        ("legal/index.md", "rules", "/rules/"),
        ("index.md", "start", "/start/"),
    ],
)
def test_page_is_served_where_its_file_lies(path: str, slug: str, permalink: str) -> None:
    front, errors = page(f"---\ntitle: x\nslug: '{slug}'\n---\n", f"content/pages/{path}")
    assert errors == []
    assert front is not None
    assert front.permalink == permalink


def test_every_key_is_read() -> None:
    front, errors = page(
        "---\ntitle: About us\nlang: fa\ndescription: Who we are\nseo_title: About\n"
        "image: desk.jpg\nlayout: wide.html\naliases: [/about-us/]\ndraft: yes\nindex: no\n"
        "menu: false\nweight: -5\nextra: {a: 1}\n---\n",
        "content/pages/about.md",
    )
    assert errors == []
    assert front is not None
    assert (front.title, front.lang, front.description) == ("About us", "fa", "Who we are")
    assert (front.seo_title, front.layout) == ("About", "wide.html")
    assert front.image == ImageSource("desk.jpg")
    assert front.aliases == ("/about-us/",)
    assert (front.draft, front.index, front.menu, front.weight) == (True, False, False, -5)
    assert front.extra == {"a": 1}


def test_title_is_the_only_required_key() -> None:
    assert page("---\nmenu: true\n---\n", "content/pages/about.md")[1] == [
        "content/pages/about.md:1:1: error: missing key 'title'"
    ]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("index.md", "a page can't be the portal's front page (rename the file, or add a 'slug')"),
        (
            "legal/!!.md",
            "the file's name gives '/legal//', which has an empty component ('//') (add a 'slug')",
        ),
        (
            "aux.md",
            "the file's name gives '/aux/', which has the component 'aux', a device name that "
            "Windows reserves (add a 'slug')",
        ),
    ],
)
def test_file_that_gives_no_address_asks_for_a_slug(path: str, line: str) -> None:
    where = f"content/pages/{path}"
    assert page("---\ntitle: x\n---\n", where) == (None, [f"{where}:2:1: error: {line}"])


def test_faults_are_told_as_for_articles() -> None:
    assert page("---\ntitle: x\nwieght: 1\nslug: a/b\nweight: 1.5\n---\n", "content/pages/a.md")[
        1
    ] == [
        "content/pages/a.md:3:1: error: unknown key 'wieght' "
        "(did you mean 'weight'? or put it under 'extra')",
        "content/pages/a.md:4:7: error: 'slug' has a slash; a slug is one component of a URL",
        "content/pages/a.md:5:9: error: 'weight' must be a whole number from -1000000 to 1000000, "
        "not '1.5'",
    ]
