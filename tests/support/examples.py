"""The examples of the reference pages: their fenced blocks, as they stand in the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

from tests.support.portal import REPOSITORY

_FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_PATH = re.compile(r"^(?:\{#|/\*|#) (templates/\S+)")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block: the file it is in, the line of its fence, its language and its text."""

    file: str
    line: int
    language: str
    text: str

    @property
    def path(self) -> str:
        """Where the block says that it belongs in a portal; empty if it does not say."""
        found = _PATH.match(self.text)
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def examples() -> list[Example]:
    """All fenced blocks of docs/*.md; `tests.support.guides` has those of the guides."""
    return [
        example
        for path in sorted((REPOSITORY / "docs").glob("*.md"))
        for example in _examples(path.relative_to(REPOSITORY).as_posix(), path.read_text("utf-8"))
    ]


def _examples(file: str, text: str) -> Iterator[Example]:
    for block in _FENCED.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        yield Example(file, line, block[2], dedent(block[3]))


def inline_code(file: str) -> list[str]:
    """What stands between single backquotes in the prose and tables of a file."""
    text = (REPOSITORY / file).read_text("utf-8")
    return _CODE.findall(_FENCED.sub("", text))
