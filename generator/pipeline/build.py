"""Runs the stages of a build in their order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from generator.derived_files import DerivedFiles
from generator.errors import (
    BroadsheetError,
    ContentError,
    OutputError,
    Problem,
    Problems,
    UnexpectedError,
    unexpected,
)
from generator.index.connection import checkpoint, enable_wal, transaction
from generator.index.output_queries import count_planned, count_to_render, render_reasons
from generator.index.standing_warnings import THEME, keep_warnings, standing_warnings
from generator.model.site import Site
from generator.pipeline.detect import Detection, detect
from generator.pipeline.forecast import left_out, next_change_at
from generator.pipeline.interrupts import deferred_sigint
from generator.pipeline.options import BuildOptions
from generator.pipeline.pool import PoolFactory, WorkerDiedError, WorkerPool, open_pool
from generator.pipeline.progress import Progress, Silent
from generator.pipeline.recovery import suspect, suspicion, warning
from generator.pipeline.report import Report
from generator.pipeline.resources import peak_rss
from generator.pipeline.state import (
    derived_folder,
    forget,
    index_path,
    load_index,
    manifest_path,
    state_folder,
)
from generator.pipeline.theme_checks import theme_problems
from generator.plan.published_urls import record
from generator.write.staging import clear_staging, discard_staging

if TYPE_CHECKING:
    from generator.write.publish import Destination


class _Rollback(Exception):
    """Rolls a transaction back."""


@dataclass
class Build:
    """One run of the pipeline. `report` and `problems` are filled in as it goes.

    `open_pool` opens the pool that executes the work.
    """

    site: Site
    options: BuildOptions
    progress: Progress = field(default_factory=Silent)
    report: Report = field(default_factory=Report)
    problems: Problems = field(default_factory=Problems)
    open_pool: PoolFactory = open_pool
    _fresh: bool = False
    _theme_warnings: list[Problem] | None = None

    def __post_init__(self) -> None:
        self.problems.applied = self.site.check.applied

    def run(self) -> Report:
        """Bring the output up to date.

        Raises `ContentError`, `OutputError`, and `UnexpectedError` for a bug in Broadsheet; the
        output is then as it was. With `keep_going` a `ContentError` comes after the rest has been
        published.
        """
        options = self.options
        with state_folder(options.state_folder, clean=options.clean):
            try:
                self._run_with_recovery()
            except (OSError, sqlite3.DatabaseError, msgspec.DecodeError, WorkerDiedError) as error:
                raise OutputError(_disk_problem(error, options)) from error
            except BroadsheetError:
                raise
            except Exception as error:
                self.problems.add(unexpected(error, "broadsheet build"))
                raise UnexpectedError(*self.problems.errors) from error
            finally:
                self.report.errors = self.problems.errors
                self.report.warnings = self.problems.warnings
                discard_staging(options.staging)
        if self.problems.errors:
            raise ContentError(*self.problems.errors)
        return self.report

    def _run_with_recovery(self) -> None:
        """Run; once more with a new index if the one that there is seems to be damaged."""
        folder = self.options.state_folder
        self._fresh = not index_path(folder).exists()
        try:
            self._run_once()
        except Exception as error:
            if self._fresh or not (wrong := suspicion(error)):
                raise
            forget(folder)
            self._fresh = True
            self.problems.found.clear()
            self.problems.add(warning(str(folder), wrong))
            self._run_once()

    def _run_once(self) -> None:
        clear_staging(self.options.staging)
        with self.report.stage("scan"):
            self.progress.stage("scan", None)
            detected = detect(self.site, self.options)
            self.problems.extend(detected.found.problems)
            self.report.sources.seen = detected.found.seen
        if detected.up_to_date:
            self._skip(detected)
        else:
            self._check_theme(detected)
            self._work(detected)

    def _skip(self, detected: Detection) -> None:
        """Report a build with nothing to do, without importing what does the work."""
        with closing(load_index(self.options.state_folder)) as connection:
            self.report.outputs.total = count_planned(connection)
            self._report_standing(connection, detected)
            self._look_ahead(connection, detected)
        self.report.peak_rss_bytes = peak_rss()

    def _check_theme(self, detected: Detection) -> None:
        """Stop if files of the theme have errors of their own, because any page may show them."""
        found = theme_problems(detected.theme, self.options.root, detected.differing)
        if found is None:
            return
        self._theme_warnings = found
        self.problems.extend(found)
        if self.options.keep_going and any(problem.severity == "error" for problem in found):
            raise ContentError(*self.problems.errors)

    def _work(self, detected: Detection) -> None:
        from generator.pipeline.worker import context_factory

        jobs = self.options.jobs if detected.parallel else 1
        with self.open_pool(jobs, context_factory(self.site, self.options)) as pool:
            self._run_stages(pool, detected)
            self.report.peak_rss_bytes = pool.peak_rss() + peak_rss()

    def _run_stages(self, pool: WorkerPool, detected: Detection) -> None:
        from generator.write.publish import foreign_files

        with closing(load_index(self.options.state_folder)) as connection:
            differing = self._update(connection, pool, detected)
            enable_wal(connection)
            with self.report.stage("render"):
                self._render(connection, pool, differing)
                if self.report.outputs.rendered and (changed := detected.changed_since(self.site)):
                    raise ContentError(*changed)
            with self.report.stage("write"), deferred_sigint("the site was published"):
                self._publish(connection)
                suspected = detected.new or self.options.verify or detected.output_modified
                if suspected and not detected.output_missing:
                    self.problems.extend(foreign_files(connection, self._destination))
                if self.options.record:
                    record(connection, self.options.root)
            self._look_ahead(connection, detected)
            checkpoint(connection)
        DerivedFiles(derived_folder(self.options.state_folder)).prune()

    def _update(
        self, connection: sqlite3.Connection, pool: WorkerPool, detected: Detection
    ) -> set[str]:
        """Bring the index up to date and mark stale outputs, all of it or nothing.

        Return the inputs that changed. If the build keeps going, sources that conflict with others
        keep their rows in the index.
        """
        from generator.pipeline.update import Update

        pinned: frozenset[str] = frozenset()
        while True:
            update = Update(connection, self.site, self.options, detected, self.problems, pinned)
            try:
                with transaction(connection):
                    with self.report.stage("parse"):
                        self.progress.stage("parse", detected.found.amount)
                        clashing = update.read(pool, self.progress.advance)
                        if self._theme_warnings is not None:
                            keep_warnings(connection, THEME, self._theme_warnings)
                        self._report_standing(connection, detected)
                    self._stop_on_errors()
                    if clashing and not pinned:
                        pinned = clashing
                        raise _Rollback
                    with self.report.stage("plan"):
                        self.progress.stage("plan", None)
                        update.plan()
                    self._stop_on_errors()
            except _Rollback:
                continue
            self.report.sources.parsed = update.ingested.parsed
            self.report.sources.removed = update.ingested.removed
            self.report.evaluated = update.evaluated
            self.report.moved_urls = tuple(update.moved)
            return update.differing

    def _render(
        self, connection: sqlite3.Connection, pool: WorkerPool, differing: set[str]
    ) -> None:
        from generator.pipeline.render_stage import render_stale

        self.report.outputs.total = count_planned(connection)
        self.progress.stage("render", count_to_render(connection))
        with transaction(connection):
            stats = render_stale(connection, pool, self.problems, self.progress.advance)
            suspect(connection, stats.unexpected, differing, fresh_index=self._fresh)
        self.report.outputs.rendered = stats.rendered
        if self.options.explain:
            self.report.reasons = render_reasons(connection)
        self._stop_on_errors()

    def _publish(self, connection: sqlite3.Connection) -> None:
        from generator.write.publish import note_published, publish

        self.progress.stage("write", None)
        published = publish(connection, self._destination)
        # Before the index is updated, which may turn out to be damaged: these files have moved.
        self.report.published(published.written, published.removed)
        self.problems.extend(published.warnings)
        note_published(connection, self.options.output)

    @cached_property
    def _destination(self) -> Destination:
        from generator.outputs import KINDS
        from generator.write.publish import Destination

        return Destination(
            output=self.options.output,
            staging=self.options.staging,
            manifest=manifest_path(self.options.state_folder),
            turns={kind.name: kind.turn for kind in KINDS},
            adopt=self.options.adopt,
        )

    def _report_standing(self, connection: sqlite3.Connection, detected: Detection) -> None:
        """Report the warnings that hold since earlier builds; `check` has found all of them."""
        if not self.options.checking:
            partial = detected.found.partial
            self.problems.extend(standing_warnings(connection, of_folders=partial))

    def _look_ahead(self, connection: sqlite3.Connection, detected: Detection) -> None:
        """Report what is not shown, and when that changes."""
        options, zone = self.options, self.site.zone
        self.report.left_out = left_out(connection, options, zone, detected.found.unread)
        self.report.next_change_at = next_change_at(connection, options)

    def _stop_on_errors(self) -> None:
        if self.problems.errors and not self.options.keep_going:
            raise ContentError(*self.problems.errors)


def _disk_problem(error: Exception, options: BuildOptions) -> Problem:
    if isinstance(error, OSError):
        place = str(error.filename or options.output)
        return Problem(place, 0, 0, f"can't be written or read: {error.strerror or error}")
    if isinstance(error, WorkerDiedError):
        hint = "it may have run out of memory; try fewer --jobs"
        return Problem(str(options.output), 0, 0, str(error), hint)
    message = f"the index can't be written or read: {error}"
    hint = "this folder can be deleted: the next build makes it again"
    return Problem(str(options.state_folder), 0, 0, message, hint)
