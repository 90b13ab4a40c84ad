"""`broadsheet check`: reads, validates and renders everything, and writes nothing but fixes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from generator.commands.console import ProgressBars, echo, echo_problems, exit_on_error
from generator.commands.formats.problems import PROBLEM_FORMATS, ProblemFormat, format_problems
from generator.commands.left_out import counted, left_out_line
from generator.commands.options import content_options, now_of, root_option, site_of
from generator.errors import BroadsheetError, ConfigError, Problem
from generator.model.site import MarkdownDialect

if TYPE_CHECKING:
    from generator.model.site import Site
    from generator.pipeline.check import CheckOptions, Findings
    from generator.pipeline.external_check import ExternalCheck

_MOST_OF_ONE_RULE = 50


@click.command()
@root_option
@content_options
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
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
@click.option("--fix", is_flag=True, help="Change in the sources what can be changed safely.")
@click.option(
    "--format",
    "form",
    type=click.Choice(PROBLEM_FORMATS),
    default="text",
    show_default=True,
    help="What problems are written as: for people, or for programs on standard output.",
)
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
    files: tuple[Path, ...],
    links: bool,
    external: bool,
    external_seconds: int,
    external_skip: tuple[str, ...],
    external_days: int,
    fix: bool,
    form: ProblemFormat,
    dialect: MarkdownDialect | None,
) -> None:
    """Read and validate everything, and write nothing but what --fix changes.

    With FILEs, check these sources alone, and how they fit the rest of the portal.
    """
    whole = links or external or fix
    if dialect and (whole or files or form != "text"):
        others = "FILEs, --links, --external, --fix and --format"
        raise click.UsageError(f"--dialect only compares texts; leave out {others}")
    if files and whole:
        raise click.UsageError("--links, --external and --fix are for the whole portal, not FILEs")
    with exit_on_error():
        if dialect:
            _echo_differences(root.resolve(), site_of(root, base_url), dialect)
            return
        try:
            from generator.pipeline.check import CheckOptions
            from generator.pipeline.resources import default_jobs

            site, place = site_of(root, base_url), root.resolve()
            asking = _asking(place, external_seconds, external_skip, external_days)
            options = CheckOptions(
                root=place,
                now=now_of(now, site),
                drafts=drafts,
                jobs=jobs or default_jobs(),
                links=links,
                external=asking if external else None,
                fix=fix,
            )
            findings, lines = _checked(site, options, files)
        except BroadsheetError as error:
            _echo_problems(list(error.problems), form)
            raise SystemExit(error.exit_code) from error
        _echo_problems(findings.problems, form)
        for line in filter(None, lines if form == "text" else ()):
            echo(line)
    if findings.exit_code:
        raise SystemExit(findings.exit_code)


def _asking(root: Path, seconds: int, skip: tuple[str, ...], days: int) -> ExternalCheck:
    """Return how other hosts are asked."""
    from generator.pipeline.external_check import ExternalCheck
    from generator.pipeline.external_links import Manners

    manners = Manners(seconds=seconds, skip=frozenset(host.casefold() for host in skip))
    return ExternalCheck(root / ".broadsheet", manners, days)


def _checked(
    site: Site, options: CheckOptions, files: Iterable[Path]
) -> tuple[Findings, list[str]]:
    """Check files, or else everything; return what was found, and lines for people about it."""
    from generator.pipeline.check import check_portal, check_sources
    from generator.pipeline.resources import tune_gc

    tune_gc()
    if files:
        paths = _source_paths(options.root, files)
        findings = check_sources(site, options, paths)
        return findings, [f"{counted(len(paths), 'file')}: {_found(findings)}"]
    with ProgressBars() if sys.stderr.isatty() else nullcontext() as bars:
        findings = check_portal(site, options, bars)
    report = findings.report
    files_and_sources = f"{report.sources.seen} sources and {report.outputs.total} files"
    return findings, [
        *(f"{each.path}: changed in {counted(each.places, 'place')}" for each in findings.fixed),
        left_out_line(report.left_out, options.now),
        f"{files_and_sources}: {_found(findings)}",
    ]


def _source_paths(root: Path, files: Iterable[Path]) -> set[str]:
    """Return files by their paths in the portal. Raises `ConfigError` for those that are none."""
    errors, paths = [], set()
    for file in files:
        found = [each.resolve() for each in (file, root / file) if each.is_file()]
        inside = next((each for each in found if root / "content" in each.parents), None)
        if inside:
            paths.add(inside.relative_to(root).as_posix())
        elif found:
            hint = "name files in content/, or none to check everything"
            errors.append(Problem(str(file), 0, 0, "is no source of the portal", hint))
        else:
            errors.append(Problem(str(file), 0, 0, "there is no such file"))
    if errors:
        raise ConfigError(*errors)
    return paths


def _found(findings: Findings) -> str:
    errors, warnings = len(findings.found.errors), len(findings.found.warnings)
    ending = f", {counted(warnings, 'warning')}" if warnings else ""
    return f"{counted(errors, 'error') if errors else 'no errors'}{ending}"


def _echo_problems(problems: list[Problem], form: ProblemFormat) -> None:
    """Write problems as one document, or for people, on standard error, what they can read."""
    if form == "text":
        echo_problems(_shortened(problems))
    elif text := format_problems(problems, form):
        echo(text)


def _shortened(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, of each rule the first ones, and how many more of them there are."""
    met: Counter[str] = Counter()
    for problem in problems:
        met[problem.code] += 1
        if not problem.code or met[problem.code] <= _MOST_OF_ONE_RULE:
            yield problem
    for code, count in met.items():
        if code and (more := count - _MOST_OF_ONE_RULE) > 0:
            hint = f"'--format json' lists all; {code} under [check] in site.toml sets its level"
            message = f"{more:,} more problems of this rule"
            yield Problem("content", 0, 0, message, hint, "warning", code)


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
