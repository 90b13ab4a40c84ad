"""Exif data: how a picture is turned, and whose it is, in a block of our own making.

Exif is a TIFF file without a picture: a header, and a directory of numbered values
(CIPA DC-008, section 4.6). Only the first directory is read; what can't be read has nothing to
keep.
"""

from __future__ import annotations

import struct

_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_ASCII, _SHORT = 2, 3
_ENTRY_BYTES = 12
_DIRECTORY = 8
_LONGEST = 4096
_UPRIGHT, _MOST = 1, 8
# A directory with nothing in it, for containers in which the block can't be left out.
EMPTY = b"MM\0*\0\0\0\x08" + bytes(6)


def kept_exif(block: bytes) -> bytes:
    """A block with the orientation, artist and copyright of another; empty if it has none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return b""
    try:
        orientation, texts = _read(block, order)
    except struct.error:
        return b""
    if not _UPRIGHT < orientation <= _MOST:
        orientation = 0
    return _written(orientation, texts) if orientation or texts else b""


def _read(block: bytes, order: str) -> tuple[int, dict[int, bytes]]:
    (directory,) = struct.unpack_from(f"{order}I", block, 4)
    (count,) = struct.unpack_from(f"{order}H", block, directory)
    orientation, texts = 0, {}
    for number in range(count):
        place = directory + 2 + number * _ENTRY_BYTES
        tag, kind, length, offset = struct.unpack_from(f"{order}HHII", block, place)
        if tag == _ORIENTATION and kind == _SHORT:
            (orientation,) = struct.unpack_from(f"{order}H", block, place + 8)
        elif tag in (_ARTIST, _COPYRIGHT) and kind == _ASCII:
            start = place + 8 if length <= 4 else offset  # noqa: PLR2004 - as long as the offset is
            text = block[start : start + min(length, _LONGEST)].strip(b"\0 ")
            if text:
                texts[tag] = text
    return orientation, texts


def _written(orientation: int, texts: dict[int, bytes]) -> bytes:
    count = bool(orientation) + len(texts)
    entries, values = b"", b""
    start = _DIRECTORY + 2 + count * _ENTRY_BYTES + 4
    if orientation:
        entries += struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    for tag, text in sorted(texts.items()):
        value = text + b"\0"
        entries += struct.pack(">HHI", tag, _ASCII, len(value))
        if len(value) <= 4:  # noqa: PLR2004 - as long as the offset is
            entries += value.ljust(4, b"\0")
        else:
            entries += struct.pack(">I", start + len(values))
            values += value + bytes(len(value) % 2)
    return b"MM\0*" + struct.pack(">IH", _DIRECTORY, count) + entries + bytes(4) + values
