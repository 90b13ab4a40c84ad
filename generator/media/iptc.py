"""Credits in IPTC's older form, as it is stored among Photoshop's resources in a JPEG file.

IPTC-NAA Information Interchange Model, version 4; Adobe Photoshop File Formats, "Image Resource
Blocks".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from generator.media.credits import Credits

_RESOURCE, _IPTC = b"8BIM", 0x0404
_TAG_MARK, _APPLICATION = 0x1C, 2
_BYLINE, _CREDIT, _COPYRIGHT = 80, 110, 116
_EXTENDED = 0x8000


def read_iptc(resources: bytes) -> Credits:
    """Return the credits among Photoshop's resources: none, if they can't be read."""
    names: list[str] = []
    found: dict[int, str] = {}
    for number, value in _values(resources):
        text = " ".join(_decoded(value).split())
        if number == _BYLINE and text:
            names.append(text)
        elif text:
            found.setdefault(number, text)
    return Credits(tuple(names), found.get(_CREDIT, ""), found.get(_COPYRIGHT, ""))


def _values(resources: bytes) -> Iterator[tuple[int, bytes]]:
    data = _resource(resources)
    position = 0
    while position + 5 <= len(data) and data[position] == _TAG_MARK:
        _, record, number, length = struct.unpack_from(">BBBH", data, position)
        position += 5
        if length & _EXTENDED:
            return
        if record == _APPLICATION and number in (_BYLINE, _CREDIT, _COPYRIGHT):
            yield number, data[position : position + length]
        position += length


def _resource(resources: bytes) -> bytes:
    """Return the resource that holds IPTC's data."""
    position = 0
    while resources[position : position + 4] == _RESOURCE and position + 12 <= len(resources):
        (number,) = struct.unpack_from(">H", resources, position + 4)
        name = resources[position + 6] + 1
        position += 6 + name + name % 2
        if position + 4 > len(resources):
            break
        (size,) = struct.unpack_from(">I", resources, position)
        position += 4
        if number == _IPTC:
            return resources[position : position + size]
        position += size + size % 2
    return b""


def _decoded(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return "".join(character for character in text if character.isprintable())
