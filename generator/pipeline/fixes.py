"""Writes into a portal's sources what `check` would otherwise ask their authors to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import Problems
from generator.model.edit import Edit, apply_edits
from generator.model.site import Site
from generator.model.source import TEXT_KINDS
from generator.parse.document import read_document
from generator.parse.markdown.misreadings.finder import MisreadingFinder
from generator.pipeline.source_files import replace_source
from generator.scan.scanner import scan


@dataclass(frozen=True, slots=True)
class FixedSource:
    """A source that was changed, and in how many places."""

    path: str
    places: int


def fix_sources(root: Path, site: Site) -> Iterator[FixedSource]:
    """Change what the portal's dialect misreads, and yield the sources changed, by path.

    A source that can't be read stays as it is; `check` reports it. Raises `OutputError` for a
    source that can't be written.
    """
    if site.markdown.dialect != "python-markdown":
        return
    finder = MisreadingFinder(site.markdown)
    for folder in scan(root, {}).changed:
        for source in folder.files:
            if source.kind in TEXT_KINDS and (places := _fix(root, source.path, finder)):
                yield FixedSource(source.path, places)


def _fix(root: Path, path: str, finder: MisreadingFinder) -> int:
    """Change a source, and return in how many places."""
    try:
        data = (root / path).read_bytes()
    except OSError:
        return 0
    document = read_document(path, data, Problems())
    if document is None:
        return 0
    above = document.body_line - 1
    fixed = [each for each in finder.find(document.body) if each.edits]
    edits = [_moved(edit, above) for each in fixed for edit in each.edits]
    if edits:
        replace_source(root / path, path, apply_edits(data.decode(), edits).encode())
    return len(fixed)


def _moved(edit: Edit, lines: int) -> Edit:
    return replace(edit, line=edit.line + lines)
