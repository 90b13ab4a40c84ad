"""Removes private metadata from files."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from typing import Final

from generator.media.gif import clean_gif
from generator.media.heif import heif_edits
from generator.media.jpeg import clean_jpeg
from generator.media.movie import movie_edits
from generator.media.pieces import MediaError, Piece, Range, View, content_of, edited, is_whole
from generator.media.png import clean_png
from generator.media.webp import clean_webp

# To be raised when these rules change, as files that were published by others are then old.
RULES: Final = 1
HEAD_BYTES: Final = 16
LARGEST_PICTURE: Final = 256 << 20

_FILMS = frozenset(b"ftyp moov mdat wide free skip pnot".split())
# Pictures that are known by their first bytes, and that nothing here can clean.
_OTHERS: Final = {
    b"II*\0": "TIFF or raw",
    b"MM\0*": "TIFF or raw",
    b"II+\0": "BigTIFF",
    b"MM\0+": "BigTIFF",
    b"8BPS": "Photoshop",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"\0\0\0\x0cjP  ": "JPEG 2000",
}
_EMBEDDED = re.compile(rb"(data:image/(?:jpeg|jpg|png|gif|webp|avif);base64,)([A-Za-z0-9+/=\s]+)")


def cleaned(view: View, *, drawing: bool = False) -> list[Piece] | None:
    """Return the pieces that are published of a file; None if all of it may be.

    A `drawing` is SVG, in which pictures are embedded. Raises `MediaError`.
    """
    if not len(view):
        return None
    head = view[:HEAD_BYTES]
    if drawing:
        pieces = _embedded(view)
    elif cleaner := cleaner_of(head):
        pieces = cleaner(view)
    else:
        return None
    return None if is_whole(pieces, view) else pieces


def cleaned_bytes(data: bytes) -> bytes:
    """Return what is published of a file in memory. Raises `MediaError`."""
    pieces = cleaned(data)
    return data if pieces is None else b"".join(content_of(pieces, data))


def cleaner_of(head: bytes) -> Callable[[View], list[Piece]] | None:
    """Return what cleans a file that begins like this; None if it is neither picture nor film.

    Raises `MediaError` for pictures that can't be cleaned.
    """
    if name := next((name for start, name in _OTHERS.items() if head.startswith(start)), None):
        raise unreadable(name)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _whole(clean_webp)
    if head[4:8] in _FILMS:
        return _boxed
    for start, cleaner in _PICTURES:
        if head.startswith(start):
            return _whole(cleaner)
    return None


def unreadable(name: str) -> MediaError:
    """Return the error for a format whose metadata can't be taken out."""
    hint = "convert it to JPEG, PNG, WebP or AVIF; or pack it into a .zip for download"
    return MediaError(f"is a {name} file, from which metadata such as GPS can't be removed", hint)


_PICTURES = (
    (b"\xff\xd8\xff", clean_jpeg),
    (b"\x89PNG\r\n\x1a\n", clean_png),
    (b"GIF8", clean_gif),
)


def _whole(cleaner: Callable[[View], list[Piece]]) -> Callable[[View], list[Piece]]:
    """Return a cleaner of pictures, which are read whole."""

    def clean(view: View) -> list[Piece]:
        if len(view) > LARGEST_PICTURE:
            raise MediaError("is larger than any picture on a page should be")
        return cleaner(view)

    return clean


def _boxed(view: View) -> list[Piece]:
    return edited(view, {*movie_edits(view), *heif_edits(view)})


def _embedded(view: View) -> list[Piece]:
    """Return a drawing whose embedded pictures are cleaned."""
    if len(view) > LARGEST_PICTURE:
        raise MediaError("is larger than any picture on a page should be")
    data, pieces, position = view[:], list[Piece](), 0
    for found in _EMBEDDED.finditer(data):
        try:
            picture = b64decode(b"".join(found[2].split()))
        except ValueError:
            continue
        if (clean := cleaned_bytes(picture)) != picture:
            pieces += (Range(position, found.start(2)), b64encode(clean))
            position = found.end()
    return [*pieces, Range(position, len(data))]


def written(pieces: Iterable[Piece], view: View) -> bytes:
    """Return the bytes of pieces that are no film."""
    return b"".join(content_of(pieces, view))
