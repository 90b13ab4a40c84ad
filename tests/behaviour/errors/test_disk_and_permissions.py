"""Disks, permissions, other builds and sudden ends: output/ is as it was, or finished."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.portal import NOW, REPOSITORY, Portal, environment, run, story
from tests.support.proof import Moment, build_in_trouble, options_of

STAGED = ".output.broadsheet-new"


def edited(portal: Portal) -> Portal:
    """A published portal with changes that write, remove and move files."""
    portal.stories(story(1, "tags: [Iraq]\nslug: moved", body="Edited."), story(4, "tags: [Iran]"))
    portal.remove("content/articles/3.md")
    return portal


def in_namespace(*words: str) -> list[str]:
    """A shell command as root of a namespace of its own, which may mount."""
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec", *words]


def may_mount() -> bool:
    """Whether this machine lets a process mount in a namespace of its own."""
    if not shutil.which("unshare"):
        return False
    probe = in_namespace("mount -t tmpfs none /mnt")
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


NAMESPACES = may_mount()


def test_an_output_that_may_not_be_written_is_one_line(published: Portal) -> None:
    before = published.tree()
    edited(published)
    for folder in (published.root, published.output, *published.output.rglob("*/")):
        folder.chmod(0o555)

    done = published.process(trouble=("--no-override",))

    assert done.code == 2
    assert done.error.endswith("Permission denied")
    assert published.tree() == before


def test_a_new_output_that_may_not_be_made_is_one_line(published: Portal) -> None:
    closed = published.root / "closed"
    closed.mkdir(mode=0o555)

    done = published.process("--output", closed / "site", trouble=("--no-override",))

    assert done.code == 2
    assert done.error.endswith("Permission denied")
    assert not any(closed.iterdir())


def test_state_that_may_not_be_written_is_one_line(published: Portal) -> None:
    before = published.tree()
    edited(published)
    shutil.rmtree(published.root / ".broadsheet")
    published.root.chmod(0o555)

    done = published.process(trouble=("--no-override",))

    assert done.code == 2
    assert done.error.endswith(".broadsheet/build: error: can't be written: Permission denied")
    assert published.tree() == before


def test_an_output_below_a_file_is_one_line(published: Portal) -> None:
    file = published.root / "a-file"
    file.write_text("mine")

    done = published.build("--output", file / "site")

    assert done.code == 2
    assert str(file) in done.error
    assert file.read_text() == "mine"


def test_an_output_that_is_a_file_is_one_line(published: Portal) -> None:
    file = published.root / "a-file"
    file.write_text("mine")

    done = published.build("--output", file)

    assert done.code == 2
    assert done.error == f"{file}: error: is a file where a folder should be"
    assert file.read_text() == "mine"


def test_a_file_of_somebody_elses_where_a_folder_should_be_stays(published: Portal) -> None:
    stranger = published.output / "world" / "4"
    stranger.write_text("mine")
    before = published.tree()
    published.stories(story(4))

    done = published.build()

    assert done.code == 2
    assert done.error == f"{stranger}: error: is a file where a folder should be (move it away)"
    assert published.tree() == before


def test_a_folder_of_somebody_elses_where_a_file_should_be_stays(published: Portal) -> None:
    stranger = published.output / "world/4/story-4/index.html/mine.txt"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("mine")
    before = published.tree()
    published.stories(story(4))

    done = published.build()

    assert done.code == 2
    assert done.error == (
        f"{stranger.parent}: error: is a folder where a file should be (move it away)"
    )
    assert published.tree() == before


def test_a_file_of_somebody_elses_where_a_page_should_be_stays(published: Portal) -> None:
    stranger = published.output / "world/4/story-4/index.html"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("mine")
    before = published.tree()
    published.stories(story(4))

    done = published.build()

    assert done.code == 2
    assert done.error.startswith(f"{stranger}: error: was not written by Broadsheet")
    assert published.tree() == before


@pytest.mark.parametrize("size", [1, 4096, 65536])
def test_a_file_that_can_not_grow_is_one_line(published: Portal, size: int) -> None:
    before = published.tree()
    edited(published)
    published.write({"content/static/large.bin": b"x" * 100_000})

    done = published.process(trouble=("--largest-file", str(size)))

    assert done.code == 2
    assert "error: " in done.error
    assert published.tree() == before
    assert not (published.root / STAGED).exists()
    published.built()
    assert published.tree() == published.clean_tree()


# Elsewhere the limit on the size of files above stands for the disk.
if NAMESPACES:

    @pytest.mark.parametrize("size", ["160k", "400k"])
    def test_a_disk_that_is_full_is_one_line(published: Portal, size: str) -> None:
        """The portal lies on a file system of its own, which ends while pages are made."""
        published.write({"content/static/large.bin": b"x" * 400_000})
        call = " ".join(published.command())
        script = f"""
            cp -r {published.root} {published.root}.aside
            mount -t tmpfs -o size=4m none {published.root}
            cp -r {published.root}.aside/. {published.root}
            dd if=/dev/zero of={published.root}/filler bs=1k 2>/dev/null || true
            truncate -s -{size} {published.root}/filler
            {call} || echo "code $?"
            diff -r {published.root}/output {published.root}.aside/output && echo same
        """
        done = subprocess.run(
            in_namespace(script),
            cwd=REPOSITORY,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stdout.splitlines() == ["code 2", "same"]
        [line] = done.stderr.splitlines()
        assert "error: " in line
        assert "No space left on device" in line or "full" in line


def test_a_report_that_can_not_be_written_is_one_line(published: Portal) -> None:
    file = published.root / "missing" / "report.json"
    done = run("build", "--root", published.root, "--jobs", "1", "--report", file)
    assert done.code == 2
    assert done.error == f"{file}: error: can't be written: No such file or directory"


# Each moment names the file that is opened for writing, or moved, and how many came before.
MOMENTS = {
    "before anything": ("open", ".broadsheet/build/lock", 1),
    "in the middle of rendering": ("open", STAGED, 5),
    "at the last page rendered": ("open", "/world/1/moved", 1),
    "before the first move": ("os.rename", STAGED, 1),
    "in the middle of publishing": ("os.rename", STAGED, 5),
    "among removals": ("os.remove", "/output/", 3),
}


def at(moment: str, action: str) -> tuple[str, ...]:
    """The trouble of an action at one of the moments."""
    event, part, count = MOMENTS[moment]
    return ("--at", event, part, str(count), action)


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_a_killed_build_began_the_next_one_finishes(published: Portal, moment: str) -> None:
    before = published.tree()
    edited(published)

    killed = published.process(trouble=at(moment, "kill"))

    assert killed.code == -signal.SIGKILL
    unmoved = MOMENTS[moment][0] == "open" or moment == "before the first move"
    assert (published.tree() == before) == unmoved
    published.built()
    assert published.tree() == published.clean_tree()
    assert sorted(path.name for path in published.root.iterdir()) == [
        ".broadsheet",
        "content",
        "output",
        "site.toml",
    ]


def test_pages_whose_folders_stand_are_made_again_without_any_folder(published: Portal) -> None:
    """Making and removing them would take a file system longer than the pages themselves."""
    source = (REPOSITORY / "templates/base.html").read_text("utf-8")
    published.write({"templates/base.html": source.replace("</body>", "<hr></body>")})
    fourth_folder = ("--at", "os.mkdir", STAGED, "4", "full")
    done = published.process("--jobs", "1", trouble=fourth_folder)
    assert (done.code, done.stderr) == (0, "")
    assert published.tree() == published.clean_tree()


def test_a_folder_that_loses_its_last_old_file_takes_in_a_new_one(published: Portal) -> None:
    published.write({"content/static/press/old.txt": b"old"})
    published.built()
    published.remove("content/static/press/old.txt")
    published.write({"content/static/press/new.txt": b"new"})
    published.built()
    assert published.tree() == published.clean_tree()


def test_a_first_build_that_was_killed_is_done_by_the_next(portal: Portal) -> None:
    portal.stories(story(1), story(2))
    killed = portal.process(trouble=("--at", "open", STAGED, "9", "kill"))

    assert killed.code == -signal.SIGKILL
    assert not portal.output.exists()
    portal.built()
    assert portal.tree() == portal.clean_tree()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_build_ends_with_130_and_publishes_nothing(
    published: Portal, jobs: str
) -> None:
    before = published.tree()
    edited(published)

    done = published.process("--jobs", jobs, trouble=("--at", "open", STAGED, "3", "interrupt"))

    assert (done.code, done.stderr) == (130, "interrupted: nothing was published\n")
    assert published.tree() == before
    assert not (published.root / STAGED).exists()


def test_an_interrupt_while_publishing_waits_for_its_end(published: Portal) -> None:
    edited(published)

    done = published.process(trouble=("--at", "os.rename", STAGED, "5", "interrupt"))

    assert (done.code, done.stderr) == (130, "interrupted: the site was published\n")
    assert published.tree() == published.clean_tree()


def test_a_worker_that_dies_is_one_line(published: Portal) -> None:
    before = published.tree()
    edited(published)

    trouble = ("--at", "open", STAGED, "3", "end")
    done = published.process("--clean", "--jobs", "2", trouble=trouble)

    assert done.code == 2
    assert "a worker process ended: killed by SIGKILL" in done.error
    assert published.tree() == before


def test_a_build_after_one_that_was_killed_waits_for_its_workers(published: Portal) -> None:
    """They hold the lock, as they may still write what they were at."""
    edited(published)
    options = options_of(published.root, datetime.fromisoformat(NOW), clean=True, jobs=2)
    assert build_in_trouble(options, Moment("open", 25, "kill")) == -signal.SIGKILL

    published.built()

    assert published.tree() == published.clean_tree()


@pytest.fixture
def waiting(published: Portal) -> Iterator[subprocess.Popen[str]]:
    """A build of the portal that stands still in the middle of rendering."""
    with edited(published).waiting("open", STAGED, "3") as process:
        yield process
        process.kill()


def test_a_second_build_of_a_portal_gives_way_to_the_first(
    published: Portal, waiting: subprocess.Popen[str]
) -> None:
    before = published.tree()

    second = published.process()

    assert second.code == 2
    assert f"another build of this portal is running (process {waiting.pid})" in second.error
    assert published.tree() == before
    _, errors = waiting.communicate("go on\n")
    assert (waiting.returncode, errors) == (0, "")
    assert published.tree() == published.clean_tree()


def test_a_build_into_another_folder_need_not_wait(
    published: Portal, waiting: subprocess.Popen[str], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert published.process("--output", other).code == 0
    waiting.communicate("go on\n")
    assert published.tree() == published.tree(other)


def test_a_clean_build_takes_out_what_the_site_no_longer_has(published: Portal) -> None:
    edited(published).built("--clean")
    assert published.tree() == published.clean_tree()


def test_a_page_makes_way_for_a_file_of_its_name(published: Portal) -> None:
    published.remove("content/pages/about.md")
    published.write({"content/static/about": "a file now"})
    published.built()
    assert published.text("about") == "a file now"
    published.write({"content/pages/about.md": "---\ntitle: About us\n---\n\nA page again."})
    published.remove("content/static/about")
    published.built()
    assert published.tree() == published.clean_tree()


def test_one_closed_folder_holds_up_all(published: Portal) -> None:
    before = published.tree()
    edited(published)
    (published.output / "world").chmod(0o555)

    done = published.process(trouble=("--no-override",))

    assert done.code == 2
    assert done.error == f"{published.output}/world: error: can't be written: Permission denied"
    assert published.tree() == before


def test_no_file_is_ever_seen_half_written(published: Portal) -> None:
    """Whatever is in the output came there by a rename, so its inode was whole before."""
    edited(published)
    done = published.process(trouble=("--at", "open", f"{os.sep}output{os.sep}", "1", "kill"))
    assert done.code == 0
