"""Nothing that Broadsheet did not write is overwritten or deleted, whatever its state claims."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.write.ownership import MARKER_NAME
from tests.support.portal import Portal, story

RUNS = int(os.environ.get("BROADSHEET_DAYS", "6"))
STATE = ".broadsheet/build"
STAGED = ".output.broadsheet-new"
ASK = "(move it away, choose another folder with --output, or take it over with --adopt)"


def ledger(portal: Portal) -> Path:
    return portal.root / STATE / "written"


def forget_index(portal: Portal) -> None:
    for file in (portal.root / STATE).glob("index.sqlite*"):
        file.unlink()


def change_index(portal: Portal, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(portal.root / STATE / "index.sqlite")) as connection:
        connection.execute(statement, values)
        connection.commit()


def edited(portal: Portal) -> Portal:
    """A published portal with changes that write, remove and move files."""
    portal.stories(story(1, "tags: [Iraq]\nslug: moved", body="Edited."), story(4, "tags: [Iran]"))
    portal.remove("content/articles/3.md")
    return portal


def as_of_an_older_version(portal: Portal) -> Portal:
    """A published portal from before there was a marker."""
    (portal.output / MARKER_NAME).unlink()
    written = ledger(portal).read_bytes()
    ledger(portal).write_bytes(written.replace(f"\0+{MARKER_NAME}".encode(), b""))
    change_index(portal, "DELETE FROM output WHERE kind = 'marker'")
    change_index(portal, "UPDATE input SET digest = x'00' WHERE key = 'code'")
    return portal


# What the state names.


@pytest.mark.parametrize("name", ["world/../../precious.txt", "{root}/precious.txt"])
def test_a_file_outside_the_output_is_safe_from_the_list_of_written_files(
    published: Portal, name: str
) -> None:
    precious = published.root / "precious.txt"
    precious.write_text("mine")
    with ledger(published).open("a") as file:
        file.write(f"\0+{name.format(root=published.root)}")
    forget_index(published)

    done = edited(published).build()

    [line] = done.stderr.splitlines()
    assert line.startswith(f"{ledger(published)}: warning: names 1 file outside the output folder")
    assert "precious.txt" in line
    assert precious.read_text() == "mine"
    assert published.tree() == published.clean_tree()
    forget_index(published)
    published.built()


@pytest.mark.parametrize(("planned", "stale"), [(0, 0), (1, 1)])
def test_a_file_outside_the_output_is_safe_from_the_index(
    published: Portal, planned: int, stale: int
) -> None:
    """Such an index is not one that a build wrote."""
    precious = published.root / "precious.txt"
    precious.write_text("mine")
    change_index(
        published,
        """INSERT INTO output (path, key, kind, params, owner, scope, planned, stale, reason,
            owned, digest) VALUES (?, '', 'robots', '{}', '', 'other/', ?, ?, '', 1, x'00')""",
        "../precious.txt",
        planned,
        stale,
    )

    done = edited(published).build("--verify")

    [line] = done.stderr.splitlines()
    assert "the index is damaged: it has the output path '../precious.txt'" in line
    assert precious.read_text() == "mine"
    assert published.tree() == published.clean_tree()


def test_a_file_of_somebody_elses_is_safe_from_the_list_of_written_files(
    published: Portal,
) -> None:
    (published.output / "world/mine.txt").write_text("mine")
    with ledger(published).open("a") as file:
        file.write("\0+world/mine.txt\0+world\0+missing/file")
    forget_index(published)

    done = edited(published).build()

    [line] = done.stderr.splitlines()
    assert line.endswith(
        "holds 1 files that Broadsheet did not write, and left alone: world/mine.txt"
    )
    assert published.tree() == published.clean_tree() | {"world/mine.txt": b"mine"}


IN_THE_WAY = "world/4/story-4/index.html"
FOREIGN = ("mine.txt", "world/mine.txt", IN_THE_WAY, "old/index.html")
names = st.one_of(
    st.text(max_size=20),
    st.lists(st.sampled_from(["..", ".", "", "world", "old", "mine.txt"]), max_size=5).map(
        "/".join
    ),
    st.sampled_from([*FOREIGN, "../precious.txt", "index.html", "world/1/story-1/index.html"]),
)
ledgers = st.one_of(
    st.binary(max_size=60),
    st.lists(st.tuples(st.sampled_from(["\0+", "\0-", "+", "\0"]), names), max_size=12).map(
        lambda notes: "".join(map("".join, notes)).encode("utf-8", "surrogatepass")
    ),
)


@pytest.fixture
def wanted(published: Portal) -> dict[str, bytes]:
    """What the edited portal gives when it is built from nothing."""
    other = Portal(published.root.with_name("other"))
    shutil.copytree(published.root, other.root)
    return edited(other).clean_tree()


@given(written=ledgers, kept=st.booleans(), clean=st.booleans())
@example(written=b"\0+../precious.txt", kept=True, clean=True)
@settings(max_examples=RUNS, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_list_of_written_files_touches_what_is_not_ours(
    published: Portal, tmp_path: Path, wanted: dict[str, bytes], *, written: bytes, **how: bool
) -> None:
    """A list that is made up stands alone, or comes after the true one, which is `kept`."""
    with TemporaryDirectory(dir=tmp_path) as folder:
        portal = Portal(Path(folder) / "portal")
        shutil.copytree(published.root, portal.root)
        (portal.output / MARKER_NAME).touch()
        foreign = dict.fromkeys(FOREIGN, "mine")
        portal.write({f"output/{name}": text for name, text in foreign.items()})
        portal.write({"precious.txt": "mine"})
        ledger(portal).write_bytes(ledger(portal).read_bytes() * how["kept"] + written)
        forget_index(portal)
        options = ["--clean"] * how["clean"]
        before = portal.tree()

        assert edited(portal).build(*options).code == 2
        assert portal.tree() == before
        (portal.output / IN_THE_WAY).unlink()
        assert portal.build(*options).code == 0

        kept = {name: b"mine" for name in FOREIGN if name != IN_THE_WAY}
        after = portal.tree()
        assert after == {name: before.get(name) for name in after} | wanted | kept
        assert (portal.root / "precious.txt").read_text() == "mine"


@pytest.mark.parametrize("name", [".gitignore", "README", "build/lock", "build/written"])
def test_state_is_not_written_through_a_link(published: Portal, name: str) -> None:
    precious = published.root / "precious.txt"
    precious.write_text("mine")
    link = published.root / ".broadsheet" / name
    link.unlink()
    link.symlink_to(precious)

    done = edited(published).build()

    assert done.code == 2
    assert done.error.startswith(f"{link}: error: is a symbolic link")
    assert precious.read_text() == "mine"


def test_the_whole_state_may_lie_elsewhere(published: Portal, tmp_path: Path) -> None:
    (published.root / ".broadsheet").rename(tmp_path / "state")
    (published.root / ".broadsheet").symlink_to(tmp_path / "state")
    edited(published).built()
    shutil.move(tmp_path / "state", published.root.with_name("kept"))
    (published.root / ".broadsheet").unlink()
    assert published.tree() == published.clean_tree()


# Links and folders of somebody else's.


@pytest.mark.parametrize("folder", ["world/1", "culture"])
def test_a_folder_that_is_a_link_is_not_written_through(
    published: Portal, tmp_path: Path, folder: str
) -> None:
    """In culture/ a file would only be removed."""
    elsewhere = tmp_path / "elsewhere"
    (published.output / folder).rename(elsewhere)
    (published.output / folder).symlink_to(elsewhere)
    before, there = published.tree(), published.tree(elsewhere)

    done = edited(published).build()

    assert done.code == 2
    assert done.error.startswith(f"{published.output}/{folder}: error: is a symbolic link")
    assert (published.tree(), published.tree(elsewhere)) == (before, there)
    assert published.build("--adopt").code == 2


def test_the_output_may_be_a_link(published: Portal, tmp_path: Path) -> None:
    published.output.rename(tmp_path / "htdocs")
    published.output.symlink_to(tmp_path / "htdocs")
    (published.root / STATE).rename(published.root / "kept")
    edited(published).build()
    assert published.output.is_symlink()
    assert (published.output / "world/4/story-4/index.html").is_file()


def test_a_link_in_the_place_of_a_page_is_somebody_elses(published: Portal, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    page = published.output / "index.html"
    page.unlink()
    page.symlink_to(precious)

    done = edited(published).build()

    assert done.code == 2
    assert done.stderr.splitlines()[-1] == (
        f"{page}: error: was not written by Broadsheet (it is a symbolic link), "
        f"and the site needs its place {ASK}"
    )
    assert published.build("--adopt").code == 0
    assert precious.read_text() == "mine"
    assert published.tree() == published.clean_tree()


@pytest.mark.parametrize("name", ["mine.txt", "tree/mine.txt"])
def test_a_folder_where_files_would_wait_is_not_deleted(published: Portal, name: str) -> None:
    before = published.tree()
    published.write({f"{STAGED}/{name}": "mine"})

    done = edited(published).build()

    assert done.code == 2
    assert done.error.startswith(f"{published.root}/{STAGED}: error: was not made by Broadsheet")
    assert (published.root / STAGED / name).read_text() == "mine"
    assert published.tree() == before


def test_a_link_where_files_would_wait_is_not_followed(published: Portal, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (published.root / STAGED).symlink_to(elsewhere)
    done = edited(published).build()
    assert done.code == 2
    assert "was not made by Broadsheet" in done.error
    assert not any(elsewhere.iterdir())


# Folders that somebody used before, or since.


@pytest.fixture
def used(portal: Portal) -> Portal:
    """A portal that was never built, into a folder that holds a site of somebody else's."""
    portal.stories(story(1), story(2))
    for name in ("index.html", "robots.txt", "blog/index.html"):
        portal.write({f"output/{name}": "mine"})
    return portal


@pytest.mark.parametrize("options", [(), ("--clean",)])
def test_a_first_build_overwrites_nothing(used: Portal, options: tuple[str, ...]) -> None:
    before = used.tree()

    done = used.build(*options)

    assert done.code == 2
    assert done.errors == [
        f"{used.output}/{name}: error: was not written by Broadsheet, and the site needs its place "
        + ASK
        for name in ("index.html", "robots.txt")
    ]
    assert used.tree() == before
    assert used.build(*options).code == 2
    assert used.tree() == before


def test_what_stands_in_the_way_is_taken_over_if_asked(used: Portal) -> None:
    used.build()

    done = used.build("--adopt")

    assert done.code == 0
    [line] = done.stderr.splitlines()
    assert line.endswith("did not write, and left alone: blog/index.html")
    assert used.tree() == used.clean_tree() | {"blog/index.html": b"mine"}
    used.stories(story(3))
    used.built()
    used.built("--adopt")


def test_only_a_few_of_many_files_are_named(used: Portal) -> None:
    shutil.rmtree(used.output)
    used.built()
    for page in used.output.rglob("*.html"):
        page.write_text("mine")
    shutil.rmtree(used.root / ".broadsheet")

    done = used.build()

    assert len(done.errors) == 10
    assert done.errors[-1].endswith("with --adopt; and 6 more like it)")


def test_a_folder_with_other_files_takes_in_a_site_beside_them(portal: Portal) -> None:
    portal.stories(story(1))
    portal.write({"output/blog/index.html": "mine"})
    done = portal.build()
    assert done.code == 0
    assert "holds 1 files that Broadsheet did not write" in done.stderr
    assert portal.text("blog/index.html") == "mine"


@pytest.mark.parametrize("exists", [True, False])
def test_an_empty_or_missing_folder_needs_nothing(portal: Portal, *, exists: bool) -> None:
    portal.stories(story(1))
    if exists:
        portal.output.mkdir()
    portal.built()
    assert portal.tree() == portal.clean_tree()


# Records that are lost.


def test_a_file_put_where_a_page_comes_is_safe_without_a_record(published: Portal) -> None:
    """The site's own pages are known by the marker, and what is newer than it is not ours."""
    shutil.rmtree(published.root / ".broadsheet")
    published.write({"output/world/4/story-4/index.html": "mine"})

    done = edited(published).build()

    assert done.code == 2
    assert done.error.startswith(f"{published.output}/world/4/story-4/index.html: error: was not")
    assert published.build("--adopt").code == 0
    assert "mine" not in published.text("world/4/story-4/index.html")


@pytest.mark.parametrize("options", [(), ("--clean",)])
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_list_of_written_files_that_lacks_some_holds_nothing_up(
    published: Portal, options: tuple[str, ...], share: float
) -> None:
    written = ledger(published).read_bytes()
    ledger(published).write_bytes(written[: int(len(written) * share)])
    forget_index(published)
    published.stories(story(1, "tags: [Iran]", date="2024-01-18", title="Edited", slug="story-1"))

    assert published.build(*options).code == 0

    assert published.tree() == published.clean_tree()
    published.built(*options)


def test_an_output_that_was_copied_without_its_state_is_taken_over_if_asked(
    published: Portal,
) -> None:
    """Copies have times of their own. Those that are right already need no asking."""
    shutil.rmtree(published.root / ".broadsheet")
    copied = published.root / "copied"
    shutil.copytree(published.output, copied)
    shutil.rmtree(published.output)
    copied.rename(published.output)
    published.built()
    shutil.rmtree(published.root / ".broadsheet")
    (published.output / "feed.xml").write_text("mine")

    assert published.build().error.startswith(f"{published.output}/feed.xml: error: was not")
    published.built("--adopt")

    assert published.tree() == published.clean_tree()


@pytest.mark.parametrize("lost", [True, False])
def test_a_portal_of_a_version_without_the_marker_goes_on(published: Portal, *, lost: bool) -> None:
    as_of_an_older_version(published)
    if lost:
        forget_index(published)
    published.stories(story(1, "tags: [Iran]", date="2024-01-18", body="Edited."))

    assert published.build().code == 0

    assert published.tree() == published.clean_tree()
    published.built()


@pytest.mark.parametrize("options", [(), ("--clean",)])
def test_a_folder_that_was_exchanged_is_not_taken_for_the_one_that_was_built(
    published: Portal, options: tuple[str, ...]
) -> None:
    """Its files have the names of pages, but the marker is not there."""
    shutil.rmtree(published.output)
    published.write({"output/index.html": "mine", "output/culture/3/story-3/index.html": "mine"})
    before = published.tree()

    done = edited(published).build(*options)

    assert done.code == 2
    assert f"{published.output}/index.html: error: was not written by" in done.stderr
    assert published.tree() == before
    assert published.build(*options, "--adopt").code == 0
    assert published.text("culture/3/story-3/index.html") == "mine"


def test_a_marker_that_was_deleted_is_put_back(published: Portal) -> None:
    (published.output / MARKER_NAME).unlink()
    done = edited(published).build()
    assert (done.code, done.stderr.count("warning")) == (0, 1)
    assert published.tree() == published.clean_tree()


def test_only_a_build_that_publishes_sets_the_time_of_the_marker(published: Portal) -> None:
    marker = published.output / MARKER_NAME
    first = marker.stat().st_mtime_ns
    published.built()
    published.write(
        {"content/articles/1.md": (published.root / "content/articles/1.md").read_text()}
    )
    published.built()
    assert marker.stat().st_mtime_ns == first
    edited(published).built()
    assert marker.stat().st_mtime_ns > first
    assert all(
        path.stat().st_ctime_ns <= marker.stat().st_ctime_ns for path in published.output.rglob("*")
    )
