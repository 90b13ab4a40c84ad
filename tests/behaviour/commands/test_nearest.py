"""A misspelt command, option or choice is answered with the one that was probably meant."""

from __future__ import annotations

import click
import pytest

from generator.commands.group import group
from tests.support.portal import run

CONTEXT = click.Context(group)
COMMANDS = {name: group.get_command(CONTEXT, name) for name in group.list_commands(CONTEXT)}
OPTIONS = [
    (name, option)
    for name, command in COMMANDS.items()
    for parameter in (command.params if command else ())
    if isinstance(parameter, click.Option) and not parameter.hidden
    for option in parameter.opts
    if option.startswith("--")
]
CHOICES = [
    (name, parameter.opts[0], str(choice))
    for name, command in COMMANDS.items()
    for parameter in (command.params if command else ())
    if isinstance(parameter, click.Option) and isinstance(parameter.type, click.Choice)
    for choice in parameter.type.choices
]


def misspelt(name: str) -> str:
    """A name without the letter before its last one."""
    return name[:-2] + name[-1:]


def error(*arguments: str) -> str:
    """The last line of what a wrong call says."""
    done = run(*arguments)
    assert (done.code, done.stdout) == (2, "")
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_misspelt_command_is_answered_with_the_nearest(name: str) -> None:
    wrong = misspelt(name)
    assert error(wrong) == f"Error: there is no command '{wrong}' (did you mean '{name}'?)"


def test_bild_is_build() -> None:
    assert error("bild", "--drafts").endswith("there is no command 'bild' (did you mean 'build'?)")


def test_a_command_that_is_like_no_other_is_answered_with_all_of_them() -> None:
    assert error("xyzzy") == (
        f"Error: there is no command 'xyzzy' (choose from {', '.join(COMMANDS)})"
    )


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_a_misspelt_option_is_answered_with_the_nearest(command: str, option: str) -> None:
    wrong = misspelt(option)
    expected = f"Error: there is no option '{wrong}' (did you mean '{option}'?)"
    assert error(command, wrong) == expected
    assert error(command, f"{wrong}=x") == expected


def test_an_option_before_its_command_is_told_where_to_stand() -> None:
    assert error("--drafts", "build") == (
        "Error: there is no option '--drafts' (options are written after the command)"
    )


def test_an_option_of_broadsheet_itself_has_a_nearest_too() -> None:
    assert error("--verison").endswith("(did you mean '--version'?)")


@pytest.mark.parametrize(("command", "option", "choice"), CHOICES)
def test_a_misspelt_choice_is_answered_with_the_nearest(
    command: str, option: str, choice: str
) -> None:
    assert error(command, option, misspelt(choice)).endswith(f"(did you mean '{choice}'?)")
