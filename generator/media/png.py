"""PNG without metadata. Chunks are those of the PNG specification, third edition (W3C, 2025)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from generator.media.credits import Credits, read_xmp, written_xmp
from generator.media.exif import kept_exif
from generator.media.pieces import MediaError, Piece, Range, View, joined

_SIGNATURE_BYTES = 8
_PICTURE = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs "
    b"sPLT acTL fcTL fdAT".split()
)
_CREDITED = (b"Author\0", b"Copyright\0")
_XMP = b"XML:com.adobe.xmp\0"
# Not compressed, and neither a language nor a translated name.
_XMP_HEAD = _XMP + bytes(4)


class _Chunk(NamedTuple):
    type: bytes
    start: int
    stop: int

    def data(self, content: bytes) -> bytes:
        return content[self.start + 8 : self.stop - 4]


def clean_png(view: View) -> list[Piece]:
    """Return what is published of a PNG file. Raises `MediaError`."""
    content = view[:]
    chunks = list(_chunks(content))
    if not chunks or chunks[0].type != b"IHDR" or all(each.type != b"IDAT" for each in chunks):
        raise MediaError("is damaged: it ends before the picture begins")
    head = Range(0, chunks[0].stop)
    kept = [Range(each.start, each.stop) for each in chunks[1:] if _is_kept(content, each)]
    return joined([head, *_identity(content, chunks), *kept])


def _chunks(content: bytes) -> Iterator[_Chunk]:
    position = _SIGNATURE_BYTES
    while position + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, position)
        stop = position + 12 + length
        if stop > len(content):
            # The end of the picture is missing, and browsers show what there is of it.
            if kind in (b"IDAT", b"fdAT"):
                yield _Chunk(kind, position, len(content))
            return
        yield _Chunk(kind, position, stop)
        if kind == b"IEND":
            return
        position = stop


def _is_kept(content: bytes, chunk: _Chunk) -> bool:
    if chunk.type in (b"tEXt", b"iTXt", b"zTXt"):
        return content.startswith(_CREDITED, chunk.start + 8)
    return chunk.type in _PICTURE


def _identity(content: bytes, chunks: list[_Chunk]) -> Iterator[Piece]:
    """Yield how the picture is turned, and whose it is."""
    exif, credits = b"", Credits()
    places: dict[tuple[bytes, bytes], _Chunk] = {}
    for chunk in chunks:
        if chunk.type not in (b"eXIf", b"iTXt"):
            continue
        data = chunk.data(content)
        places[chunk.type, data] = chunk
        if chunk.type == b"eXIf":
            exif = exif or kept_exif(data)
        elif data.startswith(_XMP_HEAD):
            credits = credits.or_else(read_xmp(data[len(_XMP_HEAD) :]))
    xmp = written_xmp(credits)
    for kind, block in ((b"eXIf", exif), (b"iTXt", _XMP_HEAD + xmp if xmp else b"")):
        if (kind, block) in places:
            yield Range(places[kind, block].start, places[kind, block].stop)
        elif block:
            yield _chunk(kind, block)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))
