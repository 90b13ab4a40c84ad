"""What was probably meant by a command, an option or a choice that does not exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import click

from generator.errors import did_you_mean

# Commands have so few letters that one wrong letter is half of them.
_LIKE_A_COMMAND = 0.5
_FIRST_QUOTED = re.compile(r"'([^']*)' ")


def unknown_command(name: str, known: Collection[str], context: click.Context) -> click.UsageError:
    """Return the error for a command that does not exist."""
    near = did_you_mean(name, known, like=_LIKE_A_COMMAND)
    hint = near or f"choose from {', '.join(known)}"
    return click.UsageError(f"there is no command '{name}' ({hint})", context)


def with_nearest(error: click.UsageError) -> click.UsageError:
    """Return wrong usage with what was probably meant; other errors are returned as they are."""
    if isinstance(error, click.NoSuchOption):
        return _unknown_option(error)
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        kind = error.param.type if error.param else None
        found = _FIRST_QUOTED.match(error.message)
        if isinstance(kind, click.Choice) and found:
            choices = [str(choice) for choice in kind.choices]
            if near := did_you_mean(found[1], choices):
                message = f"{error.message.rstrip('.')} ({near})"
                return click.BadParameter(message, error.ctx, error.param, error.param_hint)
    return error


def _unknown_option(error: click.NoSuchOption) -> click.UsageError:
    context = error.ctx
    names = _options_of(context) if context else []
    near = did_you_mean(error.option_name, names)
    if not near and context and isinstance(context.command, click.Group):
        near = "options are written after the command"
    message = f"there is no option '{error.option_name}'"
    return click.UsageError(f"{message} ({near})" if near else message, context)


def _options_of(context: click.Context) -> list[str]:
    return list(_names(context.command.get_params(context)))


def _names(parameters: Iterable[click.Parameter]) -> Iterable[str]:
    for parameter in parameters:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield from parameter.opts
            yield from parameter.secondary_opts
