"""`broadsheet build`: brings the output up to date."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from generator.commands.console import ProgressBars, echo, echo_problems, exit_on_error
from generator.commands.left_out import left_out_line
from generator.commands.options import (
    content_options,
    now_of,
    output_folder,
    removals_option,
    root_option,
    site_of,
)
from generator.commands.report_file import refuse_report_file, write_report


@click.command()
@root_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the site goes; output/ in the portal if left out.",
)
@content_options
@click.option("--clean", is_flag=True, help="Forget what is kept between builds first.")
@click.option("--verify", is_flag=True, help="Compare every file in the output with the record.")
@click.option(
    "--adopt",
    is_flag=True,
    help="Replace files in the output that Broadsheet did not write, where the site needs their "
    "places.",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Publish what has no errors; articles with errors keep their last version.",
)
@removals_option
@click.option(
    "--record",
    is_flag=True,
    help="Add what is published to published.txt, whose URLs may not vanish.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what was done as JSON.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say of each file that was made why.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors and warnings.")
def command(
    root: Path,
    output: Path | None,
    now: datetime | None,
    drafts: bool,
    base_url: str | None,
    jobs: int | None,
    clean: bool,
    verify: bool,
    adopt: bool,
    keep_going: bool,
    allow_removals: bool,
    record: bool,
    report_file: Path | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Bring the output folder up to date."""
    from generator.pipeline.build import Build
    from generator.pipeline.options import BuildOptions
    from generator.pipeline.resources import default_jobs
    from generator.pipeline.state import state_name
    from generator.write.staging import staging_folder

    with exit_on_error():
        site = site_of(root, base_url)
        target = output_folder(root, output)
        if report_file:
            refuse_report_file(report_file, root, target)
        options = BuildOptions(
            root=root.resolve(),
            output=target,
            staging=staging_folder(target),
            now=now_of(now, site),
            drafts=drafts,
            jobs=jobs or default_jobs(),
            clean=clean,
            verify=verify,
            adopt=adopt,
            keep_going=keep_going,
            allow_removals=allow_removals,
            record=record,
            explain=verbose,
            state=state_name(root.resolve(), target),
        )
        _run(Build(site, options), report_file, verbose=verbose, quiet=quiet)


def _run(build: Any, report_file: Path | None, *, verbose: bool, quiet: bool) -> None:
    import time

    from generator.pipeline.resources import tune_gc

    tune_gc()
    start = time.perf_counter()
    bars = ProgressBars() if sys.stderr.isatty() and not quiet else nullcontext()
    try:
        with bars as progress:
            build.progress = progress or build.progress
            build.run()
    finally:
        report = build.report
        report.seconds["total"] = round(time.perf_counter() - start, 4)
        echo_problems(report.warnings)
        if report_file:
            write_report(report_file, report.as_json())
    if verbose:
        _echo_reasons(report)
    if not quiet:
        echo(_summary(report))
        if line := left_out_line(report.left_out, build.options.now):
            echo(line)


def _echo_reasons(report: Any) -> None:
    for path, reason in report.reasons:
        echo(f"{path}: {reason}")
    echo(f"{report.evaluated} queries re-evaluated")


def _summary(report: Any) -> str:
    outputs, sources = report.outputs, report.sources
    return (
        f"{sources.seen} sources, {sources.parsed} parsed; {outputs.total} files, "
        f"{outputs.written} written, {outputs.removed} removed, in {report.seconds['total']:.2f} s"
    )
