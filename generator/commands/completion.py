"""`broadsheet completion`: the script that lets a shell complete commands, options and names."""

from __future__ import annotations

import click

_VARIABLE = "_BROADSHEET_COMPLETE"
# Click hands names to bash as they are, and bash would take a blank for the end of a word.
_AS_IT_IS = "COMPREPLY+=($value)"
_AS_ONE_WORD = """\
if [[ "${COMP_WORDS[COMP_CWORD]}" == [\\"\\']* ]]; then
                COMPREPLY+=("$value")
            else
                COMPREPLY+=("$(printf '%q' "$value")")
            fi"""


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def command(shell: str) -> None:
    """Print the script for completion in a shell.

    With it the tab key completes commands, options, and names that the portal uses. For bash, write
    eval "$(broadsheet completion bash)" in ~/.bashrc.
    """
    from click.shell_completion import get_completion_class

    from generator.commands.group import group

    completion = get_completion_class(shell)
    assert completion is not None
    script = completion(group, {}, "broadsheet", _VARIABLE).source()
    click.echo(script.replace(_AS_IT_IS, _AS_ONE_WORD))
