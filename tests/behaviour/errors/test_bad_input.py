"""Sources with faults: each is told on one line, and what is published stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.portal import Portal, story

FIRST, SECOND = "content/articles/a.md", "content/articles/b.md"
BOMB = "\n".join(
    ["---", "news_id: 9", "a: &a [x, x]", *(f"{n}: &{n} [*a, *a, *a]" for n in "bcdefghij"), "---"]
)

FAULTS: dict[str, tuple[str | bytes, str]] = {
    "not UTF-8": (
        story(9, title="Café").encode("latin-1"),
        "3:11: error: not UTF-8: the byte 0xE9 can't be read (save the file as UTF-8)",
    ),
    "UTF-16": (story(9).encode("utf-16"), "1:1: error: not UTF-8: the byte 0xFF can't be read"),
    "no front matter": ("Hello\n", "1:1: error: no front matter: the first line must be '---'"),
    "an empty file": ("", "1:1: error: no front matter"),
    "unclosed front matter": (
        "---\nnews_id: 9\n\nHello\n",
        "1:1: error: front matter is not closed by a second '---' line",
    ),
    "broken YAML": (
        '---\nnews_id: 9\ntitle: "open\n---\n',
        "3:8: error: 'title' begins with a quotation mark that is never closed",
    ),
    "a YAML bomb": (
        BOMB,
        "3:4: error: text that begins with '&' or '*' is an anchor or alias in YAML",
    ),
    "deep YAML": (f"---\na: {'[' * 9000}\n---\n", "2:"),
    "a key twice": (
        story(9, "title: Again"),
        "5:1: error: the key 'title' is written twice (first on line 3)",
    ),
    "an unknown key": (
        story(9, "sorce: FARSNEWS"),
        "5:1: error: unknown key 'sorce' (did you mean 'source'? or put it under 'extra')",
    ),
    "a News ID as a float": (story("7519.0"), "2:10: error: 'news_id' must be a positive whole"),
    "a News ID of zero": (story(0), "2:10: error: 'news_id' must be a positive whole"),
    "a day that does not exist": (
        story(9, date="2024-02-30"),
        "4:7: error: 'date' must be a day that exists, not '2024-02-30'",
    ),
    "a time that does not exist": (
        story(9, date="2024-01-20T25:00:00"),
        "4:7: error: 'date' must be a time that exists",
    ),
    "a slug of two dots": (story(9, "slug: .."), "5:7: error: 'slug' has the component '..'"),
    "a slug with slashes": (story(9, "slug: a//b"), "5:7: error: 'slug' has a slash"),
    "a slug with a NUL": (story(9, r'slug: "a\0b"'), "5:7: error: 'slug' has the character U+0000"),
    "a slug of 5,000 characters": (
        story(9, f"slug: {'a' * 5000}"),
        "5:7: error: 'slug' has a component of more than 200 bytes",
    ),
    "a slug that is a device": (
        story(9, "slug: nul.txt"),
        "5:7: error: 'slug' has the component 'nul.txt', a device name that Windows reserves",
    ),
    "an alias that leaves the site": (
        story(9, "aliases: [/a/../../b/]"),
        "5:11: error: an item of 'aliases' has the component '..'",
    ),
    "an alias that leaves the site in code": (
        story(9, "aliases: [/a/%2e%2e/b/]"),
        "5:11: error: an item of 'aliases' has the component '..'",
    ),
    "an alias with two slashes": (
        story(9, "aliases: [/a//b/]"),
        "5:11: error: an item of 'aliases' has an empty component ('//')",
    ),
    "an alias with a NUL": (
        story(9, "aliases: [/a%00b/]"),
        "5:11: error: an item of 'aliases' has the character U+0000",
    ),
    "an alias of 5,000 characters": (
        story(9, f"aliases: [/{'a/' * 2500}]"),
        "5:11: error: an item of 'aliases' is longer than 1000 bytes",
    ),
    "an alias with a device": (
        story(9, "aliases: [/old/aux/]"),
        "5:11: error: an item of 'aliases' has the component 'aux', a device name",
    ),
    "a title without a letter": (
        story(9, title='"!?"'),
        "3:1: error: 'title' has no letter or digit to make a slug from (add a 'slug')",
    ),
    "a tag of punctuation": (
        story(9, 'tags: ["!?"]'),
        "5:8: error: an item of 'tags' must be a name with a letter or digit, not '!?'",
    ),
    "two tags of one story with one slug": (
        story(9, 'tags: [C, "C!"]'),
        "5:11: error: an item of 'tags' is there already: 'C!' and 'C' have one slug, 'c' "
        '(leave one out, or write "C!" = "c-2" under [slugs.tags] in site.toml)',
    ),
    "a section that does not exist": (
        story(9, "section: wrold"),
        "5:10: error: 'section' must be a section of site.toml",
    ),
    "a related story that does not exist": (
        story(9, "related: [77]"),
        "5:1: error: there is no article with the News ID '77'",
    ),
    "a picture that is not there": (
        story(9, "image: hil.png"),
        "5:1: error: the file 'hil.png' is neither beside this one nor under content/media/ "
        "(did you mean 'hill.png'?)",
    ),
    "a link to a News ID that does not exist": (
        story(9, body="One\n\nTwo [x](news:77)"),
        "9:9: error: there is no article with the News ID '77'",
    ),
    "a link to a file that does not exist": (
        story(9, body="One\n\nTwo [x](../pages/abuot.md)"),
        "9:9: error: the link leads to content/pages/abuot.md, which does not exist",
    ),
    "a layout that does not exist": (
        story(9, "layout: longread.html"),
        " error: there is no template 'longread.html' (key 'layout')",
    ),
    "an alias that is another page's": (
        story(9, "aliases: [/tags/]"),
        " error: this file has the URL /tags/, which is already that of the overview of tags",
    ),
    "an article where a page is": (
        story(9, "aliases: [/about/]"),
        " error: this file has the URL /about/, which is already that of content/pages/about.md",
    ),
}


@pytest.mark.parametrize("error", FAULTS)
def test_a_fault_in_a_story_is_one_line_and_publishes_nothing(
    published: Portal, error: str
) -> None:
    content, expected = FAULTS[error]
    before = published.tree()
    published.write({FIRST: content})

    done = published.build()

    assert done.code == 1
    assert done.error.startswith(f"{FIRST}:{expected}")
    assert published.tree() == before


PAIRS = {
    "two URLs that some file systems take for one": (
        story(8, "aliases: [/OLD/]"),
        story(9, "aliases: [/old/]"),
        f"{SECOND}: error: this file has the URL /old/ (/OLD/ on some file systems), "
        f"which is already that of {FIRST}",
    ),
    "a News ID twice": (
        story(9),
        story(9, title="Another"),
        f"{SECOND}:2:1: error: News ID '9' is also that of {FIRST}",
    ),
    "a News ID in another case": (
        story("Ab-1"),
        story("aB-1"),
        f"{SECOND}:2:1: error: News ID 'aB-1' is also that of {FIRST}",
    ),
    "two tags with one slug": (
        story(8, "tags: [C]"),
        story(9, 'tags: [Peru, "C!"]'),
        f"{SECOND}:5:14: error: 'C!' would have the slug 'c', which is that of 'C' in {FIRST}:5 "
        '(spell both alike, or write "C!" = "c-2" under [slugs.tags] in site.toml)',
    ),
    "two stories with one URL": (
        story(8, "slug: same"),
        story(9, "aliases: [/world/8/same/]"),
        f"{SECOND}: error: this file has the URL /world/8/same/, which is already that of {FIRST}",
    ),
}


@pytest.mark.parametrize("error", PAIRS)
def test_two_stories_that_clash_are_named_on_one_line(published: Portal, error: str) -> None:
    first, second, expected = PAIRS[error]
    before = published.tree()
    published.write({FIRST: first, SECOND: second})

    done = published.build()

    assert done.code == 1
    assert done.error.startswith(expected)
    assert published.tree() == before


@pytest.mark.parametrize("spelling", ["iran", "IRAN", "  Iran "])
def test_a_tag_in_another_case_is_the_same_tag(published: Portal, spelling: str) -> None:
    published.stories(story(9, f"tags: ['{spelling}']", date="2024-01-21"))
    published.built()

    assert published.page("/tags/iran/").headlines()[0] == "Story 9"
    assert published.page("/tags/").texts(".//h1") == ["Topics"]
    assert published.page("/tags/iran/").texts(".//h1") == ["Iran"]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + story(9).encode(), story(9).replace("\n", "\r\n").encode()],
    ids=["a byte order mark", "lines of Windows"],
)
def test_how_an_editor_saves_a_file_makes_no_difference(portal: Portal, content: bytes) -> None:
    portal.write({FIRST: content})
    portal.built()
    published = portal.tree()

    portal.write({FIRST: story(9)})
    portal.built("--clean")

    assert portal.tree() == published


def test_lines_of_errors_count_the_lines_of_windows_once(published: Portal) -> None:
    published.write({FIRST: story(9, "sorce: X").replace("\n", "\r\n")})
    assert published.build().error.startswith(f"{FIRST}:5:1: error: unknown key 'sorce'")


def test_all_errors_of_all_files_are_listed_in_one_run(published: Portal) -> None:
    before = published.tree()
    published.write(
        {
            "content/articles/a.md": story(7, "sorce: X\nsection: wrold", date="2024-02-30"),
            "content/articles/b.md": "no front matter",
            "content/articles/c.md": story(1, title="A News ID taken"),
            "content/articles/d.md": story(8, body="[x](news:77) {{< nope >}}"),
            "content/authors/x.md": "---\nrole: Nobody\n---\n",
            "content/pages/p.md": "---\ntitle: P\nweigth: 3\n---\n",
        }
    )

    done = published.build()

    places = [line.partition(" error")[0] for line in done.errors]
    assert places == [
        "content/articles/a.md:4:7:",
        "content/articles/a.md:5:1:",
        "content/articles/a.md:6:10:",
        "content/articles/b.md:1:1:",
        "content/articles/c.md:2:1:",
        "content/articles/d.md:7:5:",
        "content/articles/d.md:7:14:",
        "content/authors/x.md:1:1:",
        "content/pages/p.md:3:1:",
    ]
    assert done.code == 1
    assert [error["line"] for error in done.report["errors"]] == [4, 5, 6, 1, 2, 7, 7, 1, 3]
    assert published.tree() == before


TEMPLATES: dict[str, tuple[dict[str, str | bytes], str]] = {
    "a syntax error": (
        {"templates/article.html": '{% extends "base.html" %}\n{% if %}\n'},
        "templates/article.html:2: error: template syntax: ",
    ),
    "an unknown variable": (
        {"templates/article.html": "<p>\n{{ artcle.title }}\n"},
        "templates/article.html:2:4: error: there is no variable 'artcle' (did you mean 'article'?",
    ),
    "an unknown attribute": (
        {"templates/article.html": "<p>\n{{ article.titel }}\n"},
        "templates/article.html:2:12: error: a story has no 'titel' (did you mean 'title'?",
    ),
    "an endless include": (
        {"templates/article.html": '<p>\n{% include "article.html" %}\n'},
        "templates/article.html:2:13: error: the template includes itself without end",
    ),
    "two templates that include each other": (
        {
            "templates/article.html": '{% include "partials/a.html" %}',
            "templates/partials/a.html": '{% include "article.html" %}',
        },
        "templates/",
    ),
    "an include of nothing": (
        {"templates/article.html": '{% include "nothing.html" %}'},
        "templates/article.html:1:13: error: there is no template 'nothing.html'",
    ),
    "a fault in Python": (
        {"templates/article.html": "\n\n{{ 1 / 0 }}"},
        "templates/article.html:3: error: division by zero",
    ),
    "an asset that is not there": (
        {"templates/404.html": "{{ asset('css/no.css') }}"},
        "templates/404.html:1:11: error: there is no asset 'css/no.css'",
    ),
    "a file that is not UTF-8": ({"templates/404.html": b"caf\xe9"}, "templates"),
}


@pytest.mark.parametrize("error", TEMPLATES)
def test_a_fault_in_a_template_names_its_line_and_publishes_nothing(
    published: Portal, error: str
) -> None:
    files, expected = TEMPLATES[error]
    before = published.tree()
    published.write(files)
    published.remove("content/articles/2.md", "content/articles/3.md")

    done = published.build()

    assert done.code == 1
    assert done.error.startswith(expected)
    assert published.tree() == before


def test_a_fault_in_a_template_of_many_pages_is_one_line(published: Portal) -> None:
    published.write({"templates/article.html": "{{ artcle }}"})
    assert published.build().error == (
        "templates/article.html:1:4: error: there is no variable 'artcle' "
        "(did you mean 'article'? met by 3 pages, the first is /world/1/story-1/)"
    )


def test_a_file_in_static_where_a_page_is_names_both(published: Portal) -> None:
    before = published.tree()
    published.write({"content/static/about/index.html": "<p>"})

    done = published.build()

    assert done.code == 1
    assert "content/static/about/index.html" in done.error
    assert "content/pages/about.md" in done.error
    assert published.tree() == before


def test_a_file_in_static_where_a_folder_is_needed_names_both(published: Portal) -> None:
    before = published.tree()
    published.write({"content/static/about": "a file"})

    done = published.build()

    assert done.code == 1
    assert done.error == (
        "content/static/about: error: the file /about stands where content/pages/about.md "
        "needs a folder for /about/"
    )
    assert published.tree() == before


@pytest.mark.parametrize("link", ["articles/secret.md", "static/secret.txt", "media/secret.png"])
def test_a_symlink_out_of_content_is_an_error(published: Portal, tmp_path: Path, link: str) -> None:
    before = published.tree()
    secret = tmp_path / "secret"
    secret.write_text(story(9, title="Secret"))
    (published.root / "content" / link).symlink_to(secret)

    done = published.build()

    assert done.code == 1
    assert done.error.startswith(f"content/{link}: error: is a symbolic link out of content/")
    assert published.tree() == before


def test_a_folder_that_links_out_of_content_is_an_error(published: Portal) -> None:
    (published.root / "content/media/up").symlink_to(published.root.parent)
    done = published.build()
    assert (done.code, "content/media/up: error: is a symbolic link out of" in done.error) == (
        1,
        True,
    )


def test_a_symlink_within_content_is_the_file_that_it_leads_to(published: Portal) -> None:
    (published.root / "content/static/same.txt").symlink_to("humans.txt")
    published.built()
    assert published.text("same.txt") == "Written by humans.\n"


def test_a_pipe_in_content_is_an_error_and_not_waited_for(published: Portal) -> None:
    os.mkfifo(published.root / FIRST)
    assert published.build().error == f"{FIRST}: error: is neither a file nor a folder"


def test_a_file_name_that_is_not_utf8_is_an_error(published: Portal) -> None:
    name = os.fsencode(published.root / "content/articles") + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_text(story(9))
    assert published.build().error.startswith(
        r"content/articles/caf\xe9.md: error: the file's name is not UTF-8"
    )


def test_a_picture_that_is_none_is_an_error(published: Portal) -> None:
    published.write({"content/media/hill.png": b"not a picture"})
    done = published.build()
    assert done.code == 1
    assert done.error.startswith("content/media/hill.png: error: ")


def test_a_portal_without_articles_is_a_site(portal: Portal) -> None:
    portal.built()

    assert "There are no stories here yet." in portal.text("index.html")
    assert {"feed.xml", "404.html", "sitemap.xml", "world/index.html"} <= portal.tree().keys()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("title = ", "site.toml:1:"),
        ('titel = "X"\n', "site.toml:1:1: error: unknown key 'titel'"),
        ('title = "a"\nbase_url = "ftp://x"\n[[sections]]\nslug="a"\ntitle="A"', "site.toml:2:"),
    ],
)
def test_faulty_settings_are_wrong_configuration(
    published: Portal, settings: str, expected: str
) -> None:
    before = published.tree()
    published.write({"site.toml": settings})

    done = published.build()

    assert done.code == 2
    assert any(line.startswith(expected) for line in done.errors)
    assert published.tree() == before


def test_a_folder_without_settings_is_no_portal(tmp_path: Path) -> None:
    done = Portal(tmp_path).build()
    assert done.code == 2
    assert "there is no such file, so this is not a portal" in done.error
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_is_not_utf8_is_named_with_its_line(portal: Portal) -> None:
    path = portal.root / "templates" / "404.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"<p>\nna\xefve</p>\n")
    built = portal.build()
    assert built.code == 1
    assert "templates/404.html:2: error: template syntax: the file is not UTF-8" in built.stderr
