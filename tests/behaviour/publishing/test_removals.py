"""Many published articles that would vanish at once: an error until that is confirmed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.portal import Portal, run, story
from tests.support.proof import times

MANY = 40
STORY = "content/articles/{}.md"


@pytest.fixture(scope="module")
def _archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    portal = Portal(tmp_path_factory.mktemp("archive") / "portal")
    portal.settings("")
    portal.stories(*(story(number) for number in range(1, MANY + 1)))
    portal.write({"content/articles/kept/notes.md": story(99)})
    portal.built()
    return portal.root


@pytest.fixture
def archive(_archive: Path, tmp_path: Path) -> Portal:
    """A portal with 41 published articles."""
    shutil.copytree(_archive, tmp_path / "portal")
    return Portal(tmp_path / "portal")


def taken_away(portal: Portal, count: int) -> None:
    portal.remove(*(STORY.format(number) for number in range(1, count + 1)))


@pytest.mark.parametrize("folder", ["content", "content/articles"])
@pytest.mark.parametrize("options", [(), ("--keep-going",), ("--clean",)])
def test_content_that_is_gone_unpublishes_nothing(
    published: Portal, folder: str, options: tuple[str, ...]
) -> None:
    before, stood = published.tree(), times(published.output)
    aside = published.root.with_name("aside")
    (published.root / folder).rename(aside)

    done = published.build(*options)

    assert done.code == 1
    assert "there is no such folder, and 3 of 3 published articles would vanish" in done.stderr
    assert "is content/ complete? To remove them, use --allow-removals" in done.stderr
    assert times(published.output) == stood
    aside.rename(published.root / folder)
    published.built()
    assert published.tree() == before


def test_a_build_after_content_came_back_has_nothing_to_do(archive: Portal) -> None:
    aside = archive.root.with_name("aside")
    (archive.root / "content").rename(aside)
    assert archive.build().code == 1
    aside.rename(archive.root / "content")

    done = archive.built()

    assert done.report["sources"]["parsed"] == done.report["outputs"]["rendered"] == 0


def test_the_error_says_how_many_would_vanish_which_and_what_to_do(archive: Portal) -> None:
    taken_away(archive, 12)
    assert archive.build().error == (
        "content/articles: error: 12 of 41 published articles would vanish: "
        "content/articles/1.md, content/articles/10.md, content/articles/11.md, … "
        "(their files are gone: is content/ complete? To remove them, use --allow-removals)"
    )


def test_removals_that_are_confirmed_are_done(archive: Portal) -> None:
    taken_away(archive, 12)
    assert archive.build().code == 1
    archive.built("--allow-removals")
    assert archive.tree() == archive.clean_tree()


def test_a_few_articles_of_many_may_go(archive: Portal) -> None:
    taken_away(archive, 9)
    archive.built()
    assert archive.tree() == archive.clean_tree()


def test_a_small_share_may_go_however_many_they_are(archive: Portal) -> None:
    archive.stories(*(story(number) for number in range(100, 200)))
    archive.built()
    taken_away(archive, 14)
    archive.built()
    archive.remove(*(STORY.format(number) for number in range(100, 114)))
    assert archive.build().code == 1


@pytest.mark.parametrize("left", [1, 2])
def test_a_small_portal_may_lose_a_story(published: Portal, left: int) -> None:
    published.remove(*(STORY.format(number) for number in range(left + 1, 4)))
    published.built()


def test_the_first_story_of_a_new_portal_may_go(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "new")
    assert run("init", portal.root).code == 0
    portal.built(now="2099-01-01")
    shutil.rmtree(next((portal.root / "content/articles").iterdir()))
    portal.built(now="2099-01-01")


def test_the_last_stories_of_a_small_portal_do_not_go_together(published: Portal) -> None:
    published.remove(*(STORY.format(number) for number in range(1, 4)))
    assert "3 of 3 published articles would vanish" in published.build().error


def test_a_clock_that_fell_back_unpublishes_nothing(archive: Portal) -> None:
    before = archive.tree()

    done = archive.build(now="1970-01-01T00:00:00+00:00")

    assert "41 of 41 published articles would vanish" in done.error
    assert "not published yet at 1970-01-01 00:00+00:00: is that the time?" in done.error
    assert archive.tree() == before


@pytest.mark.parametrize(
    ("line", "cause"),
    [("draft: true", "they are drafts now"), ("publish_at: 2030-01-01", "not published yet")],
)
def test_articles_that_are_taken_back_are_counted(archive: Portal, line: str, cause: str) -> None:
    archive.stories(*(story(number, line) for number in range(1, 16)))
    done = archive.build()
    assert "15 of 41 published articles would vanish" in done.error
    assert cause in done.error


@pytest.mark.parametrize(
    "line", ["expires: 2024-01-25", "retracted: {date: 2024-01-30, reason: Wrong.}"]
)
def test_articles_that_expire_or_are_retracted_are_not_lost(archive: Portal, line: str) -> None:
    archive.stories(*(story(number, line) for number in range(1, MANY + 1)))
    archive.built()


def test_articles_that_move_are_not_lost(archive: Portal) -> None:
    (archive.root / "content/articles").rename(archive.root / "content/moved")
    (archive.root / "content/articles").mkdir()
    (archive.root / "content/moved").rename(archive.root / "content/articles/2024")
    archive.built()
    archive.settings("", first='permalink = "/{year}/{news_id}/{slug}/"')
    archive.built()
    assert archive.tree() == archive.clean_tree()


def test_drafts_that_were_shown_by_request_are_not_lost(archive: Portal) -> None:
    archive.stories(*(story(number, "draft: true") for number in range(200, 260)))
    archive.built("--drafts")
    archive.built()
    assert archive.tree() == archive.clean_tree()
    archive.built("--drafts")
    archive.remove(*(STORY.format(number) for number in range(200, 260)))
    assert archive.build("--drafts").code == 1


@pytest.mark.parametrize("state", ["forgotten", "damaged", "output gone"])
def test_what_was_published_is_known_without_the_index(archive: Portal, state: str) -> None:
    """From the names of the files that were written; and with the index, without the files."""
    options = ("--clean",) if state == "forgotten" else ()
    if state == "damaged":
        (archive.root / ".broadsheet/build/index.sqlite").write_bytes(b"no database")
    elif state == "output gone":
        shutil.rmtree(archive.output)
    taken_away(archive, 12)

    done = archive.build(*options)

    assert done.code == 1
    assert re.search("error: 12 of 41 published articles would vanish: ", done.stderr)
    assert archive.build("--allow-removals").code == 0


def test_the_record_of_urls_is_kept_all_the_same(archive: Portal) -> None:
    archive.built("--record")
    taken_away(archive, 12)

    done = archive.build("--allow-removals")

    assert done.code == 1
    assert "/world/1/story-1/ was published and would vanish" in done.stderr
    assert "world/1/story-1/index.html" in archive.tree()


def test_a_folder_that_can_not_be_read_keeps_its_articles(archive: Portal) -> None:
    before = archive.tree()
    (archive.root / "content/articles/kept").chmod(0)

    done = archive.process("--keep-going", trouble=("--no-override",))

    (archive.root / "content/articles/kept").chmod(0o755)
    assert (done.code, "content/articles/kept: error: can't be read" in done.stderr) == (1, True)
    assert archive.tree() == before
