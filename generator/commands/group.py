"""The commands by name, each imported when it is called."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from generator import __version__

_COMMANDS = (
    "build",
    "check",
    "completion",
    "explain",
    "init",
    "list",
    "new",
    "next",
    "renumber",
    "schema",
    "serve",
)


class _LazyGroup(click.Group):
    """Imports a command's module when it is needed, so that every command starts fast."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command = import_module(f"generator.commands.{name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = arguments[0]
        if name in _COMMANDS or name.startswith("-"):
            return super().resolve_command(context, arguments)
        from generator.commands.nearest import unknown_command

        raise unknown_command(name, _COMMANDS, context)

    def make_context(self, *arguments: Any, **extra: Any) -> click.Context:
        with _naming_the_nearest():
            return super().make_context(*arguments, **extra)

    def invoke(self, context: click.Context) -> Any:
        with _naming_the_nearest():
            return super().invoke(context)


@contextmanager
def _naming_the_nearest() -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        from generator.commands.nearest import with_nearest

        better = with_nearest(error)
        if better is error:
            raise
        raise better from error


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet", message="%(prog)s %(version)s")
def group() -> None:
    """Broadsheet makes news portals: Markdown in, a site for any static host out."""
    encoding = sys.getfilesystemencoding()
    if encoding != "utf-8":
        raise click.UsageError(
            f"the names of files are read as {encoding} here, and a portal's are UTF-8 "
            "(set the environment variable PYTHONUTF8=1, or a locale such as C.UTF-8)"
        )
