"""Shells complete commands, options and the names that a portal uses."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.portal import Portal, environment, run

PROGRAM = Path(sys.executable).with_name("broadsheet")
# What bash does at a tab: it calls the function that `complete` registered, which sets COMPREPLY.
_AT_A_TAB = """\
eval "$(broadsheet completion bash)"
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_broadsheet_completion broadsheet
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(portal: Portal, *words: str) -> list[str]:
    """What bash offers for the last of the words."""
    script = _AT_A_TAB.format(words=shlex.join(["broadsheet", *words]))
    path = f"{PROGRAM.parent}:{environment().get('PATH', '')}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=portal.root,
        env=environment(PATH=path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["re"], ["renumber"]),
        (["new", "--sec"], ["--section"]),
        (["new", "--section", ""], ["world", "culture"]),
        (["new", "--section", "c"], ["culture"]),
        (["new", "--kind", "o"], ["opinion"]),
        (["new", "--tag", "i"], ["Iran"]),
        (["new", "--tag", "Iran", "--tag", "P"], ["Pakistan"]),
        (["new", "--author", "Lei"], [r"Leila\ Karimi"]),
        (["new", "--author", r"Leila\ K"], [r"Leila\ Karimi"]),
        (["new", "--author", '"Leila K'], ["Leila Karimi"]),
        (["new", "--archetype", ""], ["article", "correction", "live", "opinion"]),
        (["schema", "a"], ["article", "author"]),
    ],
)
def test_bash_completes_what_the_portal_has(
    published: Portal, words: list[str], expected: list[str]
) -> None:
    assert completed(published, *words) == expected


def test_names_are_those_of_the_portal_that_root_names(published: Portal, portal: Portal) -> None:
    words = ["new", "--root", str(published.root), "--tag", "i"]
    assert completed(portal, *words) == ["Iran"]


@pytest.mark.parametrize("broken", ["site.toml", ".broadsheet/build/index.sqlite"])
def test_a_portal_with_errors_completes_what_it_can(published: Portal, broken: str) -> None:
    published.write({broken: "This is nothing ]["})
    assert completed(published, "new", "--kind", "opin") == ["opinion"]
    known = completed(published, "new", "--section", "c"), completed(published, "new", "--tag", "i")
    assert known == (([], ["Iran"]) if broken == "site.toml" else (["culture"], []))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(shell: str) -> None:
    done = run("completion", shell)
    assert (done.code, done.stderr) == (0, "")
    assert f"_BROADSHEET_COMPLETE={shell}_complete" in done.stdout


def test_another_shell_is_wrong_usage() -> None:
    done = run("completion", "tcsh")
    assert done.code == 2
    assert "'bash', 'zsh', 'fish'" in done.stderr
