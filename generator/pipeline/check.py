"""Runs everything that `broadsheet check` looks for, and collects what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.errors import BroadsheetError, ContentError, Problem, Problems
from generator.index.moved_urls import MovedUrl
from generator.model.rules import Rule
from generator.model.site import Site
from generator.pipeline.build import Build
from generator.pipeline.fixes import FixedSource, fix_sources
from generator.pipeline.moved_urls import fix_moved, moved_problems, moves_since
from generator.pipeline.options import BuildOptions
from generator.pipeline.progress import Progress, Silent
from generator.pipeline.report import Report
from generator.pipeline.state import state_name


@dataclass(slots=True)
class Findings:
    """What a check found, and what it changed.

    `report` is that of the build in a scratch folder.
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


@dataclass(frozen=True, slots=True)
class PortalCheck:
    """A check of a whole portal, built in the scratch folders of `options`."""

    site: Site
    options: BuildOptions
    progress: Progress | None = None

    def run(self, *, fix: bool) -> Findings:
        """Build everything, and return what is wrong; with `fix`, change the sources.

        Raises `OutputError` for a source that can't be written.
        """
        findings = Findings(Problems(applied=self.site.check.applied))
        root = self.options.root
        if fix:
            findings.fixed += fix_sources(root, self.site)
        self._build(findings)
        if fix and (moves := self._moves()):
            findings.fixed += fix_moved(root, self.site, moves)
            findings.found.forget({moved.source for moved in moves})
            self._build(findings)
        findings.add(moved_problems(root, self.site, self._moves()))
        return findings

    def _build(self, findings: Findings) -> None:
        build = Build(self.site, self.options, self.progress or Silent())
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
        return moves_since(last, self.options.state_folder)
