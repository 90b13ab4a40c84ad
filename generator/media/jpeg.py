"""JPEG without metadata: what decoders need stays, byte for byte, and nothing else does.

Markers are those of ITU-T T.81, table B.1. What follows the end of the picture, such as a phone's
second picture or a film of the moment, goes too.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from generator.media.credits import Credits, read_xmp, written_xmp
from generator.media.exif import kept_exif
from generator.media.iptc import read_iptc
from generator.media.pieces import MediaError, Piece, Range, View, joined

_SOI = b"\xff\xd8"
# A marker: bytes of the picture that look like one are followed by 0, or restart it.
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_EOI, _SOS, _TEM = 0xD9, 0xDA, 0x01
_PICTURE = frozenset((*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF))
_APP0, _APP1, _APP2, _APP13, _APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
_JFIF, _ADOBE, _ICC = b"JFIF\0", b"Adobe", b"ICC_PROFILE\0"
_JFIF_BYTES, _ADOBE_BYTES = 14, 12
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"


class _Segment(NamedTuple):
    """A marker with its data, and for a scan the picture's bytes up to the next marker."""

    marker: int
    start: int
    body: int
    stop: int


def clean_jpeg(view: View) -> list[Piece]:
    """Return what is published of a JPEG file. Raises `MediaError`."""
    data = view[:]
    segments = list(_segments(data))
    if not any(segment.marker == _SOS for segment in segments):
        raise MediaError("is damaged: it ends before the picture begins")
    head: list[Piece] = [Range(0, len(_SOI))]
    if segments[0].marker == _APP0:
        head += _kept(data, segments.pop(0))
    return joined([*head, *_identity(data, segments), *_rest(data, segments)])


def _segments(data: bytes) -> Iterator[_Segment]:
    position, scanned = len(_SOI), False
    while found := _MARKER.search(data, position):
        start, marker = found.start(), data[found.start() + 1]
        if marker == _EOI:
            yield _Segment(marker, start, start + 2, start + 2)
            return
        if marker == _TEM:
            position = start + 2
            continue
        body = start + 4
        length = int.from_bytes(data[start + 2 : body], "big")
        stop = start + 2 + length
        if length < 2 or stop > len(data):  # noqa: PLR2004 - the length counts itself
            if not scanned:
                raise MediaError("is damaged: it ends before the picture begins")
            return
        if marker == _SOS:
            scanned = True
            after = _MARKER.search(data, stop)
            stop = after.start() if after else len(data)
        yield _Segment(marker, start, body, stop)
        position = stop


def _rest(data: bytes, segments: list[_Segment]) -> Iterator[Piece]:
    for segment in segments:
        yield from _kept(data, segment)


def _kept(data: bytes, segment: _Segment) -> Iterator[Piece]:
    marker, start, body, stop = segment
    if marker in _PICTURE or marker == _EOI:
        yield Range(start, stop)
    elif marker == _APP0 and data.startswith(_JFIF, body):
        # The last two bytes are the size of a thumbnail, which may show what was cut away.
        plain = data[body : body + _JFIF_BYTES - 2].ljust(_JFIF_BYTES - 2, b"\0") + b"\0\0"
        yield _as_it_was(data, segment, plain)
    elif marker == _APP14 and data.startswith(_ADOBE, body):
        yield _as_it_was(data, segment, data[body : min(stop, body + _ADOBE_BYTES)])
    elif marker == _APP2 and data.startswith(_ICC, body):
        yield Range(start, stop)


def _as_it_was(data: bytes, segment: _Segment, body: bytes) -> Piece:
    if data[segment.body : segment.stop] == body:
        return Range(segment.start, segment.stop)
    return _segment(segment.marker, body)


def _identity(data: bytes, segments: list[_Segment]) -> Iterator[Piece]:
    """Yield how the picture is turned, and whose it is."""
    exif, old, new = b"", Credits(), Credits()
    places: dict[bytes, _Segment] = {}
    for segment in segments:
        body = data[segment.body : segment.stop] if segment.marker in (_APP1, _APP13) else b""
        if body.startswith(_EXIF):
            exif = exif or kept_exif(body[len(_EXIF) :])
        elif body.startswith(_XMP):
            new = new.or_else(read_xmp(body[len(_XMP) :]))
        elif body.startswith(_PHOTOSHOP):
            old = old.or_else(read_iptc(body[len(_PHOTOSHOP) :]))
        places[body] = segment
    xmp = written_xmp(new.or_else(old))
    for name, block in ((_EXIF, exif), (_XMP, xmp)):
        if block and name + block in places:
            same = places[name + block]
            yield Range(same.start, same.stop)
        elif block and len(name + block) <= 0xFFFF - 2:
            yield _segment(_APP1, name + block)


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
