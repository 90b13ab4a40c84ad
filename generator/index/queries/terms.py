"""Taxonomies: their terms with counts, a term's name, and the periods of the archive."""

from __future__ import annotations

from dataclasses import dataclass

from generator.index import facets
from generator.index.reader import IndexReader
from generator.index.recorder import Query, Rows


@dataclass(frozen=True, slots=True)
class TermCount:
    """A term with the number of live articles that have it. `latest` is the newest position."""

    slug: str
    name: str
    count: int
    latest: str


_ORDERS = {
    "name": "name COLLATE NOCASE, slug",
    "count": "count DESC, slug",
    "latest": "latest DESC, slug",
}

# The oldest live article decides how a term is spelt, so that a new one can't respell it.
_NAME = """(SELECT tagging.name FROM membership AS oldest
    JOIN tagging ON tagging.article = oldest.article AND tagging.term = oldest.term
    WHERE oldest.term = term.id ORDER BY oldest.position LIMIT 1)"""
_LATEST = "(SELECT max(position) FROM membership WHERE membership.term = term.id)"


def _terms(
    db: IndexReader, *, taxonomy: str, limit: int | None = None, order: str = "name"
) -> Rows:
    return db.execute(
        f"""SELECT slug, {_NAME} AS name, count, {_LATEST} AS latest FROM term
            WHERE taxonomy = :taxonomy AND count > 0 ORDER BY {_ORDERS[order]} LIMIT :limit""",
        {"taxonomy": taxonomy, "limit": -1 if limit is None else limit},
    ).fetchall()


def _term_counts(rows: Rows) -> tuple[TermCount, ...]:
    return tuple(TermCount(*row) for row in rows)


TERMS = Query("terms", _terms, _term_counts, lambda *, taxonomy, **_: (facets.taxonomy(taxonomy),))


def _name(db: IndexReader, *, taxonomy: str, slug: str) -> Rows:
    return db.execute(
        f"SELECT {_NAME} FROM term WHERE taxonomy = ? AND slug = ?", [taxonomy, slug]
    ).fetchall()


TERM_NAME: Query[str] = Query(
    "term_name",
    _name,
    lambda rows: rows[0][0] or "" if rows else "",
    lambda *, taxonomy, slug: (facets.term(taxonomy, slug),),
)


def _count(db: IndexReader, *, taxonomy: str, slug: str) -> Rows:
    return db.execute(
        "SELECT coalesce(sum(count), 0) FROM term WHERE taxonomy = ? AND slug = ?",
        [taxonomy, slug],
    ).fetchall()


TERM_COUNT: Query[int] = Query(
    "term_count",
    _count,
    lambda rows: int(rows[0][0]),
    lambda *, taxonomy, slug: (facets.term(taxonomy, slug),),
)


def _periods(db: IndexReader, *, within: str) -> Rows:
    length = {0: 4, 4: 7, 7: 10}[len(within)]
    return db.execute(
        """SELECT substr(slug, 1, :length) AS period, sum(count) FROM term
            WHERE taxonomy = 'day' AND slug >= :within AND slug < :within || '~' AND count > 0
            GROUP BY period ORDER BY period""",
        {"length": length, "within": within},
    ).fetchall()


PERIODS: Query[tuple[tuple[str, int], ...]] = Query(
    "periods",
    _periods,
    lambda rows: tuple((str(period), int(count)) for period, count in rows),
    lambda *, within: (facets.archive(within),),
)


def _beside(db: IndexReader, *, period: str) -> Rows:
    length = len(period)
    found = []
    for aggregate, condition in (("max", "slug < :period"), ("min", "slug > :period || '~'")):
        found += db.execute(
            f"""SELECT {aggregate}(substr(slug, 1, :length)) FROM term
                WHERE taxonomy = 'day' AND {condition} AND count > 0""",
            {"length": length, "period": period},
        ).fetchall()
    return found


PERIODS_BESIDE: Query[tuple[str | None, str | None]] = Query(
    "periods_beside",
    _beside,
    lambda rows: (rows[0][0], rows[1][0]),
    lambda *, period: (facets.period(period),),
)
