"""MP4, QuickTime and M4A without the place where they were recorded, and without XMP.

Titles, chapters and covers stay. What a camera wrote as a track of its own stays, too, and is
warned of.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.media.boxes import Box, blanked, boxes, inside
from generator.media.pieces import Edit, View

_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_PLACES = frozenset((b"\xa9xyz", b"loci", b"XMP_", b"GPS ", b"gps "))
_PLACE_WORDS = (b"location", b"gps")
# Sample entries of tracks in which cameras note where they are.
_PLACE_TRACKS = (b"gpmd", b"camm", b"location")
_NAME_BYTES = 8
_FORMATS_READ = 1 << 16


def movie_edits(view: View) -> Iterator[Edit]:
    """Yield what is overwritten in a film or recording. Raises `MediaError`."""
    for box in boxes(view, 0, len(view)):
        if box.type == b"uuid" and view[box.body : box.body + 16] == _XMP_UUID:
            yield from blanked(box)
        elif box.type == b"moov":
            for part in inside(view, box):
                yield from _part_edits(view, part)


def place_track(view: View) -> bool:
    """Return whether a film has a track of its own that may say where it was recorded."""
    return any(
        any(word in _formats(view, part) for word in _PLACE_TRACKS)
        for box in boxes(view, 0, len(view))
        if box.type == b"moov"
        for part in inside(view, box)
        if part.type == b"trak"
    )


def _part_edits(view: View, part: Box) -> Iterator[Edit]:
    if part.type == b"trak":
        for box in inside(view, part):
            if box.type in (b"udta", b"meta"):
                yield from _part_edits(view, box)
    elif part.type == b"udta":
        for box in inside(view, part):
            if box.type in _PLACES:
                yield from blanked(box)
            elif box.type == b"meta":
                yield from _part_edits(view, box)
    elif part.type == b"meta":
        yield from _meta_edits(view, part)


def _meta_edits(view: View, meta: Box) -> Iterator[Edit]:
    """Yield values whose name tells of a place; names are numbered from 1 where there are any."""
    parts = {box.type: box for box in inside(view, meta)}
    keys, values = parts.get(b"keys"), parts.get(b"ilst")
    names = list(_names(view, keys)) if keys else []
    for item in inside(view, values) if values else ():
        number = int.from_bytes(item.type, "big")
        name = names[number - 1].lower() if 0 < number <= len(names) else b""
        if item.type in _PLACES or any(word in name for word in _PLACE_WORDS):
            yield from blanked(item)


def _names(view: View, keys: Box) -> Iterator[bytes]:
    for box in boxes(view, keys.body + _NAME_BYTES, keys.stop):
        yield view[box.body : box.stop]


def _formats(view: View, track: Box) -> bytes:
    """Return the part of a track that says what is in it."""
    box: Box | None = track
    for kind in (b"mdia", b"minf", b"stbl", b"stsd"):
        box = next((each for each in inside(view, box) if each.type == kind), None) if box else None
    return view[box.body : min(box.stop, box.body + _FORMATS_READ)] if box else b""
