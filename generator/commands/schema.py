"""`broadsheet schema`: JSON Schemas of front matter and site.toml, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.console import echo, exit_on_error
from generator.commands.options import root_option, site_of

if TYPE_CHECKING:
    from generator.scaffold.schemas.files import SchemaName


@click.command()
@root_option
@click.option(
    "--write",
    is_flag=True,
    help="Write all schemas into .vscode/ of the portal, where editors find them.",
)
@click.argument(
    "name",
    type=click.Choice(("article", "page", "author", "site")),
    default="article",
    metavar="[article|page|author|site]",
)
def command(root: Path, write: bool, name: SchemaName) -> None:
    """Print a JSON Schema for editors.

    It is that of an article's front matter if none is named, and has the portal's sections, and the
    tags, authors, sources, series and News IDs that the last build knows.
    """
    from generator.scaffold.schemas.files import schema_of, schema_text, write_editor_files
    from generator.scaffold.schemas.names import known_names
    from generator.scaffold.vocabulary import vocabulary_of

    with exit_on_error():
        site = site_of(root, None)
        known = known_names(site, vocabulary_of(root))
        if write:
            for path in write_editor_files(root, site, known):
                echo(path)
        else:
            click.echo(schema_text(schema_of(name, site, known)), nl=False)
