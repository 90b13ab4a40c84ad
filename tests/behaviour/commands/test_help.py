"""`--help` and `--version` have the form from which help2man makes a man page.

https://www.gnu.org/software/help2man/#g_t_002d_002dhelp-Recommendations
"""

from __future__ import annotations

import re

import click
import pytest

from generator import __version__
from generator.commands.group import group
from tests.support.portal import run

COMMANDS = group.list_commands(click.Context(group))
CALLS = [(), *((name,) for name in COMMANDS)]


def test_the_version_is_the_last_word_of_the_first_line() -> None:
    done = run("--version")
    assert (done.code, done.stdout, done.stderr) == (0, f"broadsheet {__version__}\n", "")


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_help_is_usage_then_what_it_does_then_sections(words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == run(*words, "-h").stdout
    usage, _, rest = done.stdout.partition("\n\n")
    assert usage.startswith(f"Usage: {' '.join(['broadsheet', *words])} ")
    description, _, sections = rest.partition("\n\nOptions:\n")
    assert re.fullmatch(r"  [A-Z].*[.)]", description.strip("\n"), flags=re.DOTALL)
    for line in sections.splitlines():
        assert re.match(r"$|Commands:$|  -|  [a-z]| {4,}\S", line), line


def test_help_lists_every_command_with_what_it_does() -> None:
    listed = run("--help").stdout.partition("Commands:\n")[2]
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS
    assert all(re.fullmatch(r"  \w+  +[A-Z].*[.…]", line) for line in listed.splitlines())
