"""`broadsheet new` and `broadsheet init`: what they write builds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.portal import NOW, Portal, run, story
from tests.support.serving import serving

MORE = ("--now", NOW)


def test_new_takes_the_next_free_number(published: Portal) -> None:
    published.stories(story(41), story("x-99"))
    published.write({"content/articles/deep/in/a/toml.md": "+++\nnews_id = 77 # ours\n+++\n"})

    done = run("new", "A headline", "--root", published.root, *MORE)

    path = published.root / "content/articles/2024/02/01/78-a-headline.md"
    assert (done.code, done.stdout.splitlines()[0], done.stderr) == (0, str(path), "")
    assert "news_id: 78" in path.read_text()


def test_a_number_that_was_built_is_not_given_again(published: Portal) -> None:
    published.stories(story(90))
    published.built()
    published.remove("content/articles/90.md")
    run("new", "A headline", "--root", published.root, *MORE)
    assert (published.root / "content/articles/2024/02/01/91-a-headline.md").is_file()


def test_the_first_article_of_a_portal_is_number_one(portal: Portal) -> None:
    run("new", "A headline", "--root", portal.root, *MORE)
    assert (portal.root / "content/articles/2024/02/01/1-a-headline.md").is_file()


@pytest.mark.parametrize("archetype", ["article", "opinion", "live", "correction"])
@pytest.mark.parametrize("title", ['He said: "No" # really', "Plain", "سرخط – 'خبر'"])
def test_what_new_makes_builds_with_its_title(
    published: Portal, archetype: str, title: str
) -> None:
    call = ("new", title, "--root", published.root, "--archetype", archetype, *MORE)
    assert run(*call).code == 0

    assert published.check("--drafts").code == 0
    published.built("--drafts")
    [page] = published.output.glob("*/4/*/index.html")
    assert published.page(f"/{page.parent.relative_to(published.output)}/").texts(".//h1") == [
        title
    ]


def test_new_writes_into_the_section_that_was_named(published: Portal) -> None:
    run("new", "A headline", "--root", published.root, "--section", "culture", *MORE)
    published.built("--drafts")
    assert "culture/4/a-headline/index.html" in published.tree()


def test_a_portals_own_archetype_is_used(published: Portal) -> None:
    own = "---\nnews_id: {{ news_id }}\ntitle: '{{ title }}'\ndate: {{ date }}\n---\n\nOwn.\n"
    published.write({"templates/archetypes/match.md": own})
    run("new", "A match", "--root", published.root, "--archetype", "match", *MORE)
    assert "Own." in (published.root / "content/articles/2024/02/01/4-a-match.md").read_text()


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            ("--archetype", "artcle"),
            "--archetype: error: there is no archetype 'artcle' (did you mean 'article'?)",
        ),
        (
            ("--section", "wrold"),
            "--section: error: there is no section 'wrold' (did you mean 'world'?)",
        ),
        (
            ("--section", "zzz"),
            "--section: error: there is no section 'zzz' (choose from world, culture)",
        ),
    ],
)
def test_new_names_the_nearest_choice(
    published: Portal, options: tuple[str, ...], line: str
) -> None:
    before = published.tree(published.root)
    done = run("new", "A headline", "--root", published.root, *options, *MORE)
    assert (done.code, done.error) == (2, line)
    assert published.tree(published.root) == before


def test_new_refuses_a_blank_title(published: Portal) -> None:
    done = run("new", "  ", "--root", published.root)
    assert (done.code, done.error) == (2, "broadsheet new: error: the title is blank")


def test_new_refuses_a_title_that_is_not_text_and_writes_nothing(published: Portal) -> None:
    before = published.tree(published.root)
    done = run("new", os.fsdecode(b"Caf\xe9"), "--root", published.root)
    assert (done.code, done.error) == (2, "broadsheet new: error: the title is not UTF-8")
    assert published.tree(published.root) == before


def test_new_refuses_a_moment_that_is_none(published: Portal) -> None:
    done = run("new", "A headline", "--root", published.root, "--now", "yesterday")
    assert done.code == 2
    assert "'yesterday' is no date or time" in done.stderr


def test_new_outside_of_a_portal_is_refused(tmp_path: Path) -> None:
    done = run("new", "A headline", "--root", tmp_path)
    assert done.code == 2
    assert "this is not a portal" in done.error


def test_a_new_portal_builds_without_a_word(tmp_path: Path) -> None:
    folder = tmp_path / "courier"
    made = run("init", folder, "--title", 'The "New" Courier')
    assert (made.code, made.stderr) == (0, "")

    done = run("build", "--root", folder, "--jobs", "1")

    assert (done.code, done.stderr) == (0, "")
    assert Portal(folder).page("/").meta("og:site_name") == 'The "New" Courier'
    assert run("check", "--root", folder, "--jobs", "1", "--links").code == 0


def test_init_writes_nothing_into_a_folder_that_is_in_use(published: Portal) -> None:
    before = published.tree(published.root)
    done = run("init", published.root)
    assert done.code == 2
    assert done.error.endswith("is not empty (name a folder that is empty or does not exist yet)")
    assert published.tree(published.root) == before


def test_init_below_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("init", tmp_path / "file/portal")
    assert done.code == 2
    assert "can't be written" in done.error


def test_a_new_portal_publishes_its_icon_and_no_placeholder(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "courier")
    run("init", portal.root)
    assert (portal.root / "content/media").is_dir()
    assert run("build", "--root", portal.root, "--jobs", "1").code == 0
    assert [name for name in portal.tree() if "/." in f"/{name}"] == [".broadsheet-output"]
    for path in ("/", "/about/"):
        assert portal.page(path).values(".//link[@rel='icon']", "href") == ["/favicon.svg"]
    assert portal.text("favicon.svg").startswith("<svg ")


@pytest.mark.browser
def test_the_first_page_of_a_new_portal_lacks_nothing(tmp_path: Path, tab: Page) -> None:
    portal = Portal(tmp_path / "courier")
    run("init", portal.root)
    failed: list[str] = []
    tab.on("response", lambda got: failed.extend([got.url] if got.status >= 400 else []))
    tab.on("console", lambda message: failed.append(message.text))
    with serving(portal) as server:
        server.built()
        tab.goto(f"{server.url}/")
        tab.goto(f"{server.url}/about/")
        shown = tab.evaluate(
            """async () => {
                const icon = new Image();
                icon.src = document.querySelector("link[rel=icon]").href;
                await icon.decode();
                return icon.naturalWidth > 0;
            }"""
        )
    assert shown
    assert failed == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("title: {{ titel }}", "3: error: there is no variable 'titel' (did you mean 'title'?)"),
        ("title: {{ title + 5 }}", "3: error: '+' can't be used with a text and a whole number"),
        ("title: {{ title", "3: error: unexpected end of template"),
    ],
)
def test_an_error_of_an_archetype_is_in_words_with_its_line(
    published: Portal, text: str, error: str
) -> None:
    published.write({"templates/archetypes/match.md": f"---\nnews_id: {{{{ news_id }}}}\n{text}\n"})
    done = run("new", "A match", "--root", published.root, "--archetype", "match", *MORE)
    assert done.code == 2
    assert done.error.startswith(f"templates/archetypes/match.md:{error}")
