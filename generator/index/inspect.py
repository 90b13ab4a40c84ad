"""Looks things up in the index of the last build, for commands that only say what is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.index.archive import (
    ArchiveEntry,
    ArchiveFilter,
    author_slugs,
    find_articles,
    known_terms,
)
from generator.index.build_state import input_digest, inputs
from generator.index.dependencies import facets_of
from generator.index.input_keys import DEFAULT_PREFIX, file_name, is_input_set, setting_name
from generator.index.left_out import misnamed_files
from generator.index.news_ids import articles_with, has_published, possible_mentions
from generator.index.query_keys import TEXT_QUERY, source_of, split_key
from generator.index.source_status import SourceStatus, source_status
from generator.index.sources import fingerprint_of, known_in, signatures
from generator.index.timetable import TimedChange, timed_changes
from generator.model.paths import ref_name
from generator.model.permalink import collision_key
from generator.model.source import UnreadFile

_BESIDE = 40
_COLUMNS = "id, path, kind, owner, stale, reason, rendered_at"


@dataclass(frozen=True, slots=True)
class KnownOutput:
    """An output as the index has it; `rendered` is in seconds since the epoch."""

    id: int
    path: str
    kind: str
    owner: str
    stale: bool
    reason: str
    rendered: int | None


@dataclass(frozen=True, slots=True)
class OutputDependencies:
    """The dependencies of one output.

    `files` are names in the theme, `missing` names of theme files that do not exist, `settings`
    keys of site.toml, `queries` keys of recorded queries, `sources` the files whose texts it shows.
    """

    files: tuple[str, ...]
    missing: tuple[str, ...]
    settings: tuple[str, ...]
    queries: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dependents:
    """How many outputs depend on something, and the first of them."""

    count: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotLive:
    """A page of the last build that readers would not see at a moment.

    `live_from` and `live_until` are in seconds since the epoch; a page outside the news has none.
    """

    permalink: str
    draft: bool
    live_from: int | None
    live_until: int | None


class Inspector:
    """Looks things up in one index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def output(self, path: str) -> KnownOutput | None:
        """Return the output with a path."""
        return next(iter(self._outputs("path = ?", [path])), None)

    def of_source(self, source: str) -> list[KnownOutput]:
        """Return the outputs of a file under `content/`."""
        scopes = [f"{part}/{source}" for part in ("source", "media", "static")]
        rows = self._db.execute("SELECT slug FROM profile WHERE path = ?", [source])
        scopes += [f"listing/authors/{slug}" for (slug,) in rows]
        marks = ", ".join("?" * len(scopes))
        return self._outputs(f"scope IN ({marks})", scopes)

    def of_asset(self, name: str) -> list[KnownOutput]:
        """Return the output of an asset of the theme."""
        return self._outputs(
            "scope = 'assets/' AND json_extract(params, '$.name') = ?", [name.partition("/")[2]]
        )

    def _outputs(self, condition: str, values: Iterable[str]) -> list[KnownOutput]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM output WHERE planned AND {condition} ORDER BY path",
            tuple(values),
        )
        return [KnownOutput(*row) for row in rows]

    def knows_source(self, path: str) -> bytes | None:
        """Return the digest of a source's bytes, None for a file that was not read."""
        return fingerprint_of(self._db, path)

    def status(self, path: str, now: int) -> SourceStatus:
        """Return why a source has a page or has none, at a time in seconds since the epoch."""
        return source_status(self._db, path, now)

    def misnamed(self, path: str) -> UnreadFile | None:
        """Return a file that was probably meant as a text, None for any other."""
        return next((file for file in misnamed_files(self._db) if file.path == path), None)

    def folders(self) -> dict[str, bytes]:
        """Return the signatures of all folders that were read."""
        return signatures(self._db)

    def count_files(self) -> int:
        """Return how many files were in these folders."""
        found = self._db.execute("SELECT total(files) FROM folder").fetchone()
        return int(found[0])

    def files_in(self, folder: str) -> dict[str, tuple[bytes, str]]:
        """Return the fingerprint and the stamp of each source that was read in a folder."""
        return known_in(self._db, folder)

    def articles(self, wanted: ArchiveFilter) -> Iterator[ArchiveEntry]:
        """Yield the articles that a filter lets pass."""
        return find_articles(self._db, wanted)

    def terms(self, taxonomy: str) -> dict[str, str]:
        """Return the terms that articles have: a name of each, by slug."""
        return known_terms(self._db, taxonomy)

    def author_slugs(self, key: str) -> set[str]:
        """Return the slugs of the profiles whose author's name has the slug `key`."""
        return author_slugs(self._db, key)

    def timed_changes(
        self, now: int, *, until: int | None = None, limit: int | None = None
    ) -> Iterator[TimedChange]:
        """Yield what time alone changes."""
        return timed_changes(self._db, now, until=until, limit=limit)

    def highest_news_id(self) -> int:
        """Return the highest numeric News ID; 0 if there is none."""
        found = self._db.execute(
            """SELECT max(CAST(news_id AS INTEGER)) FROM article
                WHERE news_id NOT GLOB '*[^0-9]*' AND length(news_id) <= 18"""
        ).fetchone()
        return found[0] or 0

    def articles_with(self, news_id: str) -> list[str]:
        """Return the sources of the articles that have a News ID, whatever its case."""
        return articles_with(self._db, news_id)

    def has_published(self, path: str, news_id: str) -> bool:
        """Return whether the output has the story of a source under a News ID."""
        return has_published(self._db, path, news_id)

    def possible_mentions(self, news_id: str, path: str) -> list[str]:
        """Return the sources that may refer to a News ID, or to the source at `path`."""
        return possible_mentions(self._db, news_id, path, ref_name(path))

    def input(self, key: str) -> bytes:
        """Return the digest of an input; empty if there was none."""
        return input_digest(self._db, key)

    def reads(self, output: KnownOutput) -> OutputDependencies:
        """Return the dependencies of an output."""
        rows = self._db.execute(
            """SELECT query.id, query.key FROM read JOIN query ON query.id = read.query
                WHERE read.output = ? ORDER BY query.key""",
            [output.id],
        ).fetchall()
        input_sets = [number for number, key in rows if is_input_set(key)]
        read = sorted({key for each in input_sets for key in facets_of(self._db, each)})
        queries = tuple(sorted(key for _, key in rows if not is_input_set(key)))
        files = {name: self.input(key) for key in read if (name := file_name(key))}
        owner = [output.owner] if self.knows_source(output.owner) else []
        texts = [
            path
            for key in queries
            if split_key(key)[0] == TEXT_QUERY and (path := source_of(self._db, key))
        ]
        return OutputDependencies(
            files=tuple(name for name, digest in files.items() if digest),
            missing=tuple(name for name, digest in files.items() if not digest),
            settings=tuple(name for key in read if (name := setting_name(key))),
            queries=queries,
            sources=tuple(dict.fromkeys([*owner, *texts])),
        )

    def readers(self, key: str, some: int) -> Dependents:
        """Return the outputs that depend on an input, the first ones by path."""
        input_sets = "SELECT query FROM facet WHERE facet = :key"
        count = self._db.execute(
            f"SELECT count(*) FROM read WHERE query IN ({input_sets})", {"key": key}
        ).fetchone()
        first = self._db.execute(
            f"""SELECT path FROM read JOIN output ON output.id = read.output
                WHERE query IN ({input_sets}) ORDER BY path LIMIT :some""",
            {"key": key, "some": some},
        )
        return Dependents(count[0], tuple(row[0] for row in first))

    def settings(self) -> list[str]:
        """Return the keys of site.toml, such as `title` and `extra.motto`."""
        return [name for key in sorted(inputs(self._db)) if (name := setting_name(key))]

    def not_live_at(self, now: int) -> list[NotLive]:
        """Return what the last build shows and readers would not see at a moment."""
        columns = "permalink, draft, live_from, live_until"
        rows = self._db.execute(
            f"""SELECT {columns} FROM article WHERE live AND draft
                UNION SELECT {columns} FROM article WHERE live AND live_from > :now
                UNION SELECT {columns} FROM article WHERE live AND live_until <= :now
                UNION SELECT permalink, draft, NULL, NULL FROM page WHERE live AND draft
                ORDER BY permalink""",
            {"now": now},
        )
        return [NotLive(path, bool(draft), since, until) for path, draft, since, until in rows]

    def near(self, path: str) -> list[str]:
        """Return paths of outputs that may be meant: those next to it in the alphabet."""
        key = collision_key(path)
        found = []
        for side, order in (("<", "DESC"), (">=", "ASC")):
            found += self._db.execute(
                f"""SELECT path FROM output WHERE planned AND key {side} ?
                    ORDER BY key {order} LIMIT {_BESIDE}""",
                [key],
            ).fetchall()
        return [row[0] for row in found]

    def with_id_in(self, path: str) -> list[str]:
        """Return the paths of articles whose News ID is part of a path."""
        found = []
        for part in path.split("/"):
            found += self._db.execute(
                """SELECT output.path FROM article JOIN output ON scope = 'source/' || article.path
                    WHERE news_id = ? COLLATE NOCASE AND planned AND output.kind = 'article'""",
                [part],
            ).fetchall()
        return [row[0] for row in found]

    def near_source(self, path: str) -> list[str]:
        """Return paths of sources that may be meant: those next to it in the alphabet."""
        found = []
        for side, order in (("<", "DESC"), (">", "ASC")):
            found += self._db.execute(
                f"""SELECT path FROM source WHERE path {side} ?
                    ORDER BY path {order} LIMIT {_BESIDE}""",
                [path],
            ).fetchall()
        return [row[0] for row in found]

    def near_input(self) -> list[str]:
        """Return the names of all theme files."""
        names = (name for key in inputs(self._db) if (name := file_name(key)))
        return [name for name in names if not name.startswith(DEFAULT_PREFIX)]
