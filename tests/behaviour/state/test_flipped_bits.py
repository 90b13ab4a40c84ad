"""State with flipped bits, and with other damage at random: never an exception that shows.

SQLite notices damage to its structure, and a value that makes a build fail makes it start again.
A value that is wrong and valid goes unnoticed; `--clean` puts that right, whatever it is.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.desk import first_desk, put_on_disk
from tests.support.flips import CHANGES, DAMAGES, STATE, Tree, value
from tests.support.portal import BuildResult, Portal, run, story
from tests.support.proof import difference

FLIPS = int(os.environ.get("BROADSHEET_FLIPS", "16"))


@dataclass(frozen=True, slots=True)
class Subject:
    """A portal that was built, and what clean builds give after each of the changes."""

    root: Path
    clean: Mapping[int, Tree]


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """A small portal with something of everything."""
    folder = tmp_path_factory.mktemp("flips")
    portal = Portal(folder / "portal")
    put_on_disk(first_desk().texts(), portal.root, {})
    portal.built()
    clean = {}
    for number, (change, now) in enumerate(CHANGES):
        changed = Portal(Path(shutil.copytree(portal.root, folder / str(number))))
        change(changed)
        clean[number] = changed.clean_tree(now=now)
    return Subject(portal.root, clean)


def in_words(done: BuildResult) -> None:
    """A command may fail, and it may begin anew, but what it says is meant for people."""
    assert done.code in (0, 1, 2), done
    assert "Traceback" not in done.stderr, done.stderr
    assert "error: unexpected" not in done.stderr, done.stderr
    assert (done.code == 0) == ("error: " not in done.stderr), done.stderr


def test_no_damage_to_the_state_shows_as_an_exception(subject: Subject, tmp_path: Path) -> None:
    unnoticed = refused = 0
    for seed in range(FLIPS):
        chance = random.Random(seed)
        shutil.rmtree(tmp_path / "portal", ignore_errors=True)
        portal = Portal(Path(shutil.copytree(subject.root, tmp_path / "portal")))
        files = sorted(path for path in (portal.root / STATE).rglob("*") if path.is_file())
        weights = [20 if path.name == "index.sqlite" else 1 for path in files]
        damage, [file] = chance.choice(DAMAGES), chance.choices(files, weights)
        if damage is value:
            file = portal.root / STATE / "index.sqlite"
        number = chance.randrange(len(CHANGES))
        change, now = CHANGES[number]
        damage(chance, file)
        change(portal)

        in_words(run("explain", "--root", portal.root, "/"))
        done = portal.build(now=now)

        in_words(done)
        wrong = difference(portal.tree(), subject.clean[number])
        refused += done.code != 0
        unnoticed += done.code == 0 and bool(wrong)
        if wrong:
            assert done.code or file.name.startswith("index.sqlite"), (seed, wrong)
            if file.is_dir() and not file.name.startswith("index"):
                # The error named it, and no build deletes what is not its own.
                shutil.rmtree(file)
            clean = portal.build("--clean", "--allow-removals", now=now)
            left = portal.tree().keys() - subject.clean[number].keys()
            assert (clean.code, bool(left)) == (0, "left alone" in clean.stderr), (seed, clean)
            assert portal.tree().items() >= subject.clean[number].items(), seed
    assert unnoticed + refused <= 2 + FLIPS // 10


SPOILED = {
    "a text that is not UTF-8": "UPDATE article SET permalink = CAST(x'2fff' AS TEXT)",
    "a stamp that is not UTF-8": "UPDATE source SET stamp = CAST(x'ff' AS TEXT)",
    "a path that is not UTF-8": "UPDATE output SET path = CAST(x'ff' AS TEXT) WHERE id = 1",
    "a card that is no JSON": "UPDATE article SET card = substr(card, 2)",
    "a question that there is not": "UPDATE query SET key = 'l' || key",
    "a kind that there is not": "UPDATE output SET kind = 'x', stale = 1 WHERE kind = 'article'",
    "an output of nothing": "UPDATE output SET params = '{}', stale = 1 WHERE kind = 'article'",
    "a time that is no number": "UPDATE meta SET value = 'soon' WHERE key = 'output time'",
    "a moment out of the calendar": "UPDATE article SET live_until = 1 << 60",
    "a digest that is a number": "UPDATE folder SET signature = 'x'; UPDATE input SET digest = 7",
}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("spoiled", SPOILED)
def test_a_value_that_makes_a_build_fail_makes_it_begin_anew(
    published: Portal, spoiled: str, jobs: str
) -> None:
    with closing(sqlite3.connect(published.root / STATE / "index.sqlite")) as connection:
        connection.executescript(SPOILED[spoiled])
    published.stories(
        story(1, "tags: [Iraq]\nslug: moved", body="Edited."), story(4, "tags: [Iran]")
    )
    published.remove("content/articles/3.md")

    done = published.build("--jobs", jobs)

    assert done.code == 0, done.stderr
    assert len(done.stderr.splitlines()) <= 1, done.stderr
    assert "error" not in done.stderr.replace("Error", "")
    assert not difference(published.tree(), published.clean_tree())
    published.built()


@pytest.mark.parametrize("name", ["lock", "written", "index.sqlite", "index.sqlite-wal"])
def test_a_folder_in_the_place_of_a_file_of_the_state_is_a_line(
    published: Portal, name: str
) -> None:
    before = published.tree()
    published.stories(story(4))
    file = published.root / STATE / name
    file.unlink(missing_ok=True)
    (file / "inside").mkdir(parents=True)

    done = published.build()

    assert done.code in (0, 2)
    [line] = done.stderr.splitlines()
    assert name in line
    assert published.tree() == (before if done.code else published.clean_tree())


def test_a_state_that_may_not_be_read_is_a_line(published: Portal) -> None:
    before = published.tree()
    published.stories(story(4))
    (published.root / STATE / "index.sqlite").chmod(0)

    done = published.process(trouble=("--no-override",))

    assert done.code == 2
    assert "the index can't be written or read: unable to open database file" in done.error
    assert published.tree() == before
