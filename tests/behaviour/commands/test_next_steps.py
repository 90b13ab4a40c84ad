"""What `init` and `new` say to do next, done word by word, leads to the story on the screen."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.portal import NOW, Portal, environment, run
from tests.support.serving import Serving

PROGRAM = Path(sys.executable).with_name("broadsheet")


@pytest.fixture(autouse=True)
def _called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands name the program as it was called, which in this process is a test runner."""
    monkeypatch.setattr(sys, "argv", ["broadsheet"])


def called(*words: str | Path, cwd: Path) -> list[str]:
    """The lines that a command of a process of its own prints."""
    done = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def command(lines: list[str], beginning: str) -> list[str]:
    """The words of the command at the end of the line that begins like this."""
    [line] = [line for line in lines if line.startswith(beginning)]
    return shlex.split(line.rpartition(": ")[2])


@contextmanager
def served(words: list[str], cwd: Path) -> Iterator[Serving]:
    process = subprocess.Popen(
        words,
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    server = Serving(process)
    try:
        yield server
    finally:
        code = server.end()
    assert code == 0


@pytest.mark.browser
def test_each_printed_command_leads_on_until_the_story_is_published(
    tmp_path: Path, tab: Page
) -> None:
    ready = called(PROGRAM, "init", "my courier", cwd=tmp_path)
    portal = Portal(tmp_path / "my courier")
    with served(command(ready, "See it"), tmp_path) as server:
        server.built()
        tab.goto(f"{server.url}/")
        tab.get_by_role("link", name="Our portal is open").first.click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Our portal is open")
        # The next server may get the same port, and would reload the page.
        tab.goto("about:blank")

    path, see, publish = called(*command(ready, "Write a story"), cwd=tmp_path)
    found = re.search(r" at (/\S+/) with: ", see)
    assert found
    with served(shlex.split(see.partition(" with: ")[2]), tmp_path) as server:
        server.built()
        tab.goto(server.url + found[1])
        expect(tab.get_by_role("heading", level=1)).to_contain_text("A headline")

    deleted = re.search(r"delete '(.+)' \(line (\d+)\)", publish)
    assert deleted
    file = tmp_path / path
    lines = file.read_text("utf-8").splitlines(keepends=True)
    assert lines.pop(int(deleted[2]) - 1).strip() == deleted[1]
    file.write_text("".join(lines), "utf-8")
    called(*command([publish], "To publish it"), cwd=tmp_path)
    assert "A headline" in portal.text("index.html")
    assert portal.page(found[1]).texts(".//h1") == ["A headline"]


def steps(portal: Portal, *words: str) -> list[str]:
    done = run("new", "A headline", "--root", portal.root, "--now", NOW, *words)
    assert done.code == 0
    return done.stdout.splitlines()[1:]


def test_a_story_that_is_no_draft_is_seen_and_published_as_it_is(published: Portal) -> None:
    assert steps(published, "--publish") == [
        "See it at /world/4/a-headline/ with: broadsheet serve --root " + str(published.root),
        f"To publish it: broadsheet build --root {published.root}",
    ]


def test_a_story_of_later_is_shown_as_at_its_time(published: Portal) -> None:
    see, publish = steps(published, "--date", "2024-03-01")
    assert see == (
        "It is a draft; see it at /world/4/a-headline/ with: broadsheet serve --drafts "
        f"--now 2024-03-01T00:00:00+00:00 --root {published.root}"
    )
    assert "then, from 2024-03-01 on: broadsheet build" in publish
    found = re.search(r"--now (\S+)", see)
    assert found
    assert "world/4/a-headline/index.html" not in _tree(published)
    assert "world/4/a-headline/index.html" in _tree(published, "--drafts", now=found[1])


def _tree(portal: Portal, *options: str, now: str = NOW) -> dict[str, bytes]:
    portal.built(*options, now=now)
    return portal.tree()


def test_an_archetype_that_leaves_something_to_fill_in_has_no_address_yet(
    published: Portal,
) -> None:
    own = "---\nnews_id: {{ news_id }}\ntitle: '{{ title }}'\ndate: {{ date }}\nsection: ?\n---\n"
    published.write({"templates/archetypes/own.md": own})
    see, _ = steps(published, "--archetype", "own")
    assert see == f"See it with: broadsheet serve --root {published.root}"


def test_a_portal_in_the_current_folder_needs_no_root(
    published: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(published.root)
    done = run("new", "A headline", "--now", NOW)
    path, see, publish = done.stdout.splitlines()
    assert path == "content/articles/2024/02/01/4-a-headline.md"
    assert see.endswith(" with: broadsheet serve --drafts")
    assert publish.endswith(", then: broadsheet build")


def test_the_printed_program_is_the_one_that_was_called(tmp_path: Path) -> None:
    module = called(sys.executable, "-m", "generator", "init", tmp_path / "a", cwd=tmp_path)
    assert command(module, "See it")[:3] == [sys.executable, "-m", "generator"]
    script = called(PROGRAM, "init", tmp_path / "b", cwd=tmp_path)
    assert Path(command(script, "See it")[0]).name == "broadsheet"


def test_the_first_story_is_live_wherever_the_portal_is_made(tmp_path: Path) -> None:
    """East of Greenwich it may be tomorrow already, by which a story of today would wait."""
    for zone in ("Etc/GMT-14", "Etc/GMT+12"):
        root = tmp_path / zone.replace("/", "-")
        lines = subprocess.run(
            [PROGRAM, "init", root], env=environment(TZ=zone), capture_output=True, check=False
        )
        assert lines.returncode == 0
        assert run("build", "--root", root, "--jobs", "1").code == 0
        assert "Our portal is open" in Portal(root).text("index.html")
