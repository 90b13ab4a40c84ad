"""The page of all commands says what their help says."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from generator.commands.group import group
from tests.support.command_line import PAGE, page
from tests.support.portal import environment

COMMANDS = group.list_commands(click.Context(group))


def test_the_page_of_commands_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_says_what_a_command_says_of_itself(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", name, "--help"],
        env=environment(COLUMNS="200"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    section = (
        PAGE.read_text("utf-8").partition(f"\n## broadsheet {name}\n")[2].partition("\n## ")[0]
    )
    plain = section.replace("`", "").replace("\\|", "|")
    words = done.stdout.removeprefix("Usage:").replace("Options:", "").split()
    assert [word for word in words if word not in plain] == []
