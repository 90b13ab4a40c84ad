"""What `list` and `next` have in common: the last build that they read, and how they print."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from generator.commands.console import echo
from generator.commands.options import output_folder, root_option, site_of

if TYPE_CHECKING:
    from generator.commands.formats.columns import Column
    from generator.index.inspect import Inspector
    from generator.model.site import Site

F = TypeVar("F", bound=Callable[..., Any])
Format = Literal["table", "json", "csv"]
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The index of the last build, with the portal's settings as they are now."""

    root: Path
    state: Path
    site: Site
    inspector: Inspector


def record_options(command: F) -> F:
    """Add the options that say which portal is asked about, and in which form it answers."""
    for option in (
        root_option,
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="The folder of the site; output/ in the portal if left out.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(["table", "json", "csv"]),
            default="table",
            show_default=True,
            help="A table to read, or what programs read.",
        ),
        click.option(
            "--limit", type=click.IntRange(min=1), metavar="N", help="At most so many lines."
        ),
    ):
        command = option(command)
    return command


@contextmanager
def last_build_of(root: Path, output: Path | None) -> Iterator[LastBuild]:
    """Yield the last build of a portal. Raises `ConfigError` if there is none."""
    from generator.pipeline.explain import last_build
    from generator.pipeline.state import state_name

    site, portal = site_of(root, None), root.resolve()
    state = portal / ".broadsheet" / state_name(portal, output_folder(root, output))
    with last_build(state) as inspector:
        yield LastBuild(portal, state, site, inspector)


def echo_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, as wide as the terminal if there is one."""
    from generator.commands.formats.columns import table_lines

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    colour = terminal and not os.environ.get("NO_COLOR")
    echo("\n".join(table_lines(columns, rows, width=width, colour=colour)))


def echo_records(form: Format, keys: Sequence[str], records: Sequence[Record]) -> None:
    """Print records in the form of a program."""
    from generator.commands.formats.records import as_csv, as_json

    echo(as_json(records) if form == "json" else as_csv(keys, records))


def note(text: str) -> None:
    """A line on standard error, which is not part of the answer."""
    click.echo(text, err=True)


def note_age(build: LastBuild) -> None:
    """Say so if content/ changed since the last build, or may have."""
    from generator.commands.moments import clock
    from generator.pipeline.freshness import built_at, content_changed

    built = clock(built_at(build.state).astimezone(build.site.zone).replace(second=0))
    changed = content_changed(build.root, build.inspector)
    if changed:
        note(f"content/ changed since the last build, at {built}: build to see it here")
    elif changed is None:
        note(f"as of the last build, at {built}")
