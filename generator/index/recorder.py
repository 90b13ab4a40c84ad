"""Asking queries, and keeping a record of what was asked and answered.

A `Query` turns plain arguments into rows and rows into a view. The `Recorder` is the one way to
ask: it remembers, for the output being rendered, each question, the digest of its answer and the
facets under which a change could alter it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from generator.index.cache import LruCache
from generator.index.facets import Facet
from generator.index.reader import IndexReader

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Argument = str | int | bool | None | tuple[str, ...]

DIGEST_BYTES = 16
FILE_PREFIX = "file/"
SETTING_PREFIX = "site/"
INPUT_SET_PREFIX = "inputs/"
_CACHED_ANSWERS = 1024
_CACHED_FRAGMENTS = 8192

_encode = msgspec.json.Encoder(order="deterministic").encode
_pack = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A named question. `rows` asks, `view` shapes the answer, `facets` says what can change it.

    `shared` is false where hardly two outputs ask the same: answers are not kept for others, and
    the question is recorded with the output.
    """

    name: str
    rows: Callable[..., Rows]
    view: Callable[[Rows], T]
    facets: Callable[..., tuple[Facet, ...]]
    shared: bool = True


class Dependency(NamedTuple):
    """One thing that an output was made from, and the digest of what it was then.

    A tuple, as workers send several for every page.
    """

    key: str
    digest: bytes
    facets: tuple[Facet, ...] = ()


class Dependencies(NamedTuple):
    """All that one output was made from: what others ask as well, and what is its own."""

    shared: list[Dependency]
    own: list[Dependency]


@dataclass(frozen=True, slots=True)
class _Answer(Generic[T]):
    view: T
    read: Dependency
    shared: bool


@dataclass(slots=True)
class _Recording:
    """What one output or fragment has read so far: answers by key, files by what noted them."""

    shared: dict[str, Dependency] = field(default_factory=dict)
    own: dict[str, Dependency] = field(default_factory=dict)
    files: dict[str, tuple[Dependency, ...]] = field(default_factory=dict)

    def add(self, other: _Recording) -> None:
        """Add what a part has read."""
        self.shared.update(other.shared)
        self.own.update(other.own)
        self.files.update(other.files)


class Recorder:
    """Asks on behalf of one output at a time; lives as long as its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._snapshot = IndexReader(connection)
        self._answers: LruCache[str, _Answer[Any]] = LruCache(_CACHED_ANSWERS)
        self._asked: dict[str, _Answer[Any]] = {}
        self._fragments: LruCache[Hashable, tuple[Any, _Recording]] = LruCache(_CACHED_FRAGMENTS)
        self._recording = _Recording()
        self._bundles: dict[frozenset[str], Dependency] = {}

    def ask(self, query: Query[T], **arguments: Argument) -> T:
        """The answer to a query now, noted among the current output's reads."""
        key = query.name + _encode(arguments).decode()
        answer = self._asked.get(key) or self._answers.get(key)
        if answer is None:
            answer = self._evaluate(key, query, arguments)
            if query.shared:
                self._answers.put(key, answer)
        self._asked[key] = answer
        (self._recording.shared if answer.shared else self._recording.own)[key] = answer.read
        view: T = answer.view
        return view

    def record(self, name: str, files: tuple[Dependency, ...]) -> None:
        """Add files of the theme to the current output's reads.

        `name` is what was asked for, such as a template, and stands for the same files each time.
        """
        self._recording.files[name] = files

    def fragment(self, key: Hashable, make: Callable[[], T]) -> T:
        """A part that several outputs share, made once; each of them gets all that it read."""
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

    def flush(self) -> Dependencies:
        """The reads since the last call; the files of the theme come as one bundle.

        Most outputs of a kind use the same files, so a bundle is stored once.
        """
        noted, self._recording = self._recording, _Recording()
        self._asked.clear()
        reads = Dependencies(list(noted.shared.values()), list(noted.own.values()))
        if noted.files:
            names = frozenset(noted.files)
            bundle = self._bundles.get(names)
            if bundle is None:
                bundle = self._bundles[names] = _bundle(noted.files.values())
            reads.shared.append(bundle)
        return reads

    def _evaluate(self, key: str, query: Query[T], arguments: dict[str, Argument]) -> _Answer[T]:
        rows = query.rows(self._snapshot, **arguments)
        read = Dependency(key, digest(rows), query.facets(**arguments))
        return _Answer(query.view(rows), read, query.shared)


def digest(rows: Rows) -> bytes:
    """Equal for equal answers."""
    return blake2b(_pack(rows), digest_size=DIGEST_BYTES).digest()


def _bundle(noted: Iterable[tuple[Dependency, ...]]) -> Dependency:
    """One read that stands for several inputs; each of them is a facet of it."""
    ordered = sorted({read for files in noted for read in files}, key=lambda read: read.key)
    named = blake2b("\n".join(read.key for read in ordered).encode(), digest_size=DIGEST_BYTES)
    content = blake2b(b"".join(read.digest for read in ordered), digest_size=DIGEST_BYTES)
    key = f"{INPUT_SET_PREFIX}{named.hexdigest()}"
    return Dependency(key, content.digest(), tuple(Facet(read.key) for read in ordered))
