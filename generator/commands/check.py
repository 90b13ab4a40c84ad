"""`broadsheet check`: reads, validates and renders everything, and writes nothing but fixes."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from generator.commands.console import ProgressBars, echo, echo_problems, exit_on_error
from generator.commands.options import content_options, now_of, root_option, site_of
from generator.model.site import MarkdownDialect

if TYPE_CHECKING:
    from generator.model.site import Site
    from generator.pipeline.build import Build
    from generator.pipeline.external_check import ExternalCheck
    from generator.pipeline.options import BuildOptions


@click.command()
@root_option
@content_options
@click.option("--links", is_flag=True, help="Follow every link inside the site.")
@click.option("--external", is_flag=True, help="Also ask other hosts whether links to them work.")
@click.option(
    "--external-seconds",
    type=click.IntRange(min=1),
    default=600,
    show_default=True,
    metavar="N",
    help="For how long other hosts are asked, in all.",
)
@click.option(
    "--external-skip", multiple=True, metavar="HOST", help="A host that is not asked; repeatable."
)
@click.option(
    "--external-days",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    metavar="N",
    help="For how long a link that worked is not asked for again.",
)
@click.option("--fix", is_flag=True, help="First change what Markdown misreads in the sources.")
@click.option(
    "--dialect",
    type=click.Choice(get_args(MarkdownDialect)),
    help="Only list the texts that would come out differently in this dialect of Markdown.",
)
def command(
    root: Path,
    now: datetime | None,
    drafts: bool,
    base_url: str | None,
    jobs: int | None,
    links: bool,
    external: bool,
    external_seconds: int,
    external_skip: tuple[str, ...],
    external_days: int,
    fix: bool,
    dialect: MarkdownDialect | None,
) -> None:
    """Read and validate everything, and write nothing but what --fix changes."""
    from tempfile import TemporaryDirectory

    from generator.pipeline.build import Build
    from generator.pipeline.options import BuildOptions
    from generator.pipeline.resources import default_jobs

    if dialect and (links or external or fix):
        others = "--links, --external and --fix"
        raise click.UsageError(f"--dialect only compares texts; leave out {others}")
    if dialect:
        with exit_on_error():
            _echo_differences(root.resolve(), site_of(root, base_url), dialect)
        return
    with exit_on_error(), TemporaryDirectory(prefix="broadsheet-check-") as scratch:
        site = site_of(root, base_url)
        if fix:
            _echo_fixes(root.resolve(), site)
        folder = Path(scratch)
        options = BuildOptions(
            root=root.resolve(),
            output=folder / "output",
            staging=folder / "staging",
            state_base=folder / "state",
            now=now_of(now, site),
            drafts=drafts,
            jobs=jobs or default_jobs(),
            misreadings=True,
        )
        build = Build(site, options)
        _run(build)
        if links or external:
            asking = _asking(root.resolve(), external_seconds, external_skip, external_days)
            _check_links(site, options, asking if external else None)
        seen, total = build.report.sources.seen, build.report.outputs.total
        echo(f"{seen} sources and {total} files: no errors")


def _echo_differences(root: Path, site: Site, dialect: MarkdownDialect) -> None:
    """Show what readers would see of the texts in a dialect, each as a diff."""
    from generator.pipeline.dialect_check import compare_dialects

    texts = different = 0
    for difference in compare_dialects(root, site, dialect):
        texts += 1
        if not difference.lines and not difference.problems:
            continue
        different += 1
        echo(difference.path)
        for line in difference.lines:
            echo(f"  {line}")
        echo_problems(difference.problems)
    echo(f"{different} of {texts} texts: different in {dialect}")


def _echo_fixes(root: Path, site: Site) -> None:
    """Change the sources, and name each that was changed."""
    from generator.pipeline.fixes import fix_sources

    for fixed in fix_sources(root, site):
        places = "1 place" if fixed.places == 1 else f"{fixed.places} places"
        echo(f"{fixed.path}: changed in {places}")


def _run(build: Build) -> None:
    from generator.pipeline.resources import tune_gc

    tune_gc()
    bars = ProgressBars() if sys.stderr.isatty() else nullcontext()
    try:
        with bars as progress:
            build.progress = progress or build.progress
            build.run()
    finally:
        echo_problems(build.report.warnings)


def _asking(root: Path, seconds: int, skip: tuple[str, ...], days: int) -> ExternalCheck:
    """Return how other hosts are asked."""
    from generator.pipeline.external_check import ExternalCheck
    from generator.pipeline.external_links import Manners

    manners = Manners(seconds=seconds, skip=frozenset(host.casefold() for host in skip))
    return ExternalCheck(root / ".broadsheet", manners, days)


def _check_links(site: Site, options: BuildOptions, external: ExternalCheck | None) -> None:
    """Report which links of a built site lead nowhere. Raises `ContentError` if any does."""
    from generator.config.links import written_links
    from generator.errors import ContentError
    from generator.pipeline.link_check import check_links, planned_owners

    owner = planned_owners(options.state_folder)
    settings = written_links(options.root)
    errors = sorted(check_links(options.output, site, owner, settings, external=external))
    echo_problems(error for error in errors if error.severity == "warning")
    if errors := [error for error in errors if error.severity == "error"]:
        raise ContentError(*errors)
