"""Parses changed sources and stores them in the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.errors import Problem, Problems, unexpected
from generator.index.changes import Changes
from generator.index.references import dependents_of
from generator.index.sources import (
    FolderRow,
    forget_fingerprints,
    known_in,
    paths_in,
    record_folders,
    record_source,
    restamp_source,
    signatures,
    source_file,
)
from generator.index.standing_warnings import (
    folder_scope,
    folders_with_warnings,
    forget_warnings,
    keep_warnings,
)
from generator.index.writer import IndexWriter
from generator.model.site import Site
from generator.model.source import MediaFile, ParsedProfile, SourceKind
from generator.pipeline.pool import WorkerPool, batched
from generator.pipeline.recovery import takes
from generator.pipeline.tasks import ParseResult, read_sources
from generator.pipeline.worker import ParseTask
from generator.scan.scanner import Scan

# The results of this many fit into a pipe, so that a worker goes on while they are stored.
BATCH = 16

# Articles show pictures and authors as they are when the article is stored, so these go first.
_WAVES: tuple[tuple[SourceKind, ...], ...] = (
    ("media", "static"),
    ("author",),
    ("page", "article"),
)

# With more changed sources, following each costs more than rendering everything again.
_MANY = 2000

Advance = Callable[[int], None]


@dataclass(slots=True)
class Ingested:
    """What was ingested.

    `invalid` holds the paths whose last good version stays, `refused` those that no index accepts,
    and `parsed_paths` the sources that were parsed, while they are few enough to follow each.
    """

    parsed: int = 0
    removed: int = 0
    parsed_paths: set[str] = field(default_factory=set)
    invalid: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Ingester:
    """Ingests the changed sources of one portal."""

    connection: sqlite3.Connection
    site: Site
    pool: WorkerPool
    problems: Problems
    changes: Changes
    pinned: frozenset[str] = frozenset()
    result: Ingested = field(default_factory=Ingested)

    def ingest(self, found: Scan, advance: Advance) -> Ingested:
        """Store every changed source, forget those that are gone, and return the result.

        Sources in `pinned` keep their rows. Runs in the caller's transaction.
        """
        writer = IndexWriter(self.connection, self.site, self.changes)
        to_reparse = self._remove_lost(writer, found)
        for kinds in _WAVES:
            writer.load_profiles()
            tasks = list(self._tasks(found, kinds, to_reparse))
            to_reparse |= self._read(writer, tasks, advance)
        self._settle(found)
        return self.result

    def _remove_lost(self, writer: IndexWriter, found: Scan) -> set[str]:
        """Forget sources that are gone; return the sources that show something of them."""
        folders = signatures(self.connection)
        gone = [(folder, ()) for folder in folders if folder not in found.standing]
        looked_at = [(folder.path, folder.files) for folder in found.changed]
        dependents: set[str] = set()
        for folder, files in (*gone, *looked_at):
            standing = {source.path for source in files}
            for path in paths_in(self.connection, folder):
                if path not in standing and path not in self.pinned:
                    dependents |= dependents_of(self.connection, path)
                    writer.remove(path)
                    forget_warnings(self.connection, path)
                    self.result.removed += 1
        return dependents

    def _tasks(
        self, found: Scan, kinds: tuple[SourceKind, ...], to_reparse: set[str]
    ) -> Iterator[ParseTask]:
        """Yield the sources to read: those with a new stamp, and those that show what changed."""
        met: set[str] = set()
        for folder in found.changed:
            if not any(source.kind in kinds for source in folder.files):
                continue
            known = known_in(self.connection, folder.path)
            for source in folder.files:
                if source.kind not in kinds or source.path in self.pinned:
                    continue
                if source.path not in known:
                    yield ParseTask(source, None, new=True)
                    continue
                fingerprint, stamp = known[source.path]
                if source.path in to_reparse:
                    met.add(source.path)
                    yield ParseTask(source, None)
                elif not source.stamp or stamp != source.stamp or not fingerprint:
                    yield ParseTask(source, fingerprint)
        for path in sorted(to_reparse - met - self.pinned):
            shown = source_file(self.connection, path)
            if shown and shown.kind in kinds:
                yield ParseTask(shown, None)

    def _read(self, writer: IndexWriter, tasks: list[ParseTask], advance: Advance) -> set[str]:
        """Read sources; return the paths of later sources that show what changed."""
        dependents: set[str] = set()
        for results in self.pool.run(read_sources, batched(tasks, BATCH)):
            for reading in results:
                dependents |= self._store(writer, reading)
            advance(len(results))
        return dependents

    def _store(self, writer: IndexWriter, reading: ParseResult) -> set[str]:
        self.problems.extend(reading.problems)
        if reading.invalid:
            self.result.invalid.add(reading.source.path)
            return set()
        if reading.parsed is None:
            restamp_source(self.connection, reading.source)
            return set()
        if reading.problems or not reading.new:
            keep_warnings(self.connection, reading.source.path, reading.problems)
        self.result.parsed += 1
        path = reading.source.path
        self.changes.everything |= self.result.parsed > _MANY
        if not self.changes.everything:
            self.result.parsed_paths.add(path)
        shared = isinstance(reading.parsed, MediaFile | ParsedProfile)
        dependents = dependents_of(self.connection, path) if shared else set()
        try:
            writer.put(reading.parsed, new=reading.new)
        except Exception as error:
            if self.pinned or takes(self.site, reading.parsed):
                raise
            self.problems.add(unexpected(error, path))
            self.result.refused.add(path)
            return set()
        record_source(self.connection, reading.source, reading.parsed.fingerprint)
        return dependents | (dependents_of(self.connection, path) if shared else set())

    def _settle(self, found: Scan) -> None:
        """Record the folders in which everything was read, so that the next scan can skip them."""
        unsettled = {path.rpartition("/")[0] for path in self.result.invalid | self.pinned}
        rows = (
            FolderRow(
                folder.path,
                b"" if folder.path in unsettled else folder.signature,
                len(folder.files),
            )
            for folder in found.changed
        )
        record_folders(self.connection, found.standing, rows)
        self._keep_scan_warnings(found)
        # The index has an older version of these sources, so the next build parses them again.
        forget_fingerprints(self.connection, self.pinned)

    def _keep_scan_warnings(self, found: Scan) -> None:
        """Keep the warnings of the folders that were visited, for scans that pass them over."""
        by_folder: dict[str, list[Problem]] = {}
        for problem in found.problems:
            by_folder.setdefault(problem.path.rpartition("/")[0], []).append(problem)
        known = folders_with_warnings(self.connection)
        for folder in (known | by_folder.keys()) - found.passed:
            keep_warnings(self.connection, folder_scope(folder), by_folder.get(folder, ()))
