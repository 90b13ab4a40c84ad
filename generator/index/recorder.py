"""Evaluates queries, and records which ones an output depends on.

A `Query` turns plain arguments into rows, and rows into values. The `Recorder` is the only way to
evaluate one for a page: for the output that is rendered, it records each query, the digest of its
answer and the facets under which a change could alter it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from generator.digest import digest, digest_parts, encode
from generator.index.cache import LruCache
from generator.index.facets import Facet
from generator.index.input_keys import input_set_key
from generator.index.reader import IndexReader

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Argument = str | int | bool | None | tuple[str, ...]

_CACHED_ANSWERS = 1024
_CACHED_FRAGMENTS = 8192

_pack = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A named query.

    `fetch` evaluates it, `decode` shapes the answer, `facets` says what can change it.

    `cached` is false if hardly two outputs use the same arguments, so that keeping the answer is
    useless.
    """

    name: str
    fetch: Callable[..., Rows]
    decode: Callable[[Rows], T]
    facets: Callable[..., tuple[Facet, ...]]
    cached: bool = True


class Dependency(NamedTuple):
    """One thing that an output depends on, and its digest at that time.

    It is a tuple, because workers send several for every page.
    """

    key: str
    digest: bytes
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer(Generic[T]):
    view: T
    dependency: Dependency


@dataclass(slots=True)
class _Recording:
    """What one output or fragment has read so far: answers by key, files by what used them."""

    answers: dict[str, Dependency] = field(default_factory=dict)
    files: dict[str, tuple[Dependency, ...]] = field(default_factory=dict)

    def add(self, other: _Recording) -> None:
        """Add what a fragment has read."""
        self.answers.update(other.answers)
        self.files.update(other.files)


class Recorder:
    """Records for one output at a time; lives as long as its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._reader = IndexReader(connection)
        self._answers: LruCache[str, _Answer[Any]] = LruCache(_CACHED_ANSWERS)
        self._asked: dict[str, _Answer[Any]] = {}
        self._fragments: LruCache[Hashable, tuple[Any, _Recording]] = LruCache(_CACHED_FRAGMENTS)
        self._recording = _Recording()
        self._input_sets: dict[frozenset[str], Dependency] = {}

    def ask(self, query: Query[T], **arguments: Argument) -> T:
        """Return the answer to a query, and record the dependency on it."""
        key = query.name + encode(arguments).decode()
        answer = self._asked.get(key) or self._answers.get(key)
        if answer is None:
            answer = self._evaluate(key, query, arguments)
            if query.cached:
                self._answers.put(key, answer)
        self._asked[key] = answer
        self._recording.answers[key] = answer.dependency
        view: T = answer.view
        return view

    def record(self, name: str, files: tuple[Dependency, ...]) -> None:
        """Record that the current output depends on inputs.

        `name` is what was requested, such as a template or a setting. It always stands for the
        same inputs.
        """
        self._recording.files[name] = files

    def fragment(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a part that several outputs share, which is created once.

        Each of these outputs depends on everything that the part read.
        """
        kept = self._fragments.get(key)
        if kept is None:
            outer, self._recording = self._recording, _Recording()
            try:
                kept = (make(), self._recording)
            finally:
                self._recording = outer
            self._fragments.put(key, kept)
        made: T = kept[0]
        self._recording.add(kept[1])
        return made

    def flush(self) -> list[Dependency]:
        """Return what was read since the last call; the inputs come as one input set.

        Most outputs of a kind use the same files, so an input set is stored once.
        """
        recording, self._recording = self._recording, _Recording()
        self._asked.clear()
        dependencies = list(recording.answers.values())
        if recording.files:
            names = frozenset(recording.files)
            found = self._input_sets.get(names)
            if found is None:
                found = self._input_sets[names] = _input_set(recording.files.values())
            dependencies.append(found)
        return dependencies

    def _evaluate(self, key: str, query: Query[T], arguments: dict[str, Argument]) -> _Answer[T]:
        rows = query.fetch(self._reader, **arguments)
        dependency = Dependency(key, answer_digest(rows), query.facets(**arguments))
        return _Answer(query.decode(rows), dependency)


def answer_digest(rows: Rows) -> bytes:
    """Return the digest of an answer."""
    return digest(_pack(rows))


def _input_set(noted: Iterable[tuple[Dependency, ...]]) -> Dependency:
    """Return the dependency that stands for several inputs; each of them is a facet of it."""
    ordered = sorted({read for files in noted for read in files}, key=lambda read: read.key)
    key = input_set_key(digest_parts(read.key for read in ordered))
    content = digest(b"".join(read.digest for read in ordered))
    return Dependency(key, content, tuple(Facet(read.key) for read in ordered))
