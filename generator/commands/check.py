"""`broadsheet check`: reads, validates and renders everything, and writes nothing but fixes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

import click

from generator.commands.console import ProgressBars, echo, echo_problems, exit_on_error
from generator.commands.left_out import counted, left_out_line
from generator.commands.options import content_options, now_of, root_option, site_of
from generator.commands.problem_formats import PROBLEM_FORMATS, ProblemFormat, format_problems
from generator.errors import BroadsheetError, ConfigError, Problem
from generator.model.site import MarkdownDialect

if TYPE_CHECKING:
    from generator.model.site import Site
    from generator.pipeline.check import Findings
    from generator.pipeline.options import BuildOptions

_MOST_OF_ONE_RULE = 50


@click.command()
@root_option
@content_options
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--links", is_flag=True, help="Follow every link inside the site.")
@click.option("--external", is_flag=True, help="Also ask other hosts whether links to them work.")
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
            site = site_of(root, base_url)
            check = _Check(root.resolve(), site, now_of(now, site), drafts, jobs)
            outcome = check.of_files(files) if files else check.of_portal(links, external, fix)
        except BroadsheetError as error:
            outcome = _Outcome(list(error.problems), exit_code=error.exit_code)
        _echo_outcome(outcome, form)
    if outcome.exit_code:
        raise SystemExit(outcome.exit_code)


@dataclass(slots=True)
class _Outcome:
    """What a check ends with: problems, further lines for people, and the exit code."""

    problems: list[Problem]
    lines: list[str] = field(default_factory=list)
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class _Check:
    """A check of one portal, whose build goes to a temporary folder."""

    root: Path
    site: Site
    now: datetime
    drafts: bool
    jobs: int | None

    def of_portal(self, links: bool, external: bool, fix: bool) -> _Outcome:
        """Check everything, with links if there are no other errors."""
        from generator.pipeline.check import PortalCheck
        from generator.pipeline.resources import tune_gc

        tune_gc()
        with TemporaryDirectory(prefix="broadsheet-check-") as scratch:
            options = self._options(Path(scratch))
            with ProgressBars() if sys.stderr.isatty() else nullcontext() as bars:
                findings = PortalCheck(self.site, options, bars).run(fix=fix)
            if (links or external) and not findings.exit_code:
                findings.add(_link_problems(self.site, options, external=external))
        lines = [
            f"{each.path}: changed in {counted(each.places, 'place')}" for each in findings.fixed
        ]
        lines.append(left_out_line(findings.report.left_out, self.now))
        return _Outcome(findings.problems, [*lines, _summary(findings)], findings.exit_code)

    def of_files(self, files: Iterable[Path]) -> _Outcome:
        """Check some sources. Raises `ConfigError` for files that are none."""
        from generator.pipeline.check import Findings
        from generator.pipeline.file_check import check_files

        paths = _source_paths(self.root, files)
        with TemporaryDirectory(prefix="broadsheet-check-") as scratch:
            findings = Findings()
            findings.add(check_files(self.site, self._options(Path(scratch)), paths))
        total = counted(len(paths), "file")
        return _Outcome(findings.problems, [f"{total}: {_found(findings)}"], findings.exit_code)

    def _options(self, scratch: Path) -> BuildOptions:
        from generator.pipeline.options import BuildOptions
        from generator.pipeline.resources import default_jobs

        return BuildOptions(
            root=self.root,
            output=scratch / "output",
            staging=scratch / "staging",
            state_base=scratch / "state",
            now=self.now,
            drafts=self.drafts,
            jobs=self.jobs or default_jobs(),
            keep_going=True,
            checking=True,
        )


def _source_paths(root: Path, files: Iterable[Path]) -> set[str]:
    """Return files by their paths in the portal. Raises `ConfigError` for those that are none."""
    errors, paths = [], set()
    for file in files:
        place = next((each for each in (file, root / file) if each.exists()), None)
        inside = place.resolve() if place else None
        if inside is None:
            errors.append(Problem(str(file), 0, 0, "there is no such file"))
        elif root / "content" not in inside.parents or inside.is_dir():
            hint = "name files in content/, or none to check everything"
            errors.append(Problem(str(file), 0, 0, "is no source of the portal", hint))
        else:
            paths.add(inside.relative_to(root).as_posix())
    if errors:
        raise ConfigError(*errors)
    return paths


def _summary(findings: Findings) -> str:
    seen, total = findings.report.sources.seen, findings.report.outputs.total
    return f"{seen} sources and {total} files: {_found(findings)}"


def _found(findings: Findings) -> str:
    errors, warnings = len(findings.found.errors), len(findings.found.warnings)
    ending = f", {counted(warnings, 'warning')}" if warnings else ""
    return f"{counted(errors, 'error') if errors else 'no errors'}{ending}"


def _echo_outcome(outcome: _Outcome, form: ProblemFormat) -> None:
    """Write what was found: all of it as one document, or for people what they can read.

    Then problems go to standard error, and the lines after them to standard output.
    """
    if form != "text":
        if text := format_problems(outcome.problems, form):
            echo(text)
        return
    echo_problems(_shortened(outcome.problems))
    for line in filter(None, outcome.lines):
        echo(line)


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


def _link_problems(site: Site, options: BuildOptions, *, external: bool) -> list[Problem]:
    """Return the links of a built site that lead nowhere."""
    from generator.config.links import written_links
    from generator.pipeline.link_check import check_links, planned_owners

    owner = planned_owners(options.state_folder)
    settings = written_links(options.root)
    return sorted(check_links(options.output, site, owner, settings, external=external))
