"""Compares what readers see of a portal's texts in its dialect of Markdown and in another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from generator.errors import Problem, Problems
from generator.model.site import MarkdownDialect, Site
from generator.model.source import TEXT_KINDS
from generator.parse.document import read_document
from generator.parse.markdown.outline import outline
from generator.parse.markdown.reader import MarkdownReader
from generator.scan.scanner import scan

_CONTEXT_LINES = 1


@dataclass(frozen=True, slots=True)
class DialectDifference:
    """What is different in a source's text: lines that begin with `-`, `+` or a blank.

    A line with `…` stands for those that are the same. `problems` are those that only the other
    dialect has, or why the source can't be read. Both are empty for a text that comes out the same.
    """

    path: str
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def compare_dialects(
    root: Path, site: Site, dialect: MarkdownDialect
) -> Iterator[DialectDifference]:
    """Yield the sources whose texts come out differently in a dialect, by path."""
    ours = MarkdownReader(site.markdown, site.base_path)
    other = MarkdownReader(replace(site.markdown, dialect=dialect), site.base_path)
    for folder in scan(root, {}).changed:
        for source in folder.files:
            if source.kind in TEXT_KINDS:
                yield _compare(root, source.path, ours, other)


def _compare(
    root: Path, path: str, ours: MarkdownReader, other: MarkdownReader
) -> DialectDifference:
    unread = Problems()
    try:
        document = read_document(path, (root / path).read_bytes(), unread)
    except OSError as error:
        unread.add(Problem(path, 0, 0, f"can't be read: {error.strerror}"))
        document = None
    if document is None:
        return DialectDifference(path, (), tuple(unread))
    text, line = document.body, document.body_line
    (before, known), (after, problems) = (reader.read(text, line, path) for reader in (ours, other))
    diff = unified_diff(outline(before), outline(after), n=_CONTEXT_LINES, lineterm="")
    # The first three lines name the files that are compared, and where the first difference is.
    lines = tuple("\u2026" if each.startswith("@@") else each for each in list(diff)[3:])
    return DialectDifference(path, lines, tuple(each for each in problems if each not in known))
