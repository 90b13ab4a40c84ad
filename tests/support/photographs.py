"""Photographs as telephones and agencies write them, with everything in them that may be."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SIDEWAYS: Final = 6
COPYRIGHT: Final = "(c) Leila Karimi"
ARTIST: Final = "Leila Karimi"
# What no published file may hold.
SECRETS: Final = (
    b"SERIAL-4711",
    b"MAKER-NOTE",
    b"OWNER-NAME",
    b"35.6892",
    b"At home",
    b"a comment of the editor's",
    b"behind the end",
)
_XMP: Final = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="35.6892" '
    b'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Courier Pictures">'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def photograph(kind: str) -> bytes:
    """A picture with the place, the camera's serial number, a thumbnail's worth of notes."""
    picture = Image.radial_gradient("L").resize((64, 48)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    exif[0x013B] = ARTIST
    exif[0x8298] = COPYRIGHT
    exif[0xA430] = "OWNER-NAME"
    details = exif.get_ifd(0x8769)
    details[0xA431] = "SERIAL-4711"
    details[0x927C] = b"MAKER-NOTE"
    details[0x9286] = b"ASCII\0\0\0At home"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (35.0, 41.0, 21.0), "E", (51.0, 25.0, 1.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = io.BytesIO()
    if kind == "png":
        text = PngInfo()
        text.add_text("Comment", "a comment of the editor's")
        text.add_itxt("XML:com.adobe.xmp", _XMP.decode())
        picture.save(file, "PNG", exif=exif.tobytes(), icc_profile=profile, pnginfo=text)
        return file.getvalue() + b"behind the end"
    picture.save(file, kind, exif=exif.tobytes(), icc_profile=profile, xmp=_XMP)
    data = file.getvalue()
    if kind == "jpeg":
        comment = b"a comment of the editor's"
        segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
        return data[:2] + segment + data[2:] + b"behind the end"
    return data


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
