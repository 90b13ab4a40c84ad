"""Text that YAML reads as something else, as its author should write it: in quotes."""

from __future__ import annotations

import re

# Longer lines are not repeated in a hint.
_SHOWN_CHARACTERS = 160
LINE = re.compile(r"(?P<lead> *(?:- +)*(?:(?P<key>[^\s:#'\"\[\]{},-][^:#'\"\[\]{},]*):[ \t]+)?)")
"""The beginning of a line, up to where the text of a value stands."""


def in_quotes(written: str) -> str:
    """Return what was written after a key, in quotes; those that were meant as quotes are kept."""
    first, last = written[:1], written[-1:]
    inner = written[1:-1]
    if first == last == '"' and inner and '"' not in inner:
        return _single(inner)
    if first == last == "'" and inner and '"' not in inner and "\\" not in inner:
        return f'"{inner}"'
    if first == '"' != written and written.count('"') == 1 and "\\" not in written:
        return f'{written}"'
    if '"' in written or "\\" in written:
        return _single(written)
    return f'"{written}"'


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def line_in_quotes(text: str, offset: int) -> str:
    """The line whose value begins at `offset`, with that in quotes; empty if it can't be shown."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    lead, written = text[start:offset], text[offset : end if end >= 0 else None].rstrip(" \t")
    if not written or not lead.strip() or not LINE.fullmatch(lead):
        return ""
    line = f"{lead.strip()} {in_quotes(written)}"
    return line if len(line) <= _SHOWN_CHARACTERS and line.isprintable() else ""


def quoting_hint(text: str, offset: int) -> str:
    """Advice to put the value that begins at `offset` in quotes."""
    line = line_in_quotes(text, offset)
    return f"put it in quotes: {line}" if line else "put it in quotes"
