"""Authors' profiles: their keys, and the name of the file."""

from __future__ import annotations

import pytest

from generator.model.article import ImageSource
from generator.model.page import ProfileLink
from tests.support.reading import profile

LEILA = "content/authors/leila-karimi.md"


def test_every_key_is_read() -> None:
    front, errors = profile(
        "---\nname: Leila Karimi\nrole: Editor\nemail: leila@news.example\n"
        "links: [https://www.social.example/@leila, {title: Site, url: https://l.example/}]\n"
        "image: {src: leila.jpg, alt: Leila}\naliases: [/staff/leila/]\nextra: {a: 1}\n---\n",
        LEILA,
    )
    assert errors == []
    assert front is not None
    assert (front.slug, front.name, front.role) == ("leila-karimi", "Leila Karimi", "Editor")
    assert front.email == "leila@news.example"
    assert front.links == (
        ProfileLink("social.example", "https://www.social.example/@leila"),
        ProfileLink("Site", "https://l.example/"),
    )
    assert front.image == ImageSource("leila.jpg", "Leila")
    assert (front.aliases, front.extra) == (("/staff/leila/",), {"a": 1})


def test_links_may_be_a_mapping_of_titles() -> None:
    front, errors = profile("---\nname: x\nlinks:\n  Site: https://l.example/\n---\n", LEILA)
    assert errors == []
    assert front is not None
    assert front.links == (ProfileLink("Site", "https://l.example/"),)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "content/authors/Leila Karimi.md",
            "the file's name must be a slug, not 'Leila Karimi' (rename it to 'leila-karimi.md')",
        ),
        ("content/authors/!.md", "the file's name must be a slug, not '!'"),
        (
            "content/authors/con.md",
            "the file's name has the component 'con', a device name that Windows reserves",
        ),
        (
            "content/authors/desk/leila.md",
            "an author's file must lie in content/authors/ itself",
        ),
    ],
)
def test_file_must_be_named_by_its_slug(path: str, message: str) -> None:
    assert profile("---\nname: x\n---\n", path) == (None, [f"{path}:1:1: error: {message}"])


def test_file_name_of_a_system_that_decomposes_letters_is_composed() -> None:
    front, errors = profile("---\nname: x\n---\n", "content/authors/rene\u0301.md")
    assert errors == []
    assert front is not None
    assert front.slug == "rené"


def test_faults_have_their_places() -> None:
    assert profile("---\nemail: leila\nlinks: [x, {title: y}]\nimage: {}\nnmae: z\n---\n", LEILA)[
        1
    ] == [
        f"{LEILA}:1:1: error: missing key 'name'",
        f"{LEILA}:2:8: error: 'email' must be an e-mail address such as desk@news.example, "
        "not 'leila'",
        f"{LEILA}:3:9: error: an item of 'links' must be a URL that begins with https:// or "
        "http:// and a host: 'x'",
        f"{LEILA}:3:12: error: missing key 'url' in an item of 'links'",
        f"{LEILA}:4:8: error: missing key 'src' in 'image'",
        f"{LEILA}:5:1: error: unknown key 'nmae' (did you mean 'name'? or put it under 'extra')",
    ]
