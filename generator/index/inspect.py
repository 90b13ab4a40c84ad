"""Looks up outputs and their dependencies, for `explain`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from generator.index.build_state import input_digest, inputs
from generator.index.dependencies import facets_of
from generator.index.input_keys import DEFAULT_PREFIX, file_name, is_input_set, setting_name
from generator.index.news_ids import articles_with, has_published, possible_mentions
from generator.index.query_keys import TEXT_QUERY, source_of, split_key
from generator.index.sources import fingerprint_of, signatures
from generator.model.paths import ref_name
from generator.model.permalink import collision_key

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

    def folders(self) -> dict[str, bytes]:
        """Return the signatures of all folders that were read."""
        return signatures(self._db)

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
