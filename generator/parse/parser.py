"""One source file into one parsed value: front matter, text, or a picture's size.

Files are distinguished by the digest of their bytes; one whose digest is known is not parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from generator.digest import digest, digest_file
from generator.errors import Problem, Problems, shortened
from generator.index.shortcode_checks import call_problems
from generator.media.kinds import media_type
from generator.media.publication import reason_to_refuse, removals
from generator.model.body import Body
from generator.model.rules import Rule
from generator.model.site import Site
from generator.model.source import (
    MediaFile,
    Parsed,
    ParsedArticle,
    ParsedPage,
    ParsedProfile,
    SourceFile,
    StaticFile,
)
from generator.model.taxonomy import term_key
from generator.parse.document import Document, read_document
from generator.parse.media import ImageError, is_raster, raster_size

if TYPE_CHECKING:
    from generator.model.article import FrontMatter
    from generator.parse.markdown.misreadings.finder import MisreadingFinder
    from generator.parse.markdown.reader import MarkdownReader

_PIECE = 1 << 20


class SourceReader:
    """Reads the sources of one portal; with `checking`, also evaluates the rules of style.

    `shortcodes` returns the names of the theme's shortcodes. The calls of a source are checked here
    only if the source has other errors, as the index then does not get it.
    """

    def __init__(
        self,
        root: Path,
        site: Site,
        *,
        checking: bool = False,
        shortcodes: Callable[[], Collection[str]] | None = None,
    ) -> None:
        self._shortcodes = shortcodes
        self._checking = checking
        self._misreadings = checking and site.markdown.dialect == "python-markdown"
        self._root = root
        self._folder = f"{root}/"
        self._site = site

    @cached_property
    def _markdown(self) -> MarkdownReader:
        from generator.parse.markdown.reader import MarkdownReader

        return MarkdownReader(self._site.markdown, self._site.base_path)

    @cached_property
    def _finder(self) -> MisreadingFinder:
        from generator.parse.markdown.misreadings.finder import MisreadingFinder

        return MisreadingFinder(self._site.markdown)

    def read(self, source: SourceFile, known: bytes | None) -> tuple[Parsed | None, list[Problem]]:
        """The source, and its errors; None if its bytes have the digest `known`, or with errors."""
        try:
            if source.kind in ("media", "static"):
                return self._read_file(source, known)
            with open(self._folder + source.path, "rb", buffering=0) as file:
                data = file.read()
        except OSError as error:
            return None, [Problem(source.path, 0, 0, f"can't be read: {error.strerror}")]
        fingerprint = digest(data)
        if fingerprint == known:
            return None, []
        problems = Problems()
        parsed = self._parse(source, data, fingerprint, problems)
        return (None if problems.errors else parsed), list(problems)

    def _parse(
        self, source: SourceFile, data: bytes, fingerprint: bytes, problems: Problems
    ) -> Parsed | None:
        document = read_document(source.path, data, problems)
        if document is None:
            return None
        body = self._body(document, problems)
        parsed = self._parsed(source, fingerprint, document, body, problems)
        if self._checking:
            front = parsed.front if isinstance(parsed, ParsedArticle) else None
            problems.extend(shortened(list(self._style(document, front, body))))
        if problems.errors and self._shortcodes:
            known, unknown = self._shortcodes(), self._site.markdown.unknown_shortcodes
            problems.extend(call_problems(source.path, body.shortcodes, known, unknown))
        return parsed

    def _parsed(
        self,
        source: SourceFile,
        fingerprint: bytes,
        document: Document,
        body: Body,
        problems: Problems,
    ) -> Parsed | None:
        from generator.parse.front_matter.article import read_front_matter
        from generator.parse.front_matter.author import read_profile
        from generator.parse.front_matter.page import read_page

        path = source.path
        if source.kind == "article":
            article = read_front_matter(document, self._site, problems)
            return ParsedArticle(path, fingerprint, article, body) if article else None
        if source.kind == "page":
            page = read_page(document, self._site, problems)
            return ParsedPage(path, fingerprint, page, body) if page else None
        profile = read_profile(document, problems)
        return ParsedProfile(path, fingerprint, profile, body) if profile else None

    def _style(
        self, document: Document, front: FrontMatter | None, body: Body
    ) -> Iterator[Problem]:
        from generator.parse.style import article_style, text_style

        if front:
            return article_style(document, front, body, self._site.check)
        return text_style(document, body)

    def _body(self, document: Document, problems: Problems) -> Body:
        body, errors = self._markdown.read(document.body, document.body_line, document.path)
        problems.extend(errors)
        if self._misreadings:
            problems.extend(shortened(list(self._misread(document))))
        return body

    def _misread(self, document: Document) -> Iterator[Problem]:
        above = document.body_line - 1
        for found in self._finder.find(document.body):
            place = found.line + above, found.column
            rule = Rule.MISREAD_MARKDOWN
            yield Problem(document.path, *place, found.message, found.hint, "warning", rule)

    def _read_file(
        self, source: SourceFile, known: bytes | None
    ) -> tuple[Parsed | None, list[Problem]]:
        path = self._root / source.path
        fingerprint = digest_file(path)
        if fingerprint == known:
            return None, []
        trusted = self._site.markdown.trusted_html
        with path.open("rb") as file:
            refused = reason_to_refuse(file, source.path, trusted=trusted or _is_static(source))
            if _is_static(source):
                problems = [Problem(source.path, 0, 0, refused)] if refused else []
                return None if refused else StaticFile(source.path, fingerprint), problems
            warnings = [] if refused else _removals(file, source.path, trusted)
        mime = media_type(source.path)
        media = MediaFile(source.path, fingerprint, 0, 0, mime, refused)
        if refused or not is_raster(source.path):
            return media, warnings
        try:
            width, height = raster_size(path)
        except ImageError as error:
            return None, [Problem(source.path, 0, 0, str(error))]
        return replace(media, width=width, height=height), warnings


def _is_static(source: SourceFile) -> bool:
    return source.kind == "static"


def _removals(file: BinaryIO, path: str, trusted: bool) -> list[Problem]:
    """Return a warning for each kind of thing in a drawing that is not published."""
    hint, rule = "use trusted_html in site.toml to publish the file as it is", Rule.CLEANED_DRAWING
    return [
        Problem(
            path, each.line, each.column, f"{each.what} is not published", hint, "warning", rule
        )
        for each in removals(file, path, trusted=trusted)
    ]


def key_place(root: Path, path: str, key: str, term: str = "") -> tuple[int, int]:
    """Return the line and column of a front matter key, or zeros where there is none.

    With a `term`, those of the item that names it, if the key has a list with such an item.
    """
    try:
        document = read_document(path, (root / path).read_bytes(), Problems())
    except OSError:
        return 0, 0
    if document is None:
        return 0, 0
    value, wanted = document.values.get(key), term_key(term)
    for at, item in enumerate(value if term and isinstance(value, list) else ()):
        if isinstance(item, str) and term_key(item) == wanted:
            return document.values.positions.value((key, at))
    return document.values.positions.key((key,))
