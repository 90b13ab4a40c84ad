"""Converts texts that mean the same in every dialect without the parser of CommonMark."""

from __future__ import annotations

import re

from generator.parse.markdown import fast_path
from generator.parse.markdown.fast_path import LINK, NoteHeading

# Bare addresses, `1) an item`, a heading without a blank, and unusual blanks at an edge.
_OTHERWISE = re.compile(
    r"://|www\.|@|^[0-9]+\)|^#+[^#\s]|[^\S \n] *(?:$|[|])|[|] *[^\S \n]", re.MULTILINE
)
# Addresses that the parser neither refuses nor writes in a different form.
_ADDRESS = re.compile(r"(?:https?://|news:)?[A-Za-z0-9/.?=#,;+~!$_-]+")


def convert(text: str, note_heading: NoteHeading) -> str | None:
    """Return the HTML of a text, or None if it holds anything that is not converted here."""
    if any(not _ADDRESS.fullmatch(found[2]) for found in LINK.finditer(text)):
        return None
    if _OTHERWISE.search(LINK.sub("", text)):
        return None
    return fast_path.convert(text, note_heading)
