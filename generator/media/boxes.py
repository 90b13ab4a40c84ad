"""The boxes that MP4, QuickTime and HEIF files are made of (ISO/IEC 14496-12, section 4).

Positions of the picture and sound are written all over such a file, so nothing in it may move:
what goes is overwritten.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from generator.media.pieces import Edit, MediaError, View

_HEADER_BYTES, _LARGE_HEADER_BYTES = 8, 16
_TO_THE_END, _LARGE = 0, 1
_MOST_BYTES = 64 << 20
FREE = b"free"
# Version and flags, which some boxes begin with.
FULL_BYTES = 4


class Box(NamedTuple):
    """A box: its type, and where it, its content and what follows it begin."""

    type: bytes
    start: int
    body: int
    stop: int


def boxes(view: View, start: int, stop: int) -> Iterator[Box]:
    """Yield the boxes between two places. Raises `MediaError`."""
    position = start
    while position + _HEADER_BYTES <= stop:
        header = view[position : position + _LARGE_HEADER_BYTES]
        size, kind = struct.unpack_from(">I4s", header)
        body = position + _HEADER_BYTES
        if size == _LARGE and len(header) == _LARGE_HEADER_BYTES:
            (size,) = struct.unpack_from(">Q", header, _HEADER_BYTES)
            body = position + _LARGE_HEADER_BYTES
        elif size == _TO_THE_END:
            size = stop - position
        end = position + size
        if end < body or end > stop:
            # A file may be cut short in its last part, which players bear.
            if kind == b"mdat" and end >= body:
                yield Box(kind, position, body, stop)
                return
            raise MediaError("is damaged: one of its parts is longer than the file")
        yield Box(kind, position, body, end)
        position = end


def inside(view: View, box: Box) -> Iterator[Box]:
    """Yield the boxes in a box; QuickTime's `meta` has no version, and others have one."""
    body = box.body
    if box.type == b"meta" and view[body + 4 : body + 8] != b"hdlr":
        body += FULL_BYTES
    # Four bytes of zero end a list in QuickTime.
    padding = 4 if view[box.stop - 4 : box.stop] == bytes(4) and box.type == b"udta" else 0
    yield from boxes(view, body, box.stop - padding)


def blanked(box: Box) -> tuple[Edit, ...]:
    """Return a box as one that holds nothing, as long as before."""
    if box.stop - box.start > _MOST_BYTES:
        raise MediaError("has a part for metadata that is longer than most films")
    kind = box.start + 4
    return Edit(kind, kind + 4, FREE), Edit(box.body, box.stop, bytes(box.stop - box.body))
