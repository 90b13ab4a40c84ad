"""A build, from its first stage to its last."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

import msgspec

from generator.pipeline.pool import Crew, WorkerDied, peak_rss
from generator.pipeline.interrupts import uninterrupted
from generator.pipeline.detect import Look, look_over
from generator.pipeline.options import BuildOptions
from generator.plan.published_urls import record
from generator.pipeline.progress import Progress, Silent
from generator.pipeline.recovery import suspect, suspicion, warning
from generator.pipeline.report import Report
from generator.write.staging import clear_staging, discard_staging
from generator.pipeline.state import forget, index_path, load_index, state_folder, wanted_outputs
from generator.errors import (
    BroadsheetError,
    ContentError,
    OutputError,
    Problem,
    Problems,
    UnexpectedError,
    unexpected,
)
from generator.index.connection import begin_log, settle, transaction
from generator.index.recorder import FILE_PREFIX
from generator.index.visibility import next_change
from generator.model.timestamp import moment_at
from generator.model.site import Site

_WORDS = f"{FILE_PREFIX}i18n/"


class _Undo(Exception):
    """Takes back what a transaction wrote."""


@dataclass(slots=True)
class Build:
    """One run of the pipeline. `report` and `problems` are filled in as it goes."""

    site: Site
    options: BuildOptions
    progress: Progress = field(default_factory=Silent)
    report: Report = field(default_factory=Report)
    problems: Problems = field(default_factory=Problems)
    _fresh: bool = False

    def run(self) -> Report:
        """Bring the output up to date.

        Raises `ContentError`, `OutputError`, and `UnexpectedError` for a bug in Broadsheet; the
        output is then as it was. With `keep_going` a `ContentError` comes after the rest has been
        published.
        """
        options = self.options
        with state_folder(options.state_folder, clean=options.clean):
            try:
                self._run_healing()
            except (OSError, sqlite3.DatabaseError, msgspec.DecodeError, WorkerDied) as fault:
                raise OutputError(_disk_problem(fault, options)) from fault
            except BroadsheetError:
                raise
            except Exception as fault:
                self.problems.add(unexpected(fault, "broadsheet build"))
                raise UnexpectedError(*self.problems.errors) from fault
            finally:
                self.report.errors = self.problems.errors
                self.report.warnings = self.problems.warnings
                discard_staging(options.staging)
        if self.problems.errors:
            raise ContentError(*self.problems.errors)
        return self.report

    def _run_healing(self) -> None:
        """Run; once more with a new index if the one that there is seems to be damaged."""
        folder = self.options.state_folder
        self._fresh = not index_path(folder).exists()
        try:
            self._run_once()
        except Exception as fault:
            if self._fresh or not (wrong := suspicion(fault)):
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
            look = look_over(self.site, self.options)
            self.problems.extend(look.found.problems)
            self.report.sources.seen = look.found.seen
        if look.idle:
            self._leave_as_it_is()
        else:
            self._check_words(look)
            self._work(look)

    def _leave_as_it_is(self) -> None:
        """Tell what is there; all that works on it is not even imported."""
        with closing(load_index(self.options.state_folder)) as connection:
            self.report.outputs.total = wanted_outputs(connection)
            self._look_ahead(connection)
        self.report.peak_rss_bytes = peak_rss()

    def _check_words(self, look: Look) -> None:
        """Every page shows some of the theme's words, so with errors there is nothing to go on."""
        if not any(key.startswith(_WORDS) for key in look.differing):
            return
        from generator.theme.translation_files import word_problems

        found = word_problems(look.theme, self.options.root)
        self.problems.extend(found)
        if self.options.keep_going and any(problem.severity == "error" for problem in found):
            raise ContentError(*self.problems.errors)

    def _work(self, look: Look) -> None:
        from generator.pipeline.worker import Workshop

        jobs = self.options.jobs if look.heavy else 1
        with Crew(jobs, partial(Workshop, self.site, self.options)) as crew:
            self._run_stages(crew, look)
        self.report.peak_rss_bytes = crew.peak_rss + peak_rss()

    def _run_stages(self, crew: Crew, look: Look) -> None:
        from generator.write.publish import foreign_files

        with closing(load_index(self.options.state_folder)) as connection:
            differing = self._update(connection, crew, look)
            begin_log(connection)
            with self.report.stage("render"):
                self._render(connection, crew, differing)
                if self.report.outputs.rendered and (changed := look.changed_since(self.site)):
                    raise ContentError(*changed)
            with self.report.stage("write"), uninterrupted("the site was published"):
                self._publish(connection)
                suspected = look.new or self.options.verify or look.other_hands
                if suspected and not look.gone:
                    self.problems.extend(foreign_files(connection, self.options))
                if self.options.record:
                    record(connection, self.options.root)
            self._look_ahead(connection)
            settle(connection)

    def _update(self, connection: sqlite3.Connection, crew: Crew, look: Look) -> set[str]:
        """Bring the index up to date and mark what must be made again; all of it or nothing.

        Returns the inputs that changed and are no queries. Sources that clash with others keep
        what the index has of them, if the build keeps going.
        """
        from generator.pipeline.update import Update

        held: frozenset[str] = frozenset()
        while True:
            update = Update(connection, self.site, self.options, look, self.problems, held)
            try:
                with transaction(connection):
                    with self.report.stage("parse"):
                        self.progress.stage("parse", look.found.amount)
                        clashing = update.read(crew, self.progress.advance)
                    self._stop_on_errors()
                    if clashing and not held:
                        held = clashing
                        raise _Undo
                    with self.report.stage("plan"):
                        self.progress.stage("plan", None)
                        update.plan()
                    self._stop_on_errors()
            except _Undo:
                continue
            self.report.sources.parsed = update.gathered.parsed
            self.report.sources.removed = update.gathered.removed
            self.report.asked_again = update.asked_again
            return update.differing

    def _render(self, connection: sqlite3.Connection, crew: Crew, differing: set[str]) -> None:
        from generator.pipeline.render_stage import produce, reasons

        stale = connection.execute("SELECT count(*) FROM output WHERE stale AND wanted").fetchone()
        self.report.outputs.total = wanted_outputs(connection)
        self.progress.stage("render", stale[0])
        with transaction(connection):
            produced = produce(connection, crew, self.problems, self.progress.advance)
            suspect(connection, produced.unexpected, differing, fresh=self._fresh)
        self.report.outputs.rendered = produced.rendered
        if self.options.explain:
            self.report.reasons = reasons(connection)
        self._stop_on_errors()

    def _publish(self, connection: sqlite3.Connection) -> None:
        from generator.write.publish import note_published, publish

        self.progress.stage("write", None)
        published = publish(connection, self.options)
        # Before the index is told, which may turn out to be damaged: what was moved has moved.
        self.report.moved(published.written, published.removed)
        self.problems.extend(published.warnings)
        note_published(connection, self.options.output)

    def _look_ahead(self, connection: sqlite3.Connection) -> None:
        moment = next_change(connection, self._now, drafts=self.options.drafts)
        self.report.next_change_at = moment_at(moment).isoformat() if moment is not None else None

    def _stop_on_errors(self) -> None:
        if self.problems.errors and not self.options.keep_going:
            raise ContentError(*self.problems.errors)

    @property
    def _now(self) -> int:
        return int(self.options.now.timestamp())


def _disk_problem(fault: Exception, options: BuildOptions) -> Problem:
    if isinstance(fault, OSError):
        place = str(fault.filename or options.output)
        return Problem(place, 0, 0, f"can't be written or read: {fault.strerror or fault}")
    if isinstance(fault, WorkerDied):
        hint = "it may have run out of memory; try fewer --jobs"
        return Problem(str(options.output), 0, 0, str(fault), hint)
    message = f"the index can't be written or read: {fault}"
    hint = "this folder can be deleted: the next build makes it again"
    return Problem(str(options.state_folder), 0, 0, message, hint)
