"""The line of front matter that keeps a URL which a story had before."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from generator.errors import Problems
from generator.index.views import article_permalink
from generator.model.article import FrontMatter
from generator.model.edit import Edit, apply_edits
from generator.model.site import Site
from generator.parse.document import Document, read_document
from generator.parse.front_matter.article import read_front_matter

# Texts that need no quotes in YAML, in a list either.
_PLAIN = re.compile(r"[^\W\d_][\w-]*|/[\w/.-]*")
_NO_TEXTS = frozenset("null true false yes no on off y n".split())


@dataclass(frozen=True, slots=True)
class KeptUrl:
    """A line that keeps a URL, with the place of the headline and, if it can be made, an edit.

    `key` is `slug`, under which the story stays where it was, or `aliases`, which redirects.
    """

    key: str
    text: str
    line: int
    column: int
    edit: Edit | None


def kept_url(path: str, data: bytes, site: Site, before: str) -> KeptUrl | None:
    """Return what keeps the site path `before` of the article in a file; None if unreadable."""
    document = read_document(path, data, Problems())
    front = read_front_matter(document, site, Problems()) if document else None
    if document is None or front is None:
        return None
    slug = "" if "slug" in document.values else _former_slug(front, site, before)
    key, value = ("slug", slug) if slug else ("aliases", before)
    written = _quoted(value, document)
    place = document.values.positions.key(("title",))
    text = f"{key}{_sign(document)}{written if slug else f'[{written}]'}"
    lines = data.decode().splitlines()
    edit = _list_edit(document, lines, written) if not slug else None
    if edit is None and key not in document.values:
        edit = _line_edit(lines, place, text)
    if edit and not _keeps(path, data, edit, site, before):
        edit = None
    return KeptUrl(key, text, *place, edit)


def _former_slug(front: FrontMatter, site: Site, before: str) -> str:
    """Return the slug with which the story would be at a site path; empty if there is none."""
    for part in before.strip("/").split("/"):
        for slug in (part, part.rpartition(".")[0]):
            if slug and article_permalink(site, replace(front, slug=slug)) == before:
                return slug
    return ""


def _sign(document: Document) -> str:
    return ": " if document.format == "yaml" else " = "


def _quoted(text: str, document: Document) -> str:
    plain = document.format == "yaml" and _PLAIN.fullmatch(text) and text not in _NO_TEXTS
    return text if plain else json.dumps(text, ensure_ascii=False)


def _line_edit(lines: list[str], place: tuple[int, int], text: str) -> Edit | None:
    """Return a new line above the headline; None if that stands behind something else."""
    line, column = place
    indentation = lines[line - 1][: column - 1] if 0 < line <= len(lines) else "?"
    return None if indentation.strip() else Edit(line, 1, 0, f"{indentation}{text}\n")


def _list_edit(document: Document, lines: list[str], written: str) -> Edit | None:
    """Return a new first item of the list of aliases, None if there is no list with items."""
    if not isinstance(items := document.values.get("aliases"), list) or not items:
        return None
    line, column = document.values.positions.value(("aliases", 0))
    before = lines[line - 1][: column - 1]
    if before.strip() == "-":
        return Edit(line, 1, 0, f"{before}{written}\n")
    return Edit(line, column, 0, f"{written}, ")


def _keeps(path: str, data: bytes, edit: Edit, site: Site, before: str) -> bool:
    """Return whether an edit does what it is for."""
    document = read_document(path, apply_edits(data.decode(), [edit]).encode(), Problems())
    front = read_front_matter(document, site, Problems()) if document else None
    if front is None:
        return False
    return before in front.aliases or article_permalink(site, front) == before
