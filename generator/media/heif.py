"""AVIF and HEIF without metadata, which is in items beside the picture (ISO/IEC 23008-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from generator.media.boxes import FULL_BYTES, Box, boxes, inside
from generator.media.credits import read_xmp, written_xmp
from generator.media.exif import EMPTY, kept_exif
from generator.media.pieces import Edit, MediaError, View

_EXIF, _MIME = b"Exif", b"mime"
# Items that pictures are made of; whatever else there may be goes.
_PICTURE = frozenset(b"av01 hvc1 avc1 vvc1 j2k1 jpeg unci grid iovl iden tmap auxl".split())
_IN_FILE, _IN_IDAT = 0, 1
_WIDE_IDS, _METHODS = 2, (1, 2)
_MOST_BYTES = 64 << 20
_LONGEST_LIST = 1 << 20


class _Item(NamedTuple):
    number: int
    method: int
    extents: tuple[tuple[int, int], ...]


def heif_edits(view: View) -> Iterator[Edit]:
    """Yield what is overwritten in a picture. Raises `MediaError`."""
    for box in boxes(view, 0, len(view)):
        if box.type == b"meta":
            yield from _meta_edits(view, box)


def _meta_edits(view: View, meta: Box) -> Iterator[Edit]:
    parts = {box.type: box for box in inside(view, meta)}
    infos, places = parts.get(b"iinf"), parts.get(b"iloc")
    if infos is None or places is None:
        return
    if places.stop - places.body > _LONGEST_LIST:
        raise MediaError("has more parts than any film or picture")
    idat = parts.get(b"idat")
    try:
        kinds = dict(_kinds(view, infos))
        items = list(_located(BytesIO(view[places.body : places.stop])))
    except struct.error as error:
        raise MediaError("is damaged: the list of its parts ends too soon") from error
    metadata = [item for item in items if kinds.get(item.number) not in _PICTURE]
    if sum(stop - start for item in metadata for start, stop in item.extents) > _MOST_BYTES:
        raise MediaError("has metadata that is longer than any picture")
    for item in metadata:
        yield from _item_edits(view, item, kinds.get(item.number, b""), idat)


def _kinds(view: View, infos: Box) -> Iterator[tuple[int, bytes]]:
    """Yield the type of every item by its number."""
    version = view[infos.body : infos.body + 1]
    body = infos.body + FULL_BYTES + (2 if version == b"\0" else 4)
    for box in boxes(view, body, infos.stop):
        data = view[box.body : box.body + 12]
        wide = data[:1] != bytes((_WIDE_IDS,))
        number, _, kind = struct.unpack_from(">IH4s" if wide else ">HH4s", data.ljust(14), 4)
        yield number, kind


def _located(file: BytesIO) -> Iterator[_Item]:
    """Yield where the items' bytes lie, from the content of `iloc`."""
    version, _, sizes = struct.unpack(">B3sH", file.read(6))
    offset, length, base, index = (sizes >> shift & 0xF for shift in (12, 8, 4, 0))
    wide = 4 if version == _WIDE_IDS else 2
    for _ in range(_number(file, wide)):
        number = _number(file, wide)
        method = _number(file, 2) & 0xF if version in _METHODS else _IN_FILE
        _number(file, 2)
        start = _number(file, base)
        extents = []
        for _ in range(_number(file, 2)):
            _number(file, index if version in _METHODS else 0)
            place = start + _number(file, offset)
            extents.append((place, place + _number(file, length)))
        yield _Item(number, method, tuple(extents))


def _number(file: BytesIO, size: int) -> int:
    data = file.read(size)
    if len(data) < size:
        raise MediaError("is damaged: the list of its parts ends too soon")
    return int.from_bytes(data, "big")


def _item_edits(view: View, item: _Item, kind: bytes, idat: Box | None) -> Iterator[Edit]:
    known = item.method == _IN_FILE or (item.method == _IN_IDAT and idat is not None)
    # A length of 0 stands for all of the file.
    if not known or any(start == stop for start, stop in item.extents):
        raise MediaError("keeps metadata in a way that can't be read")
    moved = idat.body if item.method == _IN_IDAT and idat else 0
    extents = [(start + moved, stop + moved) for start, stop in item.extents]
    content = b"".join(view[start:stop] for start, stop in extents)
    rest = _kept(kind, content)
    for start, stop in extents:
        part, rest = rest[: stop - start], rest[stop - start :]
        yield Edit(start, stop, part)


def _kept(kind: bytes, content: bytes) -> bytes:
    """Return what stands for an item's bytes from now on, as long as they are."""
    length = len(content)
    if kind == _EXIF:
        skipped = 4 + int.from_bytes(content[:4], "big")
        block = bytes(4) + (kept_exif(content[skipped:]) or EMPTY)
        return block.ljust(length, b"\0") if len(block) <= length else bytes(length)
    if kind == _MIME:
        packet = written_xmp(read_xmp(content))
        return packet.ljust(length) if len(packet) <= length else b" " * length
    return bytes(length)
