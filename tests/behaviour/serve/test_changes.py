"""Saves under a running server: what becomes of good ones and of bad ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.bugs import BUG, Place, deadly, environment_with, in_reading, in_rendering
from tests.support.serving import Serving, SmallPortal, serving

STORY = "/local/1/story/"


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with one article."""
    portal = SmallPortal(tmp_path)
    portal.publish("A bridge is opened")
    return portal


@pytest.fixture
def server(portal: SmallPortal) -> Iterator[Serving]:
    """Its server, after the first build."""
    with serving(portal) as running:
        running.built()
        yield running


def test_a_saved_headline_is_on_the_page(portal: SmallPortal, server: Serving) -> None:
    portal.publish("A bridge is closed")
    server.page_with("A bridge is closed", STORY)


def test_of_many_saves_in_a_row_the_last_is_what_is_served(
    portal: SmallPortal, server: Serving
) -> None:
    for number in range(30):
        portal.publish(f"Bridge number {number}")
    server.page_with("Bridge number 29", STORY)


def test_saves_in_a_row_are_built_together(portal: SmallPortal, server: Serving) -> None:
    before = len(server.seen)
    for number in range(2, 42):
        portal.publish("One of many", news_id=number)
    server.page_with("One of many", "/local/41/story/")
    assert len(server.seen) - before < 10


def test_a_save_during_a_build_is_served_after_the_next(portal: SmallPortal) -> None:
    with serving(portal) as server:
        portal.publish("A bridge is closed")
        server.page_with("A bridge is closed", STORY)


def test_a_fault_is_told_and_the_last_good_page_stays_until_it_is_fixed(
    portal: SmallPortal, server: Serving
) -> None:
    portal.publish("A bridge is closed", more="sorce: Reuters")
    server.line(r"^content/articles/1\.md:6:1: error: unknown key 'sorce'")
    server.line("^1 error: the last good version stays")
    status, _, page = server.get(STORY)
    assert status == 200
    assert "A bridge is opened" in page
    assert "A bridge is closed" not in page
    assert "unknown key" in page
    portal.publish("A bridge is closed")
    server.line(r"^fixed: \d+ files")
    page = server.get(STORY)[2]
    assert "A bridge is closed" in page
    assert "unknown key" not in page


@pytest.mark.parametrize("bug", [in_reading, in_rendering])
def test_a_bug_is_an_error_like_others(portal: SmallPortal, tmp_path: Path, bug: Place) -> None:
    with serving(portal, env=environment_with(bug, tmp_path / "bug")) as server:
        server.built()
        portal.publish(BUG)
        server.line(r"^content/articles/1\.md.*: error: unexpected IndexError: .*report it")
        server.line("^1 error: the last good version stays")
        page = server.get(STORY)[2]
        assert "A bridge is opened" in page
        assert "unexpected IndexError" in page
        portal.publish("A bridge is closed")
        server.line("^fixed: ")
        server.page_with("A bridge is closed", STORY)


def test_a_builder_that_dies_is_named_and_started_again(
    portal: SmallPortal, tmp_path: Path
) -> None:
    with serving(portal, env=environment_with(deadly, tmp_path / "bug")) as server:
        server.built()
        portal.publish(BUG)
        server.line("error: the process that builds ended: killed by SIGKILL")
        server.line("^1 error: the last good version stays")
        assert "A bridge is opened" in server.get(STORY)[2]
        portal.publish("A bridge is closed")
        server.page_with("A bridge is closed", STORY)


def test_what_the_server_adds_to_pages_is_in_no_file(portal: SmallPortal, server: Serving) -> None:
    portal.publish("A bridge is closed", more="sorce: Reuters")
    server.line("^1 error")
    assert "livereload" in server.get(STORY)[2]
    pages = list((portal.root / ".broadsheet").rglob("*.html"))
    assert pages
    assert not [page for page in pages if "livereload" in page.read_text("utf-8")]


def test_errors_of_a_first_build_are_a_page_in_which_nothing_is_markup(
    portal: SmallPortal,
) -> None:
    portal.publish("A bridge", more='section: "<script>alert(1)</script>"')
    with serving(portal) as server:
        server.line("^1 error: there is no site to serve yet")
        status, headers, page = server.get(STORY)
        assert status == 503
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert "content/articles/1.md:6" in page
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page
        portal.publish("A bridge is opened")
        server.line("^fixed: ")
        assert server.get(STORY)[0] == 200


def test_settings_are_read_again_when_they_change(portal: SmallPortal, server: Serving) -> None:
    portal.configure("/daily")
    server.page_with("A bridge is opened", f"/daily{STORY}")


def test_broken_settings_are_told_and_the_site_stays(portal: SmallPortal, server: Serving) -> None:
    portal.save("site.toml", "title = 3\n")
    server.line(r"^site\.toml:1:\d+: error: ")
    server.line("errors: the last good version stays")
    assert server.get(STORY)[0] == 200
    portal.configure()
    server.line("^fixed: ")


def test_a_templates_folder_that_is_new_is_noticed_and_watched(
    portal: SmallPortal, server: Serving
) -> None:
    portal.save("templates/article.html", "<p>Our own: {{ article.title }}")
    server.page_with("Our own: A bridge is opened", STORY)
    portal.save("templates/article.html", "<p>Ours again: {{ article.title }}")
    server.page_with("Ours again: A bridge is opened", STORY)
    shutil.rmtree(portal.root / "templates")
    server.page_with("The mayor opened the bridge.", STORY)


def test_a_template_with_a_fault_is_told_with_its_place(
    portal: SmallPortal, server: Serving
) -> None:
    portal.save("templates/article.html", "<p>\n{{ article.titel }}")
    server.line(r"^templates/article\.html:2:?\d*: error: .*titel")
    assert server.get(STORY)[0] == 200


def test_the_last_good_page_stays_when_the_state_is_damaged_too(
    portal: SmallPortal, server: Serving
) -> None:
    for path in portal.root.glob(".broadsheet/**/index.sqlite*"):
        path.write_text("no database", "utf-8")
    portal.publish("A bridge is closed", more="sorce: Reuters")
    server.line("^1 error: the last good version stays")
    status, _, page = server.get(STORY)
    assert status == 200
    assert "A bridge is opened" in page
    portal.publish("A bridge is closed")
    server.page_with("A bridge is closed", STORY)


def test_a_removed_article_is_gone(portal: SmallPortal, server: Serving) -> None:
    portal.publish("A second bridge", news_id=2)
    server.page_with("A second bridge", "/local/2/story/")
    (portal.root / "content/articles/2.md").unlink()
    server.line("[1-9][0-9]* removed")
    assert server.get("/local/2/story/")[0] == 404


@pytest.mark.parametrize("folder", ["content", "content/articles"])
def test_a_site_whose_content_is_gone_stays_until_it_is_back(
    portal: SmallPortal, server: Serving, folder: str
) -> None:
    (portal.root / folder).rename(portal.root / "aside")
    server.line(r"^content/articles: error: there is no such folder, and 1 of 1 published")
    server.line("^1 error: the last good version stays")
    status, _, page = server.get(STORY)
    assert status == 200
    assert "A bridge is opened" in page
    assert "would vanish" in page
    (portal.root / "aside").rename(portal.root / folder)
    server.line(r"^fixed: \d+ files")
    assert "would vanish" not in server.get(STORY)[2]


def test_a_folder_that_moves_takes_its_articles_along(portal: SmallPortal) -> None:
    portal.save("content/articles/old/deep/2.md", portal.article("A second bridge", news_id=2))
    with serving(portal) as server:
        server.built()
        (portal.root / "content/articles/old").rename(portal.root / "content/articles/new")
        moved = portal.article("A third bridge", news_id=2)
        portal.save("content/articles/new/deep/2.md", moved)
        server.page_with("A third bridge", "/local/2/story/")
        shutil.rmtree(portal.root / "content/articles/new")
        server.line("[1-9][0-9]* removed")
        assert server.get("/local/2/story/")[0] == 404


def test_what_the_system_did_not_tell_of_is_found_when_nothing_is_saved_for_a_while(
    portal: SmallPortal,
) -> None:
    portal.save("content/static/notes.txt", "notes")
    with serving(portal) as server:
        server.built()
        # Under this name the file is in no folder that is watched.
        elsewhere = portal.root / "elsewhere.txt"
        elsewhere.hardlink_to(portal.root / "content/static/notes.txt")
        elsewhere.write_text("other notes")
        portal.publish("A bridge is closed")
        server.page_with("A bridge is closed", STORY)
        server.page_with("other notes", "/notes.txt")


def test_an_editors_lock_and_autosave_neither_break_a_build_nor_cause_one(
    portal: SmallPortal, server: Serving
) -> None:
    articles, templates = portal.root / "content/articles", portal.root / "templates"
    templates.mkdir()
    server.built()
    for folder in (articles, templates):
        (folder / ".#1.md").symlink_to("editor@desk.example:1706000000")
        (folder / "#1.md#").write_text("half a sentence")
        (folder / ".1.md.swp").write_bytes(b"b0VIM")
        (folder / "4913").write_text("")
    before = len(server.seen)
    portal.publish("A bridge is closed")
    server.page_with("A bridge is closed", STORY)
    assert [line for line in server.seen[before:] if "error" in line or "warning" in line] == []

    for folder in (articles, templates):
        for name in (".#1.md", "#1.md#", ".1.md.swp", "4913"):
            (folder / name).unlink()
    portal.publish("A bridge is gone")
    server.page_with("A bridge is gone", STORY)
    assert len([line for line in server.seen[before:] if "files" in line]) == 2


def test_a_lock_that_was_there_before_the_server_is_no_error(portal: SmallPortal) -> None:
    lock = portal.root / "content/articles/.#1.md"
    lock.symlink_to("editor@desk.example:1706000000")
    with serving(portal) as server:
        server.built()
        lock.unlink()
        portal.publish("A bridge is closed")
        server.page_with("A bridge is closed", STORY)


@pytest.mark.parametrize("options", [(), ("--drafts",)])
def test_drafts_are_shown_when_asked_for(portal: SmallPortal, options: tuple[str, ...]) -> None:
    portal.publish("A rumour", news_id=2, more="draft: true")
    with serving(portal, *options) as server:
        server.built()
        assert (server.get("/local/2/story/")[0] == 200) == bool(options)
        assert ("A rumour" in server.get("/")[2]) == bool(options)


def test_an_embargoed_article_appears_at_its_time_by_itself(portal: SmallPortal) -> None:
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5)
    portal.publish("Under embargo", news_id=2, more=f"publish_at: {moment.isoformat()}")
    with serving(portal) as server:
        server.built()
        assert "Under embargo" not in server.get("/")[2]
        server.page_with("Under embargo", "/")
        assert datetime.now(UTC) >= moment


def test_the_moment_can_be_chosen(portal: SmallPortal) -> None:
    portal.publish("Under embargo", news_id=2, more="publish_at: 2030-01-01T00:00:00Z")
    with serving(portal, "--now", "2030-01-02T00:00:00Z") as server:
        server.built()
        assert "Under embargo" in server.get("/")[2]


def test_what_is_deployed_is_not_touched(portal: SmallPortal) -> None:
    portal.save("output/index.html", "published")
    with serving(portal, "--drafts") as server:
        server.built()
        portal.publish("A bridge is closed")
        server.page_with("A bridge is closed", STORY)
    assert [path.name for path in (portal.root / "output").rglob("*")] == ["index.html"]
    assert (portal.root / "output/index.html").read_text() == "published"
    assert sorted(path.name for path in portal.root.iterdir()) == [
        ".broadsheet",
        "content",
        "output",
        "site.toml",
    ]
