"""Runs everything that `broadsheet check` looks for, and collects what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.config.links import written_links
from generator.errors import BroadsheetError, ContentError, Problem, Problems
from generator.index.moved_urls import MovedUrl
from generator.model.rules import Rule
from generator.model.site import Site
from generator.pipeline.build import Build
from generator.pipeline.external_check import ExternalCheck
from generator.pipeline.fixes import FixedSource, fix_sources
from generator.pipeline.link_check import check_links, planned_owners
from generator.pipeline.moved_urls import fix_moved, moved_problems, moves_since
from generator.pipeline.options import BuildOptions
from generator.pipeline.progress import Progress, Silent
from generator.pipeline.report import Report
from generator.pipeline.state import state_name


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What a check is asked to do, beside building everything in a temporary folder.

    `links` follows the links inside the site, `external` also asks other hosts, and `fix` changes
    the sources.
    """

    root: Path
    now: datetime
    drafts: bool
    jobs: int
    links: bool = False
    external: ExternalCheck | None = None
    fix: bool = False

    def build_options(self, scratch: str) -> BuildOptions:
        """Return the options of the build in a temporary folder."""
        folder = Path(scratch)
        return BuildOptions(
            root=self.root,
            output=folder / "output",
            staging=folder / "staging",
            state_base=folder / "state",
            now=self.now,
            drafts=self.drafts,
            jobs=self.jobs,
            keep_going=True,
            checking=True,
        )


@dataclass(slots=True)
class Findings:
    """What a check found, and what it changed.

    `report` is that of the build in a temporary folder.
    """

    found: Problems = field(default_factory=Problems)
    fixed: list[FixedSource] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    exit_code: int = 0

    @property
    def problems(self) -> list[Problem]:
        """The warnings and errors, each by file and line."""
        return [*self.found.warnings, *self.found.errors]

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems; with an error among them, the command fails."""
        self.found.extend(problems)
        if self.found.errors and not self.exit_code:
            self.exit_code = ContentError.exit_code


def check_portal(site: Site, options: CheckOptions, progress: Progress | None = None) -> Findings:
    """Build everything, follow links if there are no errors, and return what is wrong.

    Raises `OutputError` for a source that can't be written.
    """
    with TemporaryDirectory(prefix="broadsheet-check-") as scratch:
        check = _PortalCheck(site, options, options.build_options(scratch), progress or Silent())
        return check.run()


def check_sources(site: Site, options: CheckOptions, paths: Iterable[str]) -> Findings:
    """Check some sources alone, by their paths, and return what is wrong."""
    from generator.pipeline.file_check import check_files

    findings = Findings()
    with TemporaryDirectory(prefix="broadsheet-check-") as scratch:
        findings.add(check_files(site, options.build_options(scratch), frozenset(paths)))
    return findings


@dataclass(frozen=True, slots=True)
class _PortalCheck:
    site: Site
    options: CheckOptions
    build_options: BuildOptions
    progress: Progress

    def run(self) -> Findings:
        findings = Findings(Problems(applied=self.site.check.applied))
        root, options = self.options.root, self.options
        if options.fix:
            findings.fixed += fix_sources(root, self.site)
        self._build(findings)
        if options.fix and (moves := self._moves()):
            findings.fixed += fix_moved(root, self.site, moves)
            findings.found.forget({moved.source for moved in moves})
            self._build(findings)
        findings.add(moved_problems(root, self.site, self._moves()))
        if (options.links or options.external) and not findings.exit_code:
            findings.add(self._link_problems())
        return findings

    def _build(self, findings: Findings) -> None:
        build = Build(self.site, self.build_options, self.progress)
        try:
            build.run()
        except BroadsheetError as error:
            findings.exit_code = error.exit_code
            findings.add(error.problems)
        findings.report = build.report
        findings.add(build.report.warnings)
        for file in build.report.left_out.unread:
            message = "is no source, so no build reads it"
            problem = Problem(file.path, 0, 0, message, file.hint, "warning", Rule.UNREAD_FILE)
            findings.add([problem])

    def _moves(self) -> Sequence[MovedUrl]:
        root = self.options.root
        last = root / ".broadsheet" / state_name(root, root / "output")
        return moves_since(last, self.build_options.state_folder)

    def _link_problems(self) -> list[Problem]:
        options = self.build_options
        owner, settings = planned_owners(options.state_folder), written_links(options.root)
        external = self.options.external
        return sorted(check_links(options.output, self.site, owner, settings, external=external))
