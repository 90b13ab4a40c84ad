"""State that is damaged, old, gone or from elsewhere: noticed, reported in a line, and replaced."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.pipeline.report import Report
from tests.support.portal import NOW, Portal, story
from tests.support.proof import (
    DAMAGES,
    Moment,
    build_in_trouble,
    damage,
    difference,
    options_of,
    times,
)

STATE = ".broadsheet/build"


def edited(portal: Portal) -> Portal:
    """A published portal with changes that write, remove and move files."""
    portal.stories(story(1, "tags: [Iraq]\nslug: moved", body="Edited."), story(4, "tags: [Iran]"))
    portal.remove("content/articles/3.md")
    return portal


def kept_aside(portal: Portal) -> Path:
    """A copy of the state as it is now."""
    return Path(shutil.copytree(portal.root / STATE, portal.root.with_name("kept state")))


def put_back(portal: Portal, kept: Path) -> None:
    shutil.rmtree(portal.root / STATE)
    shutil.copytree(kept, portal.root / STATE)


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("where", [0, 7])
def test_whatever_befalls_the_index_the_next_build_is_right(
    published: Portal, kind: str, where: int
) -> None:
    """Files of pages that are gone since go, too, as their names lie apart from the index."""
    damage(published.root / STATE, kind, where)

    done = edited(published).build()

    assert done.code == 0
    assert len(done.stderr.splitlines()) <= 1
    assert not difference(published.tree(), published.clean_tree())
    published.built()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("older", "the index was written by another version of Broadsheet"),
        ("newer", "the index was written by another version of Broadsheet"),
        ("cut short", "the index is damaged: "),
        ("the head", "the index is damaged: file is not a database"),
    ],
)
def test_an_index_that_can_not_be_used_is_reported_in_a_line(
    published: Portal, kind: str, message: str
) -> None:
    before, stood = published.tree(), times(published.output)
    damage(published.root / STATE, kind, 100)

    done = published.build()

    [line] = done.stderr.splitlines()
    assert line.startswith(f"{published.root}/{STATE}: warning: {message}")
    assert line.endswith("; a new one was created, and everything rendered again")
    assert done.report["sources"]["parsed"] == done.report["sources"]["seen"]
    assert (published.tree(), times(published.output)) == (before, stood)


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("table", ["input", "source", "article", "body", "output", "membership"])
def test_damage_that_is_met_in_the_middle_of_a_build_is_mended_by_it(
    published: Portal, table: str, jobs: str
) -> None:
    index = published.root / STATE / "index.sqlite"
    with closing(sqlite3.connect(index)) as connection:
        [page] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [table]
        ).fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    with index.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"damaged" * 100)
    published.write({"templates/base.html": '{% extends "!base.html" %}'})

    done = edited(published).process("--jobs", jobs)

    assert done.code == 0
    [line] = done.stderr.splitlines()
    assert "warning: the index is damaged" in line
    assert not difference(published.tree(), published.clean_tree())


def test_a_build_that_is_tried_again_reports_what_both_tries_moved() -> None:
    """Damage may be met after files were moved; a deploy must not miss those."""
    report = Report()
    report.outputs.rendered = 3
    report.published(["a", "b"], ["c", "d"])
    report.published(["c"], ["b"])
    assert (report.changed, report.gone) == (("a", "c"), ("b", "d"))
    assert (report.outputs.written, report.outputs.removed, report.outputs.unchanged) == (2, 2, 1)


@given(count=st.integers(1, 400))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_first_build_that_was_killed_leaves_nothing_to_mend(
    tmp_path: Path, count: int, published: Portal
) -> None:
    """Its sources go into the index without a log, and yet all of them or none."""
    with TemporaryDirectory(dir=tmp_path) as folder:
        portal = Portal(Path(folder) / "portal")
        shutil.copytree(published.root / "content", portal.root / "content")
        shutil.copy(published.root / "site.toml", portal.root)
        options = options_of(portal.root, datetime.fromisoformat(NOW))

        build_in_trouble(options, Moment("execute", count, "kill"))

        portal.built()
        assert not difference(portal.tree(), published.tree())


def test_a_question_that_a_template_asks_wrongly_is_no_damage(published: Portal) -> None:
    published.write({"templates/404.html": '{{ latest("many") }}'})
    done = published.build()
    assert done.code == 1
    assert done.error.startswith("templates/404.html:1: error: ")


def test_files_whose_record_was_deleted_stay_and_are_named_once(published: Portal) -> None:
    shutil.rmtree(published.root / ".broadsheet")
    edited(published)

    done = published.build()

    assert done.code == 0
    [line] = done.stderr.splitlines()
    left = published.tree().keys() - published.clean_tree().keys()
    assert f"holds {len(left)} files that Broadsheet did not write, and left alone" in line
    assert "culture/3/story-3/index.html" in left
    published.built()


def test_without_state_files_that_are_right_already_keep_their_times(published: Portal) -> None:
    stood = times(published.output)
    shutil.rmtree(published.root / ".broadsheet")
    done = published.built()
    assert done.report["outputs"]["rendered"] == done.report["outputs"]["total"]
    assert done.report["changed"] == []
    assert times(published.output) == stood


def test_state_of_an_earlier_day_is_noticed(published: Portal) -> None:
    """What was published since is not what the state knows of, though no source changed since."""
    begun, kept = published.tree(), kept_aside(published)
    published.stories(story(1, "tags: [Iran]", title="Another headline", date="2024-01-18"))
    published.built()
    published.stories(story(1, "tags: [Iran]", date="2024-01-18"))
    put_back(published, kept)

    done = published.build()

    assert done.code == 0
    explanation, left = done.stderr.splitlines()
    assert explanation.startswith(f"{published.output}: warning: ")
    assert "files were changed since the last build, and rendered again" in explanation
    assert "holds 1 files that Broadsheet did not write" in left
    another = "world/1/another-headline/index.html"
    assert another in left
    assert not difference(published.tree(), begun | {another: published.tree()[another]})


def test_an_output_that_came_from_elsewhere_is_compared_with_the_state(published: Portal) -> None:
    """Copied file by file, and one of them cut short on the way."""
    before = published.tree()
    elsewhere = published.root.with_name("elsewhere")
    shutil.copytree(published.output, elsewhere, copy_function=shutil.copyfile)
    (elsewhere / "feed.xml").write_bytes(before["feed.xml"][:100])
    shutil.rmtree(published.output)
    elsewhere.rename(published.output)
    os.utime(published.output)

    done = published.build()

    assert done.code == 0
    [line] = done.stderr.splitlines()
    assert "1 file was changed since the last build" in line
    assert done.report["changed"] == ["feed.xml"]
    assert published.tree() == before


def test_a_cache_that_keeps_whole_seconds_is_as_good(published: Portal) -> None:
    """State and output of a build machine, under another path and with other inodes."""
    other = Portal(published.root.with_name("checkout") / "portal")
    shutil.copytree(published.root, other.root)
    for path in (other.root / "content").rglob("*"):
        path.touch()
    for path in (other.output, *other.output.rglob("*")):
        os.utime(path, (path.stat().st_atime, int(path.stat().st_mtime)))
    stood = times(other.output)

    done = other.built()

    assert done.report["sources"]["parsed"] == done.report["outputs"]["rendered"] == 0
    assert times(other.output) == stood
    shutil.rmtree(published.root)
    edited(other).built()
    assert other.tree() == other.clean_tree()


def test_a_file_that_was_deleted_at_the_top_of_the_output_is_missed(published: Portal) -> None:
    before = published.tree()
    (published.output / "feed.xml").unlink()
    assert "1 file was changed since" in published.build().stderr
    assert published.tree() == before


def test_a_page_that_stands_there_already_is_taken_for_ours(published: Portal) -> None:
    """As when a newer output was put under an older state."""
    kept = kept_aside(published)
    published.stories(story(4))
    published.built()
    before, stood = published.tree(), times(published.output)
    put_back(published, kept)

    done = published.build()

    assert (done.code, done.report["changed"]) == (0, [])
    assert (published.tree(), times(published.output)) == (before, stood)
    published.remove("content/articles/4.md")
    published.built()
    assert published.tree() == published.clean_tree()
