"""A file to be published as a list of pieces: ranges of the source, and bytes that replace others.

A video is thus never held in memory, and what stays the same is never copied to find out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 20
_MOST_READS = 500_000


class MediaError(Exception):
    """A file can't be read as what it is, or must not be published; the message is for authors."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Range(NamedTuple):
    """Bytes of the source that stay."""

    start: int
    stop: int


class Edit(NamedTuple):
    """New bytes for those of the source from `start` to `stop`."""

    start: int
    stop: int
    data: bytes


Piece = bytes | Range


@dataclass(slots=True)
class OpenFile:
    """An open file that can be sliced as `bytes` can; only what is asked for is read.

    Raises `MediaError` when it was asked more often than any file of a newsroom needs.
    """

    file: BinaryIO
    reads: int = 0

    def __len__(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def __getitem__(self, part: slice) -> bytes:
        self.reads += 1
        if self.reads > _MOST_READS:
            raise MediaError("has more parts than any film or picture")
        start, stop, _ = part.indices(len(self))
        self.file.seek(start)
        return self.file.read(max(0, stop - start))


View = bytes | OpenFile


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the same pieces with adjacent ranges as one, and without empty ones."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, Range) and isinstance(last, Range) and last.stop == piece.start:
            found[-1] = Range(last.start, piece.stop)
        elif piece if isinstance(piece, bytes) else piece.start < piece.stop:
            found.append(piece)
    return found


def edited(view: View, edits: Iterable[Edit]) -> list[Piece]:
    """Return the source with edits made. Raises `MediaError` where two of them overlap."""
    pieces: list[Piece] = []
    position = 0
    for start, stop, data in sorted(edits):
        if start < position or stop > len(view):
            raise MediaError("is damaged: two of its parts overlap")
        if view[start:stop] != data:
            pieces += (Range(position, start), data)
            position = stop
    return joined([*pieces, Range(position, len(view))])


def is_whole(pieces: list[Piece], view: View) -> bool:
    """Return whether the pieces are the source as it is."""
    return len(view) == 0 or pieces == [Range(0, len(view))]


def content_of(pieces: Iterable[Piece], view: View) -> Iterator[bytes]:
    """Yield the bytes of the pieces, in chunks."""
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece
            continue
        for start in range(piece.start, piece.stop, _CHUNK):
            yield view[start : min(start + _CHUNK, piece.stop)]
