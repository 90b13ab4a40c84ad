"""WebP without metadata. Chunks are those of RFC 9649, section 2."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from generator.media.credits import Credits, read_xmp, written_xmp
from generator.media.exif import kept_exif
from generator.media.pieces import MediaError, Piece, Range, View, joined

_HEADER_BYTES = 12
_PICTURE = (b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
_EXTENDED, _EXIF, _XMP = b"VP8X", b"EXIF", b"XMP "
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_EXIF_PREFIX = b"Exif\0\0"


class _Chunk(NamedTuple):
    type: bytes
    start: int
    stop: int

    def data(self, content: bytes) -> bytes:
        (length,) = struct.unpack_from("<I", content, self.start + 4)
        return content[self.start + 8 : self.start + 8 + length]


def clean_webp(view: View) -> list[Piece]:
    """Return what is published of a WebP file. Raises `MediaError`."""
    content = view[:]
    chunks = list(_chunks(content))
    if not any(chunk.type in (b"VP8 ", b"VP8L", b"ANMF") for chunk in chunks):
        raise MediaError("is damaged: it ends before the picture begins")
    found = {_EXIF: b"", _XMP: b""}
    if chunks[0].type == _EXTENDED:
        found = _identity(content, chunks)
    pieces: list[Piece] = []
    for chunk in chunks:
        if chunk.type == _EXTENDED:
            pieces.append(_flagged(content, chunk, found))
        elif chunk.type in _PICTURE:
            pieces.append(Range(chunk.start, chunk.stop))
    pieces += (_placed(content, chunks, *each) for each in found.items() if each[1])
    size = sum(len(each) if isinstance(each, bytes) else each[1] - each[0] for each in pieces) + 4
    return joined([*_header(content, size), *pieces])


def _header(content: bytes, size: int) -> tuple[Piece, ...]:
    header = b"RIFF" + struct.pack("<I", size) + b"WEBP"
    return (Range(0, _HEADER_BYTES),) if content.startswith(header) else (header,)


def _chunks(content: bytes) -> Iterator[_Chunk]:
    position = _HEADER_BYTES
    end = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    while position + 8 <= end:
        kind, length = struct.unpack_from("<4sI", content, position)
        stop = position + 8 + length + length % 2
        yield _Chunk(kind, position, min(stop, len(content)))
        position = stop


def _identity(content: bytes, chunks: list[_Chunk]) -> dict[bytes, bytes]:
    """Return how the picture is turned, and whose it is, by the chunks that say so."""
    exif, credits = b"", Credits()
    for chunk in chunks:
        if chunk.type == _EXIF:
            exif = exif or kept_exif(chunk.data(content).removeprefix(_EXIF_PREFIX))
        elif chunk.type == _XMP:
            credits = credits.or_else(read_xmp(chunk.data(content)))
    return {_EXIF: exif, _XMP: written_xmp(credits)}


def _flagged(content: bytes, chunk: _Chunk, found: dict[bytes, bytes]) -> Piece:
    """Return the chunk that announces the others."""
    data = chunk.data(content)
    flags = data[0] & ~(_EXIF_FLAG | _XMP_FLAG) if data else 0
    flags |= _EXIF_FLAG * bool(found[_EXIF]) | _XMP_FLAG * bool(found[_XMP])
    if not data or flags == data[0]:
        return Range(chunk.start, chunk.stop)
    return content[chunk.start : chunk.start + 8] + bytes((flags,)) + data[1:]


def _placed(content: bytes, chunks: list[_Chunk], kind: bytes, data: bytes) -> Piece:
    for chunk in chunks:
        if chunk.type == kind and chunk.data(content) == data:
            return Range(chunk.start, chunk.stop)
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
