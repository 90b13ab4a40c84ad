"""Reads an article's state out of the index, before and after it changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from generator.index.article_row import ARTICLE_COLUMNS, SITEMAP_COLUMNS
from generator.index.changes import Changes
from generator.index.facets import RELATED_PER_TERM
from generator.index.invalidation import ArticleState, ListEntry, diff
from generator.index.queries.terms import PERIODS_BESIDE
from generator.index.reader import IndexReader

_FLAGS = ("pinned", "breaking", "recent")
_COLUMNS = ARTICLE_COLUMNS.split(", ")
_STATE = f"SELECT live, {', '.join(_FLAGS)}, {ARTICLE_COLUMNS} FROM article WHERE id = ?"


class _Term(NamedTuple):
    id: int
    taxonomy: str
    slug: str
    name: str


def article_state(db: sqlite3.Connection, article: int, *, ranks: bool = True) -> ArticleState:
    """Return the state of an article.

    Without `ranks` the entries of lists only name them, which is enough where nothing that lists
    show has changed, and does not count the articles of long lists.
    """
    live, *rest = db.execute(_STATE, [article]).fetchone()
    flags, row = rest[: len(_FLAGS)], tuple(rest[len(_FLAGS) :])
    values = dict(zip(_COLUMNS, row, strict=True))
    path, position, lang = values["path"], values["position"], values["lang"]
    lists: tuple[ListEntry, ...] = ()
    if live:
        terms = _terms(db, article)
        lists = tuple(_entries(db, article, position, lang, terms) if ranks else _names(terms))
    month = values["month"] if values["listed"] else ""
    return ArticleState(
        path=path,
        news_id=values["news_id"],
        position=position,
        row=row[:-1],
        details=row[-1],
        translation_of=values["translation_of"],
        live=bool(live),
        flags=frozenset(flag for flag, on in zip(_FLAGS, flags, strict=True) if on),
        lists=lists,
        month=month,
        month_rank=_month_rank(db, month, position) if ranks and live and month else 0,
        sitemap_entry=(live, *(row[column] for column in SITEMAP_COLUMNS)),
        media=media_of(db, path),
    )


class StoredRow(NamedTuple):
    """What a row says of an article before it changes."""

    position: str
    live: bool


@contextmanager
def followed(
    db: sqlite3.Connection, changes: Changes, article: int, *, ranks: bool = True
) -> Iterator[StoredRow]:
    """Compare an article before and after a change, and add to `changes` what it invalidates."""
    query = "SELECT position, live FROM article WHERE id = ?"
    row = StoredRow(*db.execute(query, [article]).fetchone())
    if changes.everything:
        yield row
        return
    before = article_state(db, article, ranks=ranks)
    yield row
    exists = db.execute("SELECT 1 FROM article WHERE id = ?", [article]).fetchone()
    after = article_state(db, article, ranks=ranks) if exists else None
    changes.add(diff(before, after))


def media_of(db: sqlite3.Connection, owner: str) -> tuple[str, ...]:
    """Return the pictures and files that a source shows."""
    rows = db.execute(
        "SELECT target FROM reference WHERE owner = ? AND kind IN ('media', 'image')", [owner]
    )
    return tuple(target for (target,) in rows)


def _terms(db: sqlite3.Connection, article: int) -> list[_Term]:
    rows = db.execute(
        """SELECT term.id, taxonomy, slug, name FROM tagging JOIN term ON term.id = tagging.term
            WHERE article = ?""",
        [article],
    )
    return [_Term(*row) for row in rows]


def _names(terms: Iterable[_Term]) -> Iterator[ListEntry]:
    for term in terms:
        yield ListEntry(term.taxonomy, term.slug, term.name)


def _entries(
    db: sqlite3.Connection, article: int, position: str, lang: str, terms: Iterable[_Term]
) -> Iterator[ListEntry]:
    for term in terms:
        count = _count(db, term.id)
        is_section, is_subject = term.taxonomy == "section", term.taxonomy in ("section", "tags")
        yield ListEntry(
            term.taxonomy,
            term.slug,
            term.name,
            rank=_rank(db, term.id, position, article, count - 1),
            neighbours=_neighbours(db, term.id, position, lang) if is_section else (),
            newer=_newer(db, term.id, position) if is_subject else (),
            periods=_periods(db, term.slug) if term.taxonomy == "day" and count <= 1 else (),
        )


def _count(db: sqlite3.Connection, term: int) -> int:
    return int(db.execute("SELECT count FROM term WHERE id = ?", [term]).fetchone()[0])


def _rank(db: sqlite3.Connection, term: int, position: str, article: int, others: int) -> int:
    """Return the rank in a list, counted from the end that may be nearer."""
    newer = _beyond(db, term, ">", position, article, others // 2)
    if newer < others // 2:
        return others - newer
    return _beyond(db, term, "<", position, article, others)


def _beyond(
    db: sqlite3.Connection, term: int, side: str, position: str, article: int, most: int
) -> int:
    # Two articles have one position while they exchange News IDs, but never one rank.
    found = db.execute(
        f"""SELECT count(*) FROM (SELECT 1 FROM membership
            WHERE term = ? AND (position, article) {side} (?, ?) LIMIT ?)""",
        [term, position, article, most],
    ).fetchone()
    return int(found[0])


def _neighbours(db: sqlite3.Connection, term: int, position: str, lang: str) -> tuple[str, ...]:
    """Return the articles that have this one as a neighbour.

    On each side these are all up to the first that is not retracted, because a retracted article
    has neighbours but is nobody's.
    """
    found = []
    for side, order in (("<", "DESC"), (">", "ASC")):
        rows = db.execute(
            f"""SELECT news_id, retracted FROM membership
                JOIN article ON article.id = membership.article
                WHERE term = ? AND membership.position {side} ? AND article.lang = ?
                ORDER BY membership.position {order}""",
            [term, position, lang],
        )
        for news_id, retracted in rows:
            found.append(news_id)
            if not retracted:
                break
    return tuple(found)


def _newer(db: sqlite3.Connection, term: int, position: str) -> tuple[str, ...]:
    rows = db.execute(
        """SELECT news_id FROM membership JOIN article ON article.id = membership.article
            WHERE term = ? AND membership.position > ? ORDER BY membership.position LIMIT ?""",
        [term, position, RELATED_PER_TERM],
    )
    return tuple(news_id for (news_id,) in rows)


def _periods(db: sqlite3.Connection, day: str) -> tuple[str, ...]:
    """Return a day, its month and its year, and the periods before and after each of them."""
    found = []
    for period in (day[:4], day[:7], day):
        rows = PERIODS_BESIDE.fetch(IndexReader(db), period=period)
        found += [period, *(beside for (beside,) in rows if beside)]
    return tuple(found)


def _month_rank(db: sqlite3.Connection, month: str, position: str) -> int:
    found = db.execute(
        "SELECT count(*) FROM article WHERE live AND listed AND month = ? AND position < ?",
        [month, position],
    ).fetchone()
    return int(found[0])
