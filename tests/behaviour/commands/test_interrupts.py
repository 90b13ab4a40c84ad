"""Ctrl-C at any moment from the first line of the command to the last of the process.

What comes before, while Python itself starts and reads the entry script, is out of reach.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.portal import REPOSITORY, Portal, environment, story

MOMENTS = int(os.environ.get("BROADSHEET_INTERRUPTS", "16"))

# Python tells audit hooks of every import, file and statement that is executed
# (https://docs.python.org/3/library/audit_events.html): the interrupt comes at one of these, to all
# processes of the group as from a terminal. Without a moment it says how many there are.
_INTERRUPTED = """\
import atexit, os, signal, sys
from generator.cli import main

moment, only, seen, me = int(sys.argv[1]), sys.argv[2], 0, os.getpid()

def hook(name, arguments):
    global seen
    if os.getpid() == me and name.startswith(only):
        seen += 1
        if seen == moment:
            os.killpg(os.getpgid(me), signal.SIGINT)

if not moment:
    atexit.register(lambda: os.write(2, str(seen).encode()))
sys.addaudithook(hook)
main(sys.argv[3:])
"""
_ENDED = re.compile(r"interrupted: (nothing was published|the site was published)\n")


def interrupted(portal: Portal, moment: int, events: str, jobs: str) -> tuple[int, str]:
    """A build that is interrupted at an event: its exit code, and what it says of errors."""
    call = ("build", "--root", portal.root, "--now", "2024-02-01", "--jobs", jobs)
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, str(moment), events, *map(str, call)],
        cwd=REPOSITORY,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        start_new_session=True,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(("events", "jobs"), [("import", "1"), ("", "2")])
def test_an_interrupt_at_any_moment_is_a_line_and_all_or_nothing(
    published: Portal, tmp_path: Path, events: str, jobs: str
) -> None:
    before = published.tree()
    published.stories(story(1, "slug: moved", body="Edited."), story(4))
    published.remove("content/articles/3.md")
    after = published.clean_tree()
    begun = Path(shutil.copytree(published.root, tmp_path / "begun"))
    count = int(interrupted(published, 0, events, jobs)[1])
    assert count > 50
    for number in range(MOMENTS):
        shutil.rmtree(published.root)
        shutil.copytree(begun, published.root)
        moment = 1 + number * count // MOMENTS

        code, said = interrupted(published, moment, events, jobs)

        assert code in (0, 130), (moment, code, said)
        if code == 0:
            assert (said, published.tree() == after) == ("", True), moment
        else:
            found = _ENDED.fullmatch(said)
            assert found, (moment, said)
            published_all = found[1] == "the site was published"
            assert published.tree() == (after if published_all else before), moment
    published.built()
    assert published.tree() == after


@pytest.mark.parametrize("command", ["build", "check", "new", "explain"])
def test_a_command_is_interrupted_while_it_loads(published: Portal, command: str) -> None:
    words = {"new": ["A headline"], "explain": ["/"]}.get(command, [])
    call = [command, "--root", str(published.root), *words]
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, "40", "import", *call],
        cwd=REPOSITORY,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "interrupted: nothing was published\n"


def test_a_job_that_ignores_interrupts_goes_on(published: Portal) -> None:
    """As a shell starts one in the background."""
    published.stories(story(4))
    done = subprocess.run(
        published.command(trouble=("--at", "os.rename", ".output", "1", "interrupt")),
        cwd=REPOSITORY,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert published.tree() == published.clean_tree()
