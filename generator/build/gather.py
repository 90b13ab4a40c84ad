"""Scan, parse and index: brings the index up to date with what lies under `content/`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from generator.build.crew import Crew
from generator.build.workshop import Reading, read_sources
from generator.errors import Problem, Problems
from generator.index.checks import Fault, across_sources, unknown_shortcodes
from generator.index.writer import IndexWriter
from generator.model.site import Site
from generator.model.source import MediaFile, ParsedProfile, SourceFile, SourceKind
from generator.sources.reader import key_place

BATCH = 48

# What articles show of pictures and authors is resolved when they are written, so these go first.
_WAVES: tuple[tuple[SourceKind, ...], ...] = (
    ("media", "static"),
    ("author",),
    ("page", "article"),
)

Advance = Callable[[int], None]


@dataclass(slots=True)
class Gathered:
    """What was seen and read. `faulty` holds paths whose last good version stays."""

    seen: int = 0
    parsed: int = 0
    removed: int = 0
    faulty: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Gatherer:
    """Reads the changed sources of one portal into one index."""

    connection: sqlite3.Connection
    site: Site
    root: Path
    crew: Crew
    problems: Problems
    held: frozenset[str] = frozenset()
    result: Gathered = field(default_factory=Gathered)

    def gather(self, sources: list[SourceFile], advance: Advance) -> Gathered:
        """Write every changed source, forget those that are gone, and say what was done.

        Sources in `held` keep what the index has of them. Runs in its caller's transaction.
        """
        writer = IndexWriter(self.connection, self.site)
        known = self._known()
        self.result.seen = len(sources)
        again = self._remove_lost(writer, known, sources)
        for kinds in _WAVES:
            writer.load_profiles()
            wave = [source for source in sources if source.kind in kinds]
            again |= self._read(writer, wave, known, again, advance)
        return self.result

    def _known(self) -> dict[str, bytes]:
        return dict(self.connection.execute("SELECT path, fingerprint FROM source"))

    def _remove_lost(
        self, writer: IndexWriter, known: dict[str, bytes], sources: list[SourceFile]
    ) -> set[str]:
        lost = known.keys() - {source.path for source in sources}
        dependents: set[str] = set()
        for path in sorted(lost):
            dependents |= self._dependents_of_path(path)
            writer.remove(path)
            self.result.removed += 1
        return dependents

    def _read(
        self,
        writer: IndexWriter,
        wave: list[SourceFile],
        known: dict[str, bytes],
        again: set[str],
        advance: Advance,
    ) -> set[str]:
        """Read a wave of sources; returns the paths of later sources that show what changed."""
        items = (
            (source, None if source.path in again else known.get(source.path))
            for source in wave
            if source.path not in self.held
        )
        dependents: set[str] = set()
        for readings in self.crew.run(read_sources, batched(items, BATCH)):
            for reading in readings:
                dependents |= self._take(writer, reading)
            advance(len(readings))
        return dependents

    def _take(self, writer: IndexWriter, reading: Reading) -> set[str]:
        self.problems.extend(reading.problems)
        if reading.parsed is None:
            if any(problem.severity == "error" for problem in reading.problems):
                self.result.faulty.add(reading.path)
            return set()
        self.result.parsed += 1
        dependents: set[str] = set()
        if isinstance(reading.parsed, MediaFile | ParsedProfile):
            dependents = self._dependents_of_path(reading.path)
        writer.put(reading.parsed)
        if isinstance(reading.parsed, MediaFile | ParsedProfile):
            dependents |= self._dependents_of_path(reading.path)
        return dependents

    def _dependents_of_path(self, path: str) -> set[str]:
        """Sources that show a picture, or name an author, whose file changed."""
        name = path.rpartition("/")[2]
        rows = self.connection.execute(
            """SELECT owner FROM reference WHERE kind IN ('media', 'image')
                AND (target = :path OR (target = '' AND written LIKE '%' || :name))
                UNION SELECT article.path FROM profile
                JOIN term ON term.taxonomy = 'authors' AND term.slug IN (profile.slug, profile.key)
                JOIN tagging ON tagging.term = term.id
                JOIN article ON article.id = tagging.article WHERE profile.path = :path""",
            {"path": path, "name": name},
        )
        return {row[0] for row in rows}


def check_across(
    connection: sqlite3.Connection, root: Path, site: Site, shortcodes: Iterable[str]
) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """Every fault between sources, with its place in its file, and the sources that it is about."""
    faults = list(across_sources(connection))
    if site.markdown.unknown_shortcodes == "error":
        faults += unknown_shortcodes(connection, shortcodes)
    for fault in faults:
        yield _placed(fault, root), (fault.path, *fault.others)


def _placed(fault: Fault, root: Path) -> Problem:
    line, column = fault.line, fault.column
    if fault.key:
        line, column = key_place(root / fault.path, fault.path, fault.key)
    return Problem(fault.path, line, column, fault.message, fault.hint)


def batched(
    items: Iterable[tuple[SourceFile, bytes | None]], size: int
) -> Iterator[list[tuple[SourceFile, bytes | None]]]:
    """Lists of up to `size` items."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
