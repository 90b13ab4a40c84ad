"""What is published of a file beside a text, under content/media/ or under content/static/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from generator.media.cleaning import HEAD_BYTES, RULES, cleaned, written
from generator.media.kinds import refusal
from generator.media.pieces import MediaError, OpenFile, Piece, content_of
from generator.media.svg import Removal, sanitized
from generator.model.paths import STATIC

_SVG = ".svg"


def is_drawing(source: str) -> bool:
    """Return whether a file's name says that it is SVG."""
    return source.lower().endswith(_SVG)


def rules_of(source: str, *, trusted: bool) -> str:
    """Return names what decides how a file is changed before it is published."""
    return f"{RULES}{' sanitized' if _is_sanitized(source, trusted) else ''}"


def published_pieces(file: BinaryIO, source: str, *, trusted: bool) -> list[Piece] | None:
    """Return the pieces of a file that are published; None if all of it is, as it is.

    `source` is its path from the portal's folder. Raises `MediaError`.
    """
    view = OpenFile(file)
    if not _is_sanitized(source, trusted):
        return cleaned(view, drawing=is_drawing(source))
    drawing, _ = sanitized(view[:])
    pieces = cleaned(drawing, drawing=True)
    return [drawing if pieces is None else written(pieces, drawing)]


def published_bytes(pieces: Iterable[Piece], file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of pieces, in chunks."""
    return content_of(pieces, OpenFile(file))


def reason_to_refuse(file: BinaryIO, source: str, *, trusted: bool) -> str:
    """Why a file can't be published, or nothing; the end of a sentence about it."""
    head = OpenFile(file)[:HEAD_BYTES]
    if not trusted and (reason := refusal(source, head, ())):
        return reason
    try:
        published_pieces(file, source, trusted=trusted)
    except MediaError as error:
        return f"{error} ({error.hint})" if error.hint else str(error)
    return ""


def removals(file: BinaryIO, source: str, *, trusted: bool) -> list[Removal]:
    """Return what of a drawing that can be published is not. Raises `MediaError`."""
    if not _is_sanitized(source, trusted):
        return []
    return sanitized(OpenFile(file)[:])[1]


def _is_sanitized(source: str, trusted: bool) -> bool:
    return is_drawing(source) and not trusted and not source.startswith(f"{STATIC}/")
