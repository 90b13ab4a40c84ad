"""What the portal has and the site does not show is reported, and `explain` says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.portal import NOW, Portal, run, story

LATER = "2024-02-01T18:00:00+00:00"


def ending(portal: Portal, *options: str) -> str:
    """The last line of a build that goes well."""
    return portal.built(*options).stdout.splitlines()[-1]


def explained(portal: Portal, path: str) -> str:
    done = run("explain", "--root", portal.root, path)
    assert (done.code, done.stderr) == (0, "")
    return done.stdout


def test_a_site_that_shows_everything_has_no_such_line(published: Portal) -> None:
    assert "left out" not in published.built().stdout


def test_drafts_are_counted_in_every_build_until_they_are_shown(published: Portal) -> None:
    published.stories(story(5, "draft: true"), story(6, "draft: true\npublish_at: 2030-01-01"))
    published.write({"content/pages/plan.md": "---\ntitle: Plan\ndraft: true\n---\n\nX.\n"})
    line = "left out: 3 drafts (--drafts shows them)"
    assert ending(published) == line
    assert ending(published) == line
    assert ending(published, "--drafts") == "left out: 1 until 2030-01-01 00:00"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (LATER, "1 until 18:00 today"),
        ("2024-02-02T07:30:00+00:00", "1 until 07:30 tomorrow"),
        ("2024-03-01T07:30:00+00:00", "1 until 2024-03-01 07:30"),
    ],
)
def test_a_scheduled_story_is_named_by_its_moment(
    published: Portal, moment: str, shown: str
) -> None:
    published.stories(story(5, f"publish_at: {moment}"))
    assert ending(published) == f"left out: {shown}"
    assert ending(published) == f"left out: {shown}"


def test_of_several_scheduled_stories_the_first_is_named(published: Portal) -> None:
    published.stories(story(5, f"publish_at: {LATER}"), story(6, "publish_at: 2024-05-01"))
    assert ending(published) == "left out: 2 scheduled, the next 18:00 today"


def test_times_are_those_of_the_portal(published: Portal) -> None:
    published.settings("", first='timezone = "Asia/Tehran"')
    published.stories(story(5, f"publish_at: {LATER}"))
    assert ending(published) == "left out: 1 until 21:30 today"


def test_expired_stories_are_counted(published: Portal) -> None:
    published.stories(story(5, "expires: 2024-01-25"))
    assert ending(published) == "left out: 1 expired"


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("content/article/9.md", "did you mean content/articles/?"),
        ("content/pagse/a/b.md", "did you mean content/pages/?"),
        ("content/9.md", "did you mean content/articles/9.md?"),
        ("content/news/2024/9.md", "stories belong in content/articles/"),
        ("content/articles/9.markdown", "did you mean 9.md?"),
        ("content/articles/9.md.txt", "did you mean 9.md?"),
        ("content/pages/9.html", "did you mean 9.md?"),
    ],
)
def test_a_file_that_no_build_reads_is_named(published: Portal, path: str, hint: str) -> None:
    published.write({path: story(9)})
    line = f"left out: 1 file that is no article ({path}: {hint})"
    assert ending(published) == line
    assert ending(published) == line
    assert hint in explained(published, path)
    checked = published.check()
    assert f"{path}: warning: is no source, so no build reads it ({hint}) [unread_file]" in (
        checked.stderr
    )
    (published.root / path).unlink()
    assert "left out" not in published.built().stdout


def test_files_of_other_programs_are_not_missed(published: Portal) -> None:
    published.write({"content/.DS_Store": "x", "content/articles/9.md~": story(9)})
    assert "left out" not in published.built().stdout


def test_a_file_that_a_story_links_to_is_not_left_out(published: Portal) -> None:
    published.write({"content/articles/notes.md.txt": "Notes."})
    published.stories(story(5, body="[Notes](notes.md.txt)"))
    assert "left out" not in published.built().stdout


def test_the_report_has_it_all(published: Portal) -> None:
    published.stories(story(5, "draft: true"), story(6, f"publish_at: {LATER}"))
    published.write({"content/article/9.md": story(9)})
    assert published.built().report["left_out"] == {
        "drafts": 1,
        "scheduled": 1,
        "next_at": LATER,
        "expired": 0,
        "unread": [{"path": "content/article/9.md", "hint": "did you mean content/articles/?"}],
    }


def test_check_has_the_line(published: Portal) -> None:
    published.stories(story(5, "draft: true"))
    assert "left out: 1 draft (--drafts shows them)\n" in published.check().stdout


def test_explain_tells_how_a_draft_is_published(published: Portal) -> None:
    published.stories(story(5, "draft: true\npublish_at: 2099-01-01"))
    published.built()
    said = explained(published, "content/articles/5.md")
    assert "content/articles/5.md is a draft, so it has no page." in said
    assert "remove 'draft: true' (line 5) and build" in said
    assert "Even then, it appears at 2099-01-01 00:00" in said
    assert "broadsheet serve --drafts" in said


def test_explain_tells_when_a_story_appears_and_when_it_expired(published: Portal) -> None:
    published.stories(story(5, "publish_at: 2099-01-01T08:00:00Z"), story(6, "expires: 2024-01-25"))
    published.built()
    assert "5.md has no page until 2099-01-01 08:00." in explained(
        published, "content/articles/5.md"
    )
    assert "6.md has no page, as it expired at 2024-01-25 00:00." in explained(
        published, "content/articles/6.md"
    )


def test_explain_tells_of_pictures_that_nobody_shows(published: Portal) -> None:
    published.write({"content/media/plan.pdf": b"%PDF-1.4\n"})
    published.built()
    assert "no story, page or author shows it" in explained(published, "content/media/plan.pdf")


def test_explain_tells_of_names_that_are_ignored(published: Portal) -> None:
    published.write({"content/articles/.5.md": story(5)})
    published.built()
    assert "other programs" in explained(published, "content/articles/.5.md")


def test_explain_of_a_file_that_is_new_says_to_build(published: Portal) -> None:
    published.stories(story(5))
    done = run("explain", "--root", published.root, "content/articles/5.md")
    assert done.code == 2
    assert "run 'broadsheet build'" in done.error


def test_a_build_with_a_clock_of_its_own_says_today_by_that_clock(
    published: Portal, tmp_path: Path
) -> None:
    published.stories(story(5, f"publish_at: {LATER}"))
    assert "18:00 today" in published.build(now=NOW).stdout
    assert "18:00 tomorrow" in published.build(now="2024-01-31T12:00:00+00:00").stdout


def test_explain_of_a_draft_that_changed_says_to_build(published: Portal) -> None:
    published.stories(story(5, "draft: true"))
    published.built()
    published.stories(story(5))
    said = explained(published, "content/articles/5.md")
    assert said == (
        "content/articles/5.md changed since the last build: run 'broadsheet build', "
        "and ask again.\n"
    )
