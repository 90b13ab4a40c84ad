"""`python -m tests.support.command_line` writes the page of all commands from their own help."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from generator.commands.group import group
from tests.support.portal import REPOSITORY

PAGE = REPOSITORY / "docs/command-line.md"
_ANY_LENGTH = 10_000
_INTRODUCTION = """\
# Command line

<!-- made from the commands' own help by make docs -->

Every command takes `--help`, which says what this page says. `python -m generator` is the same as
`broadsheet`. The [exit codes](publishing.md#the-report) of all commands are those of `build`.
"""


def page() -> str:
    """The whole page."""
    context = group.make_context("broadsheet", [], resilient_parsing=True)
    return "\n".join([_INTRODUCTION, *_command(group, context)])


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    """What is said of a command, and then of its own commands."""
    yield f"## {context.command_path}\n"
    yield f"`{_usage(command, context)}`\n"
    yield _prose(command.help or "")
    yield from _table("option", _options(command, context))
    if isinstance(command, click.Group):
        inner = list(_inner(command, context))
        yield from _table("command", [_line(each, own) for each, own in inner])
        for each, own in inner:
            yield from _command(each, own)


def _inner(
    command: click.Group, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    """The commands of a command that are not hidden."""
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found and not found.hidden:
            yield found, click.Context(found, info_name=name, parent=context)


def _line(command: click.Command, context: click.Context) -> tuple[str, str]:
    anchor = context.command_path.replace(" ", "-")
    return f"[`{context.info_name}`](#{anchor})", command.get_short_help_str(_ANY_LENGTH)


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _prose(help_text: str) -> str:
    """The paragraphs of a help text, each on one line; what follows a form feed is not shown."""
    shown = inspect.cleandoc(help_text).partition("\f")[0].replace("\b\n", "")
    return "\n\n".join(" ".join(part.split()) for part in shown.split("\n\n")) + "\n"


def _options(command: click.Command, context: click.Context) -> list[tuple[str, str]]:
    """The names and the help of each option that is not hidden."""
    options = (each for each in command.get_params(context) if isinstance(each, click.Option))
    records = (option.get_help_record(context) for option in options)
    return [(f"`{_cell(record[0])}`", _cell(record[1])) for record in records if record]


def _table(head: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        lines = [f"| {head} | |", "|---|---|", *(f"| {one} | {other} |" for one, other in rows)]
        yield "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """A text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
