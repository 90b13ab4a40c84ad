"""Sources that change while a build runs, or so that neither size nor time tells."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.fixtures import picture
from tests.support.portal import REPOSITORY, BuildResult, Portal, story
from tests.support.proof import build, difference, options_of

NOW = datetime(2024, 2, 1, 12, tzinfo=UTC)
STAGED = ".output.broadsheet-new"
HILL = "content/media/hill.png"


def build_with(portal: Portal, change: Callable[[], None]) -> BuildResult:
    """A build that stands still once all is read, and goes on when `change` is done."""
    with portal.waiting("open", STAGED, "1") as process:
        change()
        out, err = process.communicate("go on\n")
    return BuildResult(process.returncode, out, err)


def test_a_story_that_changes_while_a_build_runs_is_published_as_it_was_read(
    published: Portal,
) -> None:
    published.stories(story(1, body="First."))
    published.remove("content/articles/3.md")
    wanted = published.clean_tree()

    done = build_with(published, lambda: published.stories(story(1, body="Second.")))

    assert (done.code, done.stderr) == (0, "")
    assert not difference(published.tree(), wanted)
    published.built()
    assert not difference(published.tree(), published.clean_tree())
    assert published.says("Second.")


@pytest.mark.parametrize("name", ["content/static/humans.txt", HILL])
@pytest.mark.parametrize("gone", [False, True])
def test_a_file_that_changes_before_it_is_copied_stops_the_build(
    published: Portal, name: str, gone: bool
) -> None:
    """Pages say how large a picture is, and whoever reads them is to see that picture."""
    before, first = published.tree(), {"content/static/humans.txt": b"First.", HILL: picture(9, 9)}
    published.write({**first, "content/static/a-page.html": "First."})

    def change() -> None:
        published.write({name: picture(7, 7)})
        if gone:
            published.remove(name)

    done = build_with(published, change)

    assert done.code == 1
    message = f"{name}: error: changed while the site was built, and is not published (build again)"
    assert done.error == message
    assert not difference(published.tree(), before)
    published.write({name: first[name]})
    published.built()
    assert not difference(published.tree(), published.clean_tree())


@pytest.mark.parametrize(
    "name", ["templates/partials/dateline.html", "templates/i18n/en.toml", "templates/tag.html"]
)
def test_a_theme_that_changes_while_pages_are_made_stops_the_build(
    published: Portal, name: str
) -> None:
    """No page with the old template stands beside one with the new."""
    before = published.tree()
    published.stories(story(1, "tags: [Iran]\ndateline: TEHRAN", body="First."))
    default = REPOSITORY / "templates" / name.removeprefix("templates/")
    text = default.read_bytes() if default.exists() else b'{% extends "listing.html" %}'

    done = build_with(published, lambda: published.write({name: text + b"\n"}))

    assert done.code == 1
    message = "changed while the site was built, and nothing was published (build again)"
    assert done.error == f"{name}: error: {message}"
    assert not difference(published.tree(), before)
    published.built()
    assert not difference(published.tree(), published.clean_tree())


def rewritten(path: Path, before: bytes, after: bytes) -> None:
    """Other bytes in a file of which neither size nor time of change tells."""
    status = path.stat()
    content = path.read_bytes()
    assert before in content
    assert len(before) == len(after)
    path.write_bytes(content.replace(before, after))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("whole_seconds", [False, True])
def test_equal_size_and_time_hide_no_change(published: Portal, whole_seconds: bool) -> None:
    """Files count as old here; the inode's own time tells. With times of one second, too."""
    file = published.root / "content/articles/1.md"
    if whole_seconds:
        for path in (published.root / "content").rglob("*"):
            os.utime(path, (1_700_000_000, 1_700_000_000))
    assert build(options_of(published.root, NOW)).report.outputs.rendered == 0

    rewritten(file, b"The text.", b"The test.")
    done = build(options_of(published.root, NOW))

    assert done.report.sources.parsed == 1
    assert not difference(published.tree(), published.clean_tree())


def test_a_tree_that_was_restored_from_a_backup_is_read_anew(published: Portal) -> None:
    """Other files under the same names, with the times and sizes of those before."""
    assert build(options_of(published.root, NOW)).report.outputs.rendered == 0
    articles = published.root / "content/articles"
    times = {path: path.stat() for path in articles.iterdir()}
    for path, status in times.items():
        text = path.read_bytes().replace(b"The text.", b"The test.")
        path.unlink()
        path.write_bytes(text)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    done = build(options_of(published.root, NOW))

    assert done.report.sources.parsed == len(times)
    assert not difference(published.tree(), published.clean_tree())


def test_files_from_the_future_are_read_by_each_build(published: Portal) -> None:
    """As when the system's clock jumps back."""
    file = published.root / "content/articles/1.md"
    os.utime(file, (4_000_000_000, 4_000_000_000))
    published.built()
    rewritten(file, b"The text.", b"The test.")
    done = published.built()
    assert done.report["sources"]["parsed"] == 1
    assert not difference(published.tree(), published.clean_tree())
