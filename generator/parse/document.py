"""A source file's bytes, split into front matter and text.

Front matter is found, split and loaded by python-frontmatter's handlers. The text after it is
left as it is, but for line ends, which become `\\n`; `body_line` is where it begins in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from frontmatter.default_handlers import BaseHandler, YAMLHandler

from generator.errors import Problem, Problems
from generator.parse.yaml import load_yaml
from generator.validation.decoding import decoded
from generator.validation.fields import Fields
from generator.validation.located import LocatedMapping, SyntaxProblem, UnreadableTextError
from generator.validation.messages import quoted
from generator.validation.positions import SourceContext
from generator.validation.toml_text import load_toml

MAX_FRONT_MATTER_BYTES = 256 * 1024

Format = Literal["yaml", "toml"]


class _Yaml(YAMLHandler):
    """YAML between lines of three hyphens."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> LocatedMapping:
        return load_yaml(fm)


class _Toml(BaseHandler):
    """TOML between lines of three plus signs."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> LocatedMapping:
        return load_toml(fm)


_HANDLERS: dict[Format, BaseHandler] = {"yaml": _Yaml(), "toml": _Toml()}


@dataclass(frozen=True, slots=True)
class Document:
    """A file's front matter and text. `sound` is false if the front matter has errors."""

    path: str
    values: LocatedMapping
    body: str
    body_line: int
    format: Format
    sound: bool = True

    def fields(self, problems: Problems) -> Fields:
        """Return a reader of the front matter; `problems` collects this file's Problems alone."""
        typed = self.format == "toml"
        return Fields(self.values, SourceContext(self.path, problems, self.values.positions, typed))


def read_document(path: str, data: bytes, problems: Problems) -> Document | None:
    """Split a file; None after reporting why it is unreadable. Lines count from the file's first.

    A byte order mark and any line ends are accepted.
    """
    try:
        text = decoded(data)
        kind, handler, blank = _detected(text)
        front, body = _split(text.lstrip("\n"), handler, blank + 1)
        values = handler.load("\n" * blank + front)
    except UnreadableTextError as error:
        problems.add(_problem(path, error.syntax_problem))
        return None
    assert isinstance(values, LocatedMapping)
    problems.extend(_problem(path, syntax_problem) for syntax_problem in values.syntax_problems)
    body_line = blank + front.count("\n") + 2
    return Document(
        path, values, body.removeprefix("\n"), body_line, kind, not values.syntax_problems
    )


def _problem(path: str, syntax_problem: SyntaxProblem) -> Problem:
    return Problem(
        path,
        syntax_problem.line,
        syntax_problem.column,
        syntax_problem.message,
        syntax_problem.hint,
    )


def _detected(text: str) -> tuple[Format, BaseHandler, int]:
    """Return the handler that knows this front matter, and how many blank lines stand before it."""
    begin = text.lstrip("\n")
    blank = len(text) - len(begin)
    for kind, handler in _HANDLERS.items():
        if handler.detect(begin):
            return kind, handler, blank
    first = begin.partition("\n")[0]
    found = f"not {quoted(first)}" if first.strip() else "but the file is empty"
    message = f"no front matter: the first line must be '---' (YAML) or '+++' (TOML), {found}"
    raise UnreadableTextError(SyntaxProblem(blank + 1 if first else 1, 1, message))


def _split(text: str, handler: BaseHandler, line: int) -> tuple[str, str]:
    try:
        front, body = handler.split(text)
    except ValueError as error:
        message = f"front matter is not closed by a second '{handler.END_DELIMITER}' line"
        raise UnreadableTextError(SyntaxProblem(line, 1, message)) from error
    if len(front) > MAX_FRONT_MATTER_BYTES or len(front.encode()) > MAX_FRONT_MATTER_BYTES:
        kib = MAX_FRONT_MATTER_BYTES // 1024
        message = f"front matter is larger than {kib} KiB"
        raise UnreadableTextError(SyntaxProblem(line, 1, message, "the story belongs below it"))
    return front, body
