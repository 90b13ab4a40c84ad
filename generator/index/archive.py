"""Finds articles for editors, live or not, by their state, their terms and what they lack."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from generator.model.article import AuthorRef, Correction, Retraction
from generator.model.taxonomy import SourceCredit, TermRef
from generator.model.timestamp import Timestamp, later

State = Literal["live", "scheduled", "draft", "expired"]
Missing = Literal["image", "alt", "standfirst"]

# An article has one state at an instant; these hold in this order.
_STATES: Mapping[State, str] = {
    "draft": "draft",
    "scheduled": "NOT draft AND live_from > :now",
    "expired": "NOT draft AND live_from <= :now AND live_until <= :now",
    "live": "NOT draft AND live_from <= :now AND ifnull(live_until > :now, 1)",
}
_LACKING: Mapping[Missing, str] = {
    "image": "NOT image",
    "alt": "without_alt > 0",
    "standfirst": "NOT standfirst",
}
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFilter:
    """What articles have to be to be listed: every condition that is given, and no other.

    Of several values of one condition, any will do. `now` is in seconds since the epoch. `terms`
    are slugs by taxonomy; `langs` stand for their subtags, too, as `zh` for `zh-Hant`. `since` is
    compared with when an article was corrected, withdrawn or ended, if only such articles are
    asked for, and else with when it went live.
    """

    now: int
    states: frozenset[State] = frozenset()
    corrected: bool = False
    retracted: bool = False
    terms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    langs: frozenset[str] = frozenset()
    missing: frozenset[Missing] = frozenset()
    since: int | None = None
    oldest_first: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    """An article as editors look for it; `missing` says what it lacks."""

    path: str
    news_id: str
    title: str
    url: str
    state: State
    went_live: Timestamp
    expires: Timestamp | None
    updated: Timestamp | None
    section: str
    kind: str
    lang: str
    source: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    corrections: tuple[Correction, ...]
    retraction: Retraction | None
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class _Details:
    """The part of an article's view that is listed."""

    title: str
    url: str
    date: Timestamp
    source: SourceCredit
    publish_at: Timestamp | None = None
    updated: Timestamp | None = None
    expires: Timestamp | None = None
    authors: tuple[AuthorRef, ...] = ()
    tags: tuple[TermRef, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retraction: Retraction | None = None


_decode = msgspec.json.Decoder(_Details).decode


def find_articles(db: sqlite3.Connection, wanted: ArchiveFilter) -> Iterator[ArchiveEntry]:
    """Yield the articles that a filter lets pass, by when they went live.

    Only columns are looked at to find them, and only the views of those found are decoded.
    """
    numbers = _numbers(db, wanted)
    for start in range(0, len(numbers), _AT_ONCE):
        yield from _entries(db, numbers[start : start + _AT_ONCE], wanted.now)


def known_terms(db: sqlite3.Connection, taxonomy: str) -> dict[str, str]:
    """Return the terms of a taxonomy that articles have, live or not: a name of each, by slug."""
    rows = db.execute(
        """SELECT slug, (SELECT name FROM tagging WHERE term = term.id LIMIT 1) AS name FROM term
            WHERE taxonomy = ? AND name IS NOT NULL ORDER BY slug""",
        [taxonomy],
    )
    return dict(rows)


def author_slugs(db: sqlite3.Connection, key: str) -> set[str]:
    """Return the slugs of the profiles whose author's name has the slug `key`."""
    return {slug for (slug,) in db.execute("SELECT slug FROM profile WHERE key = ?", [key])}


def _numbers(db: sqlite3.Connection, wanted: ArchiveFilter) -> list[int]:
    conditions, values = _conditions(wanted)
    order = "ASC" if wanted.oldest_first else "DESC"
    rows = db.execute(
        f"""SELECT id FROM article WHERE {" AND ".join(conditions) or "true"}
            ORDER BY position {order} LIMIT :limit""",
        values | {"now": wanted.now, "limit": -1 if wanted.limit is None else wanted.limit},
    )
    return [number for (number,) in rows]


def _conditions(wanted: ArchiveFilter) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions, and the values of their parameters."""
    conditions: list[str] = []
    values: dict[str, Any] = {"since": wanted.since}
    if wanted.states:
        conditions.append(_any(_STATES[state] for state in sorted(wanted.states)))
    if wanted.kinds:
        conditions.append(f"kind IN {_listed('kinds')}")
        values["kinds"] = json.dumps(sorted(wanted.kinds))
    if wanted.langs:
        conditions.append(_any(map(_speaks, range(len(wanted.langs)))))
        values |= {f"lang{at}": lang for at, lang in enumerate(sorted(wanted.langs))}
    for at, (taxonomy, slugs) in enumerate(sorted(wanted.terms.items())):
        terms = f"taxonomy = :taxonomy{at} AND slug IN {_listed(f'slugs{at}')}"
        articles = f"SELECT article FROM tagging WHERE term IN (SELECT id FROM term WHERE {terms})"
        conditions.append(f"id IN ({articles})")
        values |= {f"taxonomy{at}": taxonomy, f"slugs{at}": json.dumps(sorted(slugs))}
    if noted := _noted(wanted):
        conditions.append(f"id IN (SELECT article FROM editorial WHERE {' AND '.join(noted)})")
    if wanted.since is not None and not (wanted.corrected or wanted.retracted):
        moment = "live_until" if wanted.states == {"expired"} else "live_from"
        conditions.append(f"{moment} >= :since")
    return conditions, values


def _any(conditions: Iterable[str]) -> str:
    return "(" + " OR ".join(f"({condition})" for condition in conditions) + ")"


def _listed(parameter: str) -> str:
    return f"(SELECT value FROM json_each(:{parameter}))"


def _speaks(at: int) -> str:
    """Return the condition for a language, and for those that have a hyphen after its name."""
    return f"lang = :lang{at} COLLATE NOCASE OR lang LIKE :lang{at} || '-%'"


def _noted(wanted: ArchiveFilter) -> list[str]:
    """Return the conditions on the table of what editors look for."""
    moments = [name for name in ("corrected", "retracted") if getattr(wanted, name)]
    dated = "IS NOT NULL" if wanted.since is None else ">= :since"
    lacking = [_any(_LACKING[each] for each in sorted(wanted.missing))] if wanted.missing else []
    return [*(f"{name} {dated}" for name in moments), *lacking]


def _entries(db: sqlite3.Connection, numbers: Sequence[int], now: int) -> Iterator[ArchiveEntry]:
    states = " ".join(f"WHEN {condition} THEN '{name}'" for name, condition in _STATES.items())
    lacking = ", ".join(_LACKING.values())
    rows = db.execute(
        f"""SELECT id, path, news_id, section, kind, lang, CASE {states} END, details, {lacking}
            FROM article JOIN editorial ON editorial.article = id
            WHERE id IN {_listed("numbers")}""",
        {"now": now, "numbers": json.dumps(numbers)},
    )
    found = {number: _entry(*values) for number, *values in rows}
    return (found[number] for number in numbers)


def _entry(*values: Any) -> ArchiveEntry:
    path, news_id, section, kind, lang, state, view, *lacking = values
    shown = _decode(view)
    return ArchiveEntry(
        path=path,
        news_id=news_id,
        title=shown.title,
        url=shown.url,
        state=state,
        went_live=later(shown.date, shown.publish_at),
        expires=shown.expires,
        updated=shown.updated,
        section=section,
        kind=kind,
        lang=lang,
        source=shown.source.name,
        authors=tuple(author.name for author in shown.authors),
        tags=tuple(tag.name for tag in shown.tags),
        corrections=shown.corrections,
        retraction=shown.retraction,
        missing=tuple(name for name, lacks in zip(_LACKING, lacking, strict=True) if lacks),
    )
