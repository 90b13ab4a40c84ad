"""`broadsheet renumber`: gives articles that are not published yet other News IDs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.console import echo, echo_problems, exit_on_error
from generator.commands.options import root_option, site_of
from generator.errors import ConfigError, Problem

if TYPE_CHECKING:
    from generator.scaffold.renumbering import Renumbered


@click.command()
@root_option
@click.option("--force", is_flag=True, help="Also renumber a story that was published.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
def command(root: Path, force: bool, files: tuple[Path, ...]) -> None:
    """Give articles the next free News IDs.

    Use it, before it is published, for one of two stories that were written at the same time and
    have one News ID. A FILE whose name begins with its News ID is renamed.
    """
    from generator.scaffold.renumbering import renumber

    with exit_on_error():
        site = site_of(root, None)
        for path in [_in_portal(root, file) for file in files]:
            done = renumber(root.resolve(), site, path, force=force)
            echo(f"{done.path}: News ID {done.old} is now {done.new}")
            if done.new_path != done.path:
                echo(f"{done.path}: now {done.new_path}")
            echo_problems(_doubts(done))


def _in_portal(root: Path, file: Path) -> str:
    """Return the path in the portal of an article's file. Raises `ConfigError`."""
    from generator.model.paths import ARTICLES

    portal = root.resolve()
    for place in (file.absolute(), portal / file, file.resolve()):
        if place.is_file() and portal / ARTICLES in place.parents and place.suffix == ".md":
            return place.relative_to(portal).as_posix()
    hint = f"name a file below {ARTICLES}/"
    raise ConfigError(Problem(str(file), 0, 0, "is no article of the portal", hint))


def _doubts(done: Renumbered) -> Iterator[Problem]:
    """Yield a warning for each place that may mean the story."""
    if done.others:
        meant = f"which may mean {done.others[0]} or the renumbered story"
    else:
        meant = "which no article has any more"
    for each in done.mentions:
        path = done.new_path if each.path == done.path else each.path
        if not each.by_path:
            message = f"names the News ID {done.old}, {meant}"
            hint = f"write {done.new} if it means {done.new_path}"
        elif done.new_path != done.path:
            message, hint = f"leads to {done.path}, which is renamed", f"write {done.new_path}"
        else:
            continue
        yield Problem(path, each.line, each.column, message, hint, "warning")
