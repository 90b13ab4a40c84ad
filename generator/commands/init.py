"""`broadsheet init`: a new portal, ready to build."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.console import echo, exit_on_error
from generator.commands.next_steps import call


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="DIR is relative to this folder.",
)
@click.option("--title", default="The New Courier", show_default=True, help="The portal's name.")
def command(folder: Path, root: Path, title: str) -> None:
    """Make a new portal in DIR, ready to build."""
    from generator.scaffold.portal import make_portal

    with exit_on_error():
        portal = root / folder
        make_portal(portal, title)
        echo(f"{portal} is ready, with a first story.")
        echo(f"See it with: {call('serve', portal)}")
        headline = '"A headline"'
        echo(f"Write a story with: {call(f'new {headline}', portal)}")
        echo(f"Build the site in {portal / 'output'} with: {call('build', portal)}")
