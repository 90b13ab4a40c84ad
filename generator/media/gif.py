"""GIF without metadata: comments and what programs left for themselves (GIF89a, CompuServe)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.media.credits import Credits, read_xmp, written_xmp
from generator.media.pieces import MediaError, Piece, Range, View, joined

_HEADER_BYTES, _DESCRIPTOR_BYTES = 13, 10
_TABLE, _TABLE_SIZE = 0x80, 0x07
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_GRAPHIC, _PLAIN_TEXT, _APPLICATION = 0xF9, 0x01, 0xFF
_APPLICATIONS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0", b"\x0bICCRGBG1012")
_XMP = b"\x21\xff\x0bXMP DataXMP"
# Leads a decoder that knows nothing of XMP from any byte of it to its end.
_XMP_END = b"\x01" + bytes(range(255, -1, -1)) + b"\0"

Block = tuple[int, int, int]
"""What a block is, where it begins and where it ends."""


def clean_gif(view: View) -> list[Piece]:
    """Return what is published of a GIF file. Raises `MediaError`."""
    data = view[:]
    blocks = list(_blocks(data))
    if all(kind != _IMAGE for kind, _, _ in blocks):
        raise MediaError("is damaged: it ends before the picture begins")
    pieces: list[Piece] = [Range(0, blocks[0][1])]
    credits = Credits()
    ends = b""
    for kind, start, stop in blocks:
        if data.startswith(_XMP, start):
            credits = credits.or_else(read_xmp(data[start + len(_XMP) : stop - len(_XMP_END)]))
        elif kind == _TRAILER:
            ends = data[start:stop]
        elif _is_kept(data, kind, start):
            pieces.append(Range(start, stop))
    if packet := written_xmp(credits):
        pieces.append(_placed(data, _XMP + packet + _XMP_END))
    if ends:
        pieces.append(Range(blocks[-1][1], blocks[-1][2]))
    return joined(pieces)


def _placed(data: bytes, block: bytes) -> Piece:
    start = data.find(block)
    return Range(start, start + len(block)) if start >= 0 else block


def _is_kept(data: bytes, kind: int, start: int) -> bool:
    if kind != _EXTENSION:
        return True
    label = data[start + 1]
    return label in (_GRAPHIC, _PLAIN_TEXT) or (
        label == _APPLICATION and data.startswith(_APPLICATIONS, start + 2)
    )


def _blocks(data: bytes) -> Iterator[Block]:
    """Yield the blocks up to the trailer, or to the first byte that begins none."""
    position = _HEADER_BYTES + _table(data, _HEADER_BYTES - 3)
    while position + 1 < len(data) or data[position : position + 1] == b";":
        kind, start = data[position], position
        if kind == _TRAILER:
            yield kind, start, start + 1
            return
        if kind == _EXTENSION:
            position += 2
        elif kind == _IMAGE:
            position += _DESCRIPTOR_BYTES + _table(data, start + _DESCRIPTOR_BYTES - 1) + 1
        else:
            return
        while position < len(data) and data[position]:
            position += data[position] + 1
        position = min(position + 1, len(data))
        yield kind, start, position


def _table(data: bytes, place: int) -> int:
    """Return how long the colour table is that the flags at a place announce."""
    flags = data[place] if place < len(data) else 0
    return 3 << ((flags & _TABLE_SIZE) + 1) if flags & _TABLE else 0
