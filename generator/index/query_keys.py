"""The keys under which queries are recorded: the query's name and its arguments as JSON."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

TEXT_QUERY = "body"
"""The query for the text of a source."""

_SOURCE_OF = {
    "article": "SELECT path FROM article WHERE news_id = :news_id COLLATE NOCASE",
    "profile": "SELECT path FROM profile WHERE slug = :slug",
    "profile_path": "SELECT path FROM profile WHERE slug = :slug",
    "page": "SELECT :path",
    TEXT_QUERY: "SELECT :path",
}


def split_key(key: str) -> tuple[str, dict[str, Any]]:
    """Return the name of a recorded query, and its arguments."""
    name, brace, arguments = key.partition("{")
    return name, msgspec.json.decode(brace + arguments) if brace else {}


def source_of(connection: sqlite3.Connection, key: str) -> str | None:
    """Return the source that a recorded query is about, None if it is not about one."""
    name, arguments = split_key(key)
    if name not in _SOURCE_OF:
        return None
    found = connection.execute(_SOURCE_OF[name], arguments).fetchone()
    return str(found[0]) if found else None
