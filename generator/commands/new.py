"""`broadsheet new`: an article from an archetype, with the next free News ID."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from generator.commands.console import echo, exit_on_error
from generator.commands.options import instant, now_of, root_option, site_of


@click.command()
@root_option
@click.argument("title")
@click.option(
    "--archetype",
    default="article",
    show_default=True,
    metavar="NAME",
    help="A template in templates/archetypes/.",
)
@click.option("--section", metavar="SLUG", help="The first section if left out.")
@click.option("--now", hidden=True, callback=instant)
def command(
    root: Path, title: str, archetype: str, section: str | None, now: datetime | None
) -> None:
    """Make an article with the next free News ID, and print its path."""
    from generator.scaffold.archetypes import new_article

    with exit_on_error():
        site = site_of(root, None)
        moment = now_of(now, site).astimezone(site.zone)
        path = new_article(root, site, title, moment, archetype=archetype, section=section)
        echo(str(path))
