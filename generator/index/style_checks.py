"""The rules of style that concern the whole portal; only `check` evaluates them."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.index.integrity import SourceProblem, Spelling
from generator.model.rules import Rule
from generator.model.site import Site
from generator.model.taxonomy import front_matter_key, term_key

# A term this rare may be a slip of the pen; with another letter it must be this long to be one.
_RARE = 1
_COMMON = 3
_LONG = 7


@dataclass(frozen=True, slots=True)
class _Term:
    taxonomy: str
    name: str
    count: int
    path: str


def style_problems(
    connection: sqlite3.Connection, site: Site, shown_elsewhere: str
) -> Iterator[SourceProblem]:
    """Yield the warnings about terms and pictures of the whole portal.

    `shown_elsewhere` is the text of all templates: a picture that it names is used.
    """
    yield from _similar_terms(connection)
    yield from _unused_terms(connection, site)
    yield from _unused_pictures(connection, site, shown_elsewhere)


def _similar_terms(connection: sqlite3.Connection) -> Iterator[SourceProblem]:
    by_taxonomy: defaultdict[str, list[_Term]] = defaultdict(list)
    rows = connection.execute(
        """SELECT taxonomy, min(name), count(*), min(path) FROM term
            JOIN tagging ON tagging.term = term.id JOIN article ON article.id = tagging.article
            WHERE name != '' AND taxonomy != 'authors' GROUP BY term.id ORDER BY 3 DESC, 1, 2"""
    )
    for row in rows:
        by_taxonomy[row[0]].append(_Term(*row))
    for terms in by_taxonomy.values():
        for known, rarer in _similar(terms):
            key = front_matter_key(rarer.taxonomy)
            yield SourceProblem(
                rarer.path,
                f"'{rarer.name}' ({rarer.count:,}) looks like '{known.name}' ({known.count:,}),",
                "spell both alike, if they are one",
                term=Spelling(rarer.path, key, rarer.name),
                clash=Spelling(known.path, key, known.name),
                severity="warning",
                code=Rule.SIMILAR_TERMS,
            )


def _similar(terms: list[_Term]) -> Iterator[tuple[_Term, _Term]]:
    """Yield pairs of terms that may be one, the more common first; the terms come in that order."""
    known: dict[str, _Term] = {}
    shortened: dict[str, _Term] = {}
    for term in terms:
        key = _skeleton(term.name)
        found = known.get(key) or known.get(f"{key}s") or known.get(key.removesuffix("s"))
        if found is None and term.count <= _RARE:
            found = _one_letter_away(key, known, shortened)
        if found is not None:
            yield found, term
        known.setdefault(key, term)
        if term.count >= _COMMON and len(key) >= _LONG and not _has_digit(key):
            for short in _without_one(key):
                shortened.setdefault(short, term)


def _one_letter_away(
    key: str, known: dict[str, _Term], shortened: dict[str, _Term]
) -> _Term | None:
    """Return a common term with one letter more or less, or with two neighbours exchanged."""
    if len(key) < _LONG or _has_digit(key):
        return None
    exchanged = (f"{key[:at]}{key[at + 1]}{key[at]}{key[at + 2 :]}" for at in range(len(key) - 1))
    candidates = (shortened.get(key), *map(known.get, (*_without_one(key), *exchanged)))
    return next((term for term in candidates if term and term.count >= _COMMON), None)


def _without_one(key: str) -> Iterable[str]:
    return (key[:at] + key[at + 1 :] for at in range(1, len(key)))


def _has_digit(key: str) -> bool:
    return any(character.isdigit() for character in key)


def _skeleton(name: str) -> str:
    """Return a name without what spellings differ in: case, accents, blanks and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum()) or name


def _unused_terms(connection: sqlite3.Connection, site: Site) -> Iterator[SourceProblem]:
    for taxonomy, slugs in site.slugs.items():
        rows = connection.execute(
            """SELECT DISTINCT name FROM term JOIN tagging ON tagging.term = term.id
                WHERE taxonomy = ?""",
            [taxonomy],
        )
        names = {term_key(name) for (name,) in rows}
        for key in sorted(slugs.keys() - names):
            message = f"no story has '{key}', which [slugs.{taxonomy}] names"
            yield _unused("site.toml", message, "correct the name, or remove the line")


def _unused_pictures(
    connection: sqlite3.Connection, site: Site, shown_elsewhere: str
) -> Iterator[SourceProblem]:
    rows = connection.execute(
        """SELECT path FROM media WHERE type LIKE 'image/%' AND refused = '' AND NOT EXISTS (
            SELECT 1 FROM reference WHERE target = media.path AND kind IN ('media', 'image'))
            ORDER BY path"""
    )
    logo = f"content/media/{site.publisher.logo}" if site.publisher.logo else ""
    for (path,) in rows:
        if path != logo and path.rpartition("/")[2] not in shown_elsewhere:
            message = "no story, page or author shows this picture, so it is not published"
            yield SourceProblem(
                path,
                message,
                "show it, or remove it",
                severity="warning",
                code=Rule.UNUSED_PICTURE,
            )


def _unused(path: str, message: str, hint: str) -> SourceProblem:
    return SourceProblem(path, message, hint, severity="warning", code=Rule.UNUSED_TERM)
