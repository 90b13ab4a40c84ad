"""All queries by name, for asking one again from the key under which it was recorded."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.index.queries import articles, documents, related, sitemaps, terms
from generator.index.reader import IndexReader
from generator.index.recorder import Query, Rows

_ALL: tuple[Query[Any], ...] = (
    articles.ARTICLE,
    articles.BREAKING,
    articles.FEED_ENTRIES,
    articles.LATEST,
    articles.LISTING_PAGE,
    articles.PINNED,
    documents.BODY,
    documents.LOCATION,
    documents.MEDIA,
    documents.PAGE,
    documents.PAGES,
    documents.PROFILE,
    documents.PROFILE_PATH,
    documents.SOURCE_LOCATION,
    documents.REF_LOCATION,
    related.NEIGHBOURS,
    related.RELATED,
    related.SERIES_PARTS,
    related.TRANSLATIONS,
    sitemaps.LAST_CHANGE,
    sitemaps.LISTED,
    sitemaps.LISTED_MONTHS,
    sitemaps.RECENT,
    sitemaps.TERMS_IN_USE,
    terms.PERIODS,
    terms.PERIODS_BESIDE,
    terms.TERMS,
    terms.TERM_COUNT,
    terms.TERM_NAME,
)
_BY_NAME = {query.name: query for query in _ALL}


def ask_again(reader: IndexReader, key: str) -> Rows:
    """Return the answer to a recorded query now. Raises `LookupError` if there is no such query."""
    name, brace, arguments = key.partition("{")
    values = msgspec.json.decode(brace + arguments)
    plain = {
        argument: tuple(value) if isinstance(value, list) else value
        for argument, value in values.items()
    }
    return _BY_NAME[name].fetch(reader, **plain)
