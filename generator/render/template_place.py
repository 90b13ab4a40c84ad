"""Where in a template an error is: its file and line, and the column where that can be known."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from traceback import walk_tb
from typing import Any

from generator.render.codegen import LINES_APART
from generator.theme.theme import Theme

# A tag may span lines, and an error in it has the line of its beginning.
_LONGEST_TAG = 40
_TAG = re.compile(r"\{[{%].*?(?:[%}]\}|$)")
_MACRO = re.compile(r"\{%[-+]?\s*macro\s+(\w+)")


@dataclass(frozen=True)
class TemplatePlace:
    """A line of a template that was running; `names` are the variables that it could use."""

    file: Path
    line: int
    function: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)

    def position(self, word: str) -> tuple[int, int]:
        """Return the line and column of a word, whose column is 0 if it can't be told apart."""
        for line in range(self.line, self.line + _LONGEST_TAG) if word else ():
            text = self._text(line)
            columns = _columns(text, word)
            if columns:
                return line, columns[0] if len(columns) == 1 else 0
            if line == self.line and not _is_open(text):
                break
            if line > self.line and ("}}" in text or "%}" in text):
                break
        return self.line, 0

    def expression_with(self, name: str) -> str:
        """Return what is asked for a name, as in `article.image`; empty if that is not certain."""
        found = re.findall(rf"([A-Za-z_][\w.]*)\.{re.escape(name)}\b", self._text(self.line))
        return str(found[0]) if len(set(found)) == 1 else ""

    def is_called(self, name: str) -> bool:
        """Return whether the line calls something of this name."""
        return bool(re.search(rf"(?<![\w.]){re.escape(name)}\s*\(", self._text(self.line)))

    def called_beside(self, known: Container[str]) -> str:
        """Return the one thing that the line calls and that is not known; empty if not certain."""
        calls = set(re.findall(r"(?<![\w.|])([A-Za-z_][\w.]*)\s*\(", self._text(self.line)))
        others = [call for call in calls if call not in known]
        return others[0] if len(others) == 1 else ""

    @property
    def in_macro(self) -> bool:
        """Whether the line is in a macro, as Jinja names blocks and the template's own level."""
        return self.function == "template"

    @cached_property
    def macro(self) -> str:
        """The name of the macro that the line is in; empty if it is in none."""
        before = "\n".join(self._lines[: self.line])
        found = macros_in(before) if self.in_macro else []
        return str(found[-1]) if found else ""

    def _text(self, line: int) -> str:
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self.file.read_text("utf-8", "replace").split("\n")


def macros_in(source: str) -> list[str]:
    """Return the names of the macros that a template has, in their order."""
    return _MACRO.findall(source)


def places_of(error: BaseException, theme: Theme) -> list[TemplatePlace]:
    """Return the lines of templates that an exception passed, from the page's on to its own."""
    return list(_places(error, theme))


def _places(error: BaseException, theme: Theme) -> Iterator[TemplatePlace]:
    folders = [folder.resolve() for folder in theme.folders]
    for frame, raised_on in walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        path = Path(name)
        if any(folder in path.parents for folder in folders):
            number, line = divmod(raised_on, LINES_APART)
            part = theme.find(theme.parts[name][number - 1]) if number else None
            yield TemplatePlace(part or path, line, frame.f_code.co_name, frame.f_locals)


def _columns(text: str, word: str) -> list[int]:
    """Return where a word stands in the tags of a line, or in all of it where it stands in none."""
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    inside = [
        tag.start() + found.start() + 1
        for tag in _TAG.finditer(text)
        for found in whole.finditer(tag[0])
    ]
    return inside or [found.start() + 1 for found in whole.finditer(text)]


def _is_open(text: str) -> bool:
    """Return whether a line ends inside a tag."""
    opened = max(text.rfind("{{"), text.rfind("{%"))
    return opened >= 0 and max(text.rfind("}}"), text.rfind("%}")) < opened
