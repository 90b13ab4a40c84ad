"""Brings the index up to date with the portal, and marks stale outputs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.errors import ContentError, Problem, Problems
from generator.index.build_state import MetaKey, has_inputs, meta, record_inputs, set_meta
from generator.index.changes import Changes
from generator.index.facets import Facet
from generator.index.input_keys import is_file_in, setting_name
from generator.index.moved_urls import MovedUrl, note_moves
from generator.index.output_queries import has_unplanned
from generator.index.outputs import discard_rendered, disown_all, mark_all_stale
from generator.index.sources import forget_fingerprints
from generator.index.standing_warnings import SHORTCODES, keep_warnings
from generator.index.visibility_update import apply_now
from generator.model.output import ASSETS_SCOPE
from generator.model.site import Site
from generator.pipeline.cross_checks import check_across, check_shortcodes, check_style
from generator.pipeline.detect import Detection
from generator.pipeline.followups import InvalidSources
from generator.pipeline.ingest import Ingested, Ingester
from generator.pipeline.moved_urls import moved_problems
from generator.pipeline.options import BuildOptions
from generator.pipeline.pool import WorkerPool
from generator.plan.published_urls import lost_urls
from generator.plan.removals import refusal
from generator.plan.staleness import mark_stale
from generator.write.output_stamp import forget_stamp
from generator.write.verify import mark_differing


def _restored(options: BuildOptions, differing: int) -> Problem:
    files = "1 file was" if differing == 1 else f"{differing} files were"
    message = f"{files} changed since the last build, and rendered again"
    return Problem(str(options.output), 0, 0, message, severity="warning")


def _held_back(source: str, file: str) -> Problem:
    message = f"keeps its published version, because {file} has errors"
    return Problem(source, 0, 0, message, severity="warning")


@dataclass(slots=True)
class Update:
    """One attempt at an update, inside a transaction. Errors go to `problems`.

    Sources in `pinned` keep their rows in the index. `across` has the problems between sources,
    each with the sources that it is about; `moved` the stories whose URL the plan changes.
    """

    connection: sqlite3.Connection
    site: Site
    options: BuildOptions
    detected: Detection
    problems: Problems
    pinned: frozenset[str]
    ingested: Ingested = field(default_factory=Ingested)
    changes: Changes = field(init=False)
    differing: set[str] = field(init=False)
    is_new: bool = field(init=False)
    evaluated: int = 0
    across: list[tuple[Problem, tuple[str, ...]]] = field(default_factory=list)
    moved: list[MovedUrl] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.changes = Changes()

    def read(self, pool: WorkerPool, progress: Callable[[int], None]) -> frozenset[str]:
        """Ingest what changed; return the sources that conflict with others."""
        self.is_new = not has_inputs(self.connection)
        altered = record_inputs(self.connection, self.detected.inputs)
        self.differing = set(altered)
        self.changes.invalidate(*map(Facet, altered))
        self.changes.altered = altered
        self.changes.everything = self.is_new or "code" in self.differing
        if self.detected.reparse_all:
            forget_fingerprints(self.connection)
        ingester = Ingester(
            self.connection, self.site, pool, self.problems, self.changes, self.pinned
        )
        self.ingested = ingester.ingest(self.detected.found, progress)
        return frozenset() if self.pinned else self._check() | self.ingested.refused

    def plan(self) -> None:
        """Apply what is live now, plan the outputs, and mark the stale ones.

        Raises `ContentError` if the site would lose too many articles, even if the build keeps
        going.
        """
        now = int(self.options.now.timestamp())
        discard_rendered(self.connection)
        apply_now(self.connection, self.changes, now, drafts=self.options.drafts)
        self._plan_outputs()
        if self.options.excerpt is None:
            self._refuse_losses(now)
        set_meta(self.connection, MetaKey.UNCHECKED, "1" if self.problems.errors else "")
        if self.detected.output_missing:
            disown_all(self.connection, "the output folder is missing")
            forget_stamp(self.connection)
        elif self.changes.everything:
            mark_all_stale(self.connection, self._reason_for_all())
        else:
            self.evaluated = mark_stale(self.connection, self.changes)
        if self.options.verify or self.detected.output_modified:
            differing = mark_differing(self.connection, self.options.output)
            if differing and not self.options.verify:
                self.problems.add(_restored(self.options, differing))

    def _refuse_losses(self, now: int) -> None:
        self.moved = note_moves(self.connection)
        if not self.options.checking:
            self.problems.extend(moved_problems(self.options.root, self.site, self.moved))
        self._refuse_removals()
        if "record" in self.differing or has_unplanned(self.connection):
            self.problems.extend(lost_urls(self.connection, self.options.root, now))

    def _refuse_removals(self) -> None:
        options, drafts = self.options, "1" if self.options.drafts else ""
        had_drafts = meta(self.connection, MetaKey.DRAFTS) == "1" and not drafts
        found = refusal(self.connection, options.root, options.now, had_drafts=had_drafts)
        if found and not options.allow_removals:
            self.problems.add(found)
            raise ContentError(*self.problems.errors)
        set_meta(self.connection, MetaKey.DRAFTS, drafts)

    def _check(self) -> frozenset[str]:
        """Check sources against each other:

        all of them, or those that changed if nothing was removed.

        A source with errors of its own is in the index in an older version, so it has no others.
        Sources that can't be shown without it are held back.
        """
        everything = (
            self.changes.everything
            or self.changes.renamed
            or self.detected.reparse_all
            or self.ingested.removed > 0
            or meta(self.connection, MetaKey.UNCHECKED) == "1"
        )
        parsed_paths = None if everything else self.ingested.parsed_paths
        connection, root = self.connection, self.options.root
        invalid = self._invalid()
        found = list(check_across(connection, root, parsed_paths, invalid))
        if any(is_file_in(key, "shortcodes") for key in self.differing):
            parsed_paths = None
        if parsed_paths is None or parsed_paths:
            known = self.detected.theme.shortcodes()
            called = list(check_shortcodes(connection, root, self.site, known, parsed_paths))
            keep_warnings(connection, SHORTCODES, (problem for problem, _ in called))
            found += called
        with_errors = self.ingested.invalid | self.ingested.refused
        found = [each for each in found if each[0].path not in with_errors]
        self.across = found
        self.problems.extend(problem for problem, _ in found)
        waiting = invalid.held_back(connection)
        if not self.options.checking:
            self.problems.extend(_held_back(source, file) for source, file in waiting.items())
        elif not invalid.paths:
            theme = self.detected.theme
            self.problems.extend(check_style(connection, root, self.site, theme))
        return frozenset(waiting).union(*(paths for _, paths in found))

    def _invalid(self) -> InvalidSources:
        unreadable = {
            each.path for each in self.detected.found.problems if each.severity == "error"
        }
        paths = self.ingested.invalid | self.ingested.refused | unreadable
        options = self.options
        excerpt = options.excerpt is not None
        return InvalidSources(options.root, paths, keep_going=options.keep_going, excerpt=excerpt)

    def _plan_outputs(self) -> None:
        from generator.plan.conflicts import conflicts
        from generator.plan.planner import apply, plan_context, propose

        if any(is_file_in(key, "assets") for key in self.differing):
            self.changes.plan(ASSETS_SCOPE)
        everything = (
            self.changes.everything
            or any(setting_name(key) for key in self.differing)
            # An output that was dropped by a build that kept going may have its path now.
            or meta(self.connection, MetaKey.GAVE_WAY) == "1"
        )
        scopes = None if everything else self.changes.scopes
        if scopes is None or scopes:
            context = plan_context(self.connection, self.site, self.detected.theme)
            proposal = propose(self.connection, context, scopes)
            self.problems.extend(conflicts(proposal))
            gave_way = proposal.drop_conflicting()
            set_meta(self.connection, MetaKey.GAVE_WAY, "1" if gave_way else "")
            apply(self.connection, proposal)

    def _reason_for_all(self) -> str:
        if self.is_new:
            return "there is no record of a previous build"
        if "code" in self.differing:
            return "the version of Broadsheet or of one of its libraries changed"
        return "too many sources changed to follow each one"
