"""`broadsheet list`: what is in the archive, by what an editor looks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from generator.commands.console import echo_problems, exit_on_error
from generator.commands.moments import span_or_moment
from generator.commands.options import instant, now_of
from generator.commands.records import (
    Format,
    echo_records,
    echo_table,
    last_build_of,
    note,
    note_age,
    record_options,
)
from generator.model.article import Kind

F = TypeVar("F", bound=Callable[..., Any])


def _flag(name: str, help: str) -> Callable[[F], F]:
    return click.option(name, is_flag=True, help=help)


def _any_of(name: str, metavar: str, help: str) -> Callable[[F], F]:
    into = f"{name.removeprefix('--')}s"
    return click.option(name, into, multiple=True, metavar=metavar, help=help)


@click.command()
@record_options
@_flag("--drafts", "Drafts.")
@_flag("--scheduled", "Stories that are not live yet, the next first.")
@_flag("--live", "Stories that are live.")
@_flag("--expired", "Stories that have expired.")
@_flag("--corrected", "Stories with a correction.")
@_flag("--retracted", "Stories that were withdrawn.")
@_any_of("--section", "SLUG", "Stories of a section.")
@_any_of("--tag", "NAME", "Stories with a tag.")
@_any_of("--author", "NAME", "Stories by an author.")
@_any_of("--source", "NAME", "Stories from a source.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(get_args(Kind)), help="Stories of a kind."
)
@_any_of("--lang", "TAG", "Stories in a language, such as fa.")
@click.option(
    "--missing",
    multiple=True,
    type=click.Choice(["image", "alt", "standfirst"]),
    help="Stories without a lead picture, with a picture that has no alt, without a standfirst.",
)
@click.option(
    "--since",
    metavar="WHEN",
    callback=span_or_moment,
    help="Stories that went live since then, as in 36h, 7d, 2w or 2024-01-20. With --corrected, "
    "--retracted or --expired, those that were corrected, withdrawn or expired since then.",
)
@click.option(
    "--newest/--oldest",
    "newest",
    default=None,
    help="The order, by when stories went live. Newest first, but for --scheduled.",
)
@click.option("--now", metavar="ISO8601", callback=instant, help="Compare with this moment.")
def command(
    root: Path,
    output: Path | None,
    form: Format,
    limit: int | None,
    now: datetime | None,
    **asked: Any,
) -> None:
    """List the stories of the archive, as the last build read them.

    Every condition has to hold. Of the four states, and of several values of one option, any one.
    """
    from generator.commands.archive_filter import Asked, archive_filter, unknown_terms
    from generator.commands.archive_rows import KEYS, archive_record, archive_table

    with exit_on_error(), last_build_of(root, output) as build:
        options = Asked(**asked)
        moment = now_of(now, build.site)
        wanted = archive_filter(options, build.site, build.inspector, moment, limit)
        found = list(build.inspector.articles(wanted))
        if form == "table" and found:
            echo_table(*archive_table(found, options, build.site))
        elif form != "table":
            echo_records(form, KEYS, [archive_record(each, build.site) for each in found])
        if not found:
            echo_problems(unknown_terms(options, build.site, build.inspector))
            note("no story meets these conditions" if any(asked.values()) else "there is no story")
        note_age(build)
