"""Finds where a portal's sources refer to a News ID, or to the file of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ConfigError, Problems
from generator.model.body import Body
from generator.model.paths import linked_source, ref_candidates, ref_name
from generator.model.site import Site
from generator.model.source import TEXT_KINDS, SourceFile
from generator.parse.document import Document, read_document
from generator.parse.markdown.reader import MarkdownReader
from generator.pipeline.explain import last_build
from generator.scaffold.news_ids import state_of
from generator.scan.scanner import scan

# What stands in a source, in small letters, that refers to a News ID, or to a file by its name.
_BY_NEWS_ID = (b"news:", b"related", b"translation_of")
_BY_NAME = re.compile(rb"\[\[|index\.md|\{\{[<%]\s*(?:rel)?ref\b")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place that names a News ID, or, with `by_path`, the file of its article."""

    path: str
    line: int
    column: int
    by_path: bool = False


def mentions(root: Path, site: Site, news_id: str, article: str) -> list[Mention]:
    """Return where sources refer to a News ID, or to the file at `article`, in order.

    Of folders as the last build saw them its record says which sources to look at.
    """
    finder = _Finder(root, site, news_id, article)
    return sorted(
        {found for path in _suspects(root, news_id, article) for found in finder.of(path)}
    )


def _suspects(root: Path, news_id: str, article: str) -> set[str]:
    known: dict[str, bytes] = {}
    recorded: list[str] = []
    try:
        with last_build(state_of(root)) as record:
            known = record.folders()
            recorded = record.possible_mentions(news_id, article)
    except ConfigError:
        pass
    changed = scan(root, known).changed
    fresh = {file.path for folder in changed for file in folder.files if _has_text(file)}
    return {path for path in recorded if (root / path).is_file()} | fresh


def _has_text(file: SourceFile) -> bool:
    return file.kind in TEXT_KINDS


class _Finder:
    """Looks for one News ID and one file in sources."""

    def __init__(self, root: Path, site: Site, news_id: str, article: str) -> None:
        self._root = root
        self._reader = MarkdownReader(site.markdown, site.base_path)
        self._news_id = news_id.casefold()
        self._article = article
        self._sign = news_id.lower().encode()
        self._name = ref_name(article).lower().encode()

    def of(self, path: str) -> Iterator[Mention]:
        """Yield the mentions in one source; one that can't be read has none."""
        try:
            data = (self._root / path).read_bytes()
        except OSError:
            return
        if not self._may_mention(data.lower()):
            return
        document = read_document(path, data, Problems())
        if document is None:
            return
        for place in self._in_front_matter(document):
            yield Mention(path, *place)
        body, _ = self._reader.read(document.body, document.body_line, path)
        yield from self._in_text(path, body)

    def _may_mention(self, data: bytes) -> bool:
        """Return whether a source is worth reading as Markdown, which takes a while."""
        if self._sign in data and any(sign in data for sign in _BY_NEWS_ID):
            return True
        if self._name not in data:
            return False
        return self._name + b".md" in data or _BY_NAME.search(data) is not None

    def _in_front_matter(self, document: Document) -> Iterator[tuple[int, int]]:
        values, positions = document.values, document.values.positions
        related = values.get("related")
        for at, item in enumerate(related if isinstance(related, list) else ()):
            if self._is_meant(item):
                yield positions.value(("related", at))
        if self._is_meant(values.get("translation_of")):
            yield positions.value(("translation_of",))

    def _in_text(self, path: str, body: Body) -> Iterator[Mention]:
        for each in body.references:
            place = path, each.line, each.column
            if each.kind == "news" and self._is_meant(each.target):
                yield Mention(*place)
            elif each.kind == "source" and linked_source(path, each.target) == self._article:
                yield Mention(*place, by_path=True)
            elif each.kind == "ref" and self._is_ref(path, each.target):
                yield Mention(*place, by_path=True)
        for call in body.shortcodes:
            if call.name == "related" and any(map(self._is_meant, call.args)):
                yield Mention(path, call.line, call.column)

    def _is_ref(self, path: str, written: str) -> bool:
        candidates = ref_candidates(path, written)
        return self._article in candidates or ref_name(candidates[0]) == ref_name(self._article)

    def _is_meant(self, value: object) -> bool:
        return str(value).strip().casefold() == self._news_id
