"""The examples of the specifications of CommonMark and GFM, as marko ships them in its source."""

from __future__ import annotations

import re
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

_EXAMPLE = re.compile(
    r"^`{32} example(?P<extension>[^\n]*)\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$"
    r"|^#{1,6} *(?P<section>[^\n]*)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Example:
    """An example; `extension` is that of GFM which it shows, `number` counts from 1."""

    number: int
    section: str
    extension: str
    markdown: str
    html: str

    def __str__(self) -> str:
        return f"{self.number} {self.section}"


def examples(specification: str) -> list[Example]:
    """Return the examples of `commonmark` or `gfm`."""
    text = _text(specification).partition("<!-- END TESTS -->")[0].replace("\u2192", "\t")
    found: list[Example] = []
    section = ""
    for match in _EXAMPLE.finditer(text):
        if match["section"] is not None:
            section = match["section"]
        else:
            markdown, html = match["markdown"], match["html"]
            extension = match["extension"].strip()
            found.append(Example(len(found) + 1, section, extension, markdown, html))
    return found


def _text(specification: str) -> str:
    [archive] = Path(sys.prefix, "specifications").glob("marko-*.tar.gz")
    with tarfile.open(archive) as source:
        name = f"{archive.name.removesuffix('.tar.gz')}/tests/spec/{specification}.txt"
        file = source.extractfile(name)
        assert file is not None
        return file.read().decode()
