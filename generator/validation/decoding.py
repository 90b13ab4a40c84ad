"""Bytes of a text file that a user wrote, as text with one kind of line end."""

from __future__ import annotations

import codecs
import re

from generator.validation.located import SyntaxProblem, UnreadableTextError

# What word processors leave: tabs and page breaks that join two words, and Windows-1252 that was
# read as Latin-1 (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
_STRAY = re.compile("[\x0b\x0c\x80-\x9f]")
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


def decoded(data: bytes) -> str:
    """UTF-8 text without a byte order mark, its lines ended by `\\n`.

    Vertical tabs and form feeds become spaces, and control characters of Latin-1 what they stand
    for in Windows-1252.

    Raises `UnreadableTextError` with the position of the first byte that is not text.
    """
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        hint = "it looks like UTF-16; save it as UTF-8" if utf16 else "save the file as UTF-8"
        message = f"not UTF-8: the byte 0x{data[error.start]:02X} can't be read"
        raise UnreadableTextError(
            SyntaxProblem(*_byte_place(data, error.start), message, hint)
        ) from error
    if "\0" in text:
        place = _byte_place(data, data.index(0))
        raise UnreadableTextError(
            SyntaxProblem(*place, "the file has a NUL byte, so it is not text")
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return _STRAY.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    return _WINDOWS.get(ord(found[0]), " ")


def _byte_place(data: bytes, at: int) -> tuple[int, int]:
    """Return the line and column of a byte; the column counts characters."""
    before = data[:at].decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")
