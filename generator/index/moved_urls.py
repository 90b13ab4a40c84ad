"""Stories whose URL changed, so that links to what was published before lead nowhere.

The only module that writes the table `moved`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.index.outputs import UNPLANNED
from generator.model.permalink import site_path

_ALIVE = "output.planned AND output.kind = 'article'"
# The story is that of the same source, or else of the same News ID, as files may be renamed. One
# that is back at a former URL did not move.
_LEAVING = f"""
    WITH gone AS (SELECT path, owner, json_extract(params, '$.news_id') AS news_id
        FROM {UNPLANNED} AND owned AND kind = 'article' AND digest IS NOT NULL)
    SELECT gone.path, article.news_id FROM gone
        JOIN article ON article.id = coalesce(
            (SELECT id FROM article WHERE path = gone.owner AND live),
            (SELECT id FROM article WHERE news_id = gone.news_id COLLATE NOCASE AND live))
        JOIN output ON output.scope = 'source/' || article.path AND {_ALIVE}
        WHERE output.path NOT IN (SELECT path FROM moved)
"""
_STANDING = f"""
    SELECT article.path, moved.path, output.path FROM moved
        JOIN article ON article.news_id = moved.news_id COLLATE NOCASE
        JOIN output ON output.scope = 'source/' || article.path AND {_ALIVE}
        WHERE NOT EXISTS (SELECT 1 FROM output AS there
            WHERE there.path = moved.path AND there.planned)
        ORDER BY article.path, moved.path
"""
_BETWEEN = f"""
    WITH former AS (
        SELECT path, owner, json_extract(params, '$.news_id') AS news_id FROM main.output
            WHERE {_ALIVE} AND owned AND digest IS NOT NULL
        UNION ALL SELECT path, '', news_id FROM main.moved)
    SELECT article.path, former.path, output.path FROM former
        JOIN later.article AS article ON article.id = coalesce(
            (SELECT id FROM later.article WHERE path = former.owner AND live),
            (SELECT id FROM later.article WHERE news_id = former.news_id COLLATE NOCASE AND live))
        JOIN later.output AS output ON output.scope = 'source/' || article.path AND {_ALIVE}
        WHERE output.path NOT IN (SELECT path FROM main.moved UNION SELECT former.path)
            AND NOT EXISTS (SELECT 1 FROM later.output AS there
            WHERE there.path = former.path AND there.planned)
        ORDER BY article.path, former.path
"""


@dataclass(frozen=True, slots=True)
class MovedUrl:
    """A story, by its source, with the site path that it had and the one that it has."""

    source: str
    before: str
    now: str


def note_moves(connection: sqlite3.Connection) -> list[MovedUrl]:
    """Keep the URLs that published stories lose by the plan, and return those lost just now.

    A URL at which something answers again is forgotten.
    """
    leaving = connection.execute(_LEAVING).fetchall()
    connection.execute("DELETE FROM moved WHERE path IN (SELECT path FROM output WHERE planned)")
    connection.executemany("INSERT OR REPLACE INTO moved VALUES (?, ?)", leaving)
    just_now = {site_path(path) for path, _ in leaving}
    return [moved for moved in standing_moves(connection) if moved.before in just_now]


def standing_moves(connection: sqlite3.Connection) -> list[MovedUrl]:
    """Return the stories with a former URL at which nothing answers."""
    return _moved(connection.execute(_STANDING))


def moves_between(last: sqlite3.Connection, index: Path) -> list[MovedUrl]:
    """Return the stories that a later plan, in another index, has at other URLs than the last one.

    Those with a former URL in `last` are among them.
    """
    last.execute("ATTACH ? AS later", [f"{index.as_uri()}?mode=ro"])
    try:
        return _moved(last.execute(_BETWEEN))
    finally:
        last.execute("DETACH later")


def _moved(rows: Iterable[tuple[str, str, str]]) -> list[MovedUrl]:
    return [MovedUrl(source, site_path(old), site_path(new)) for source, old, new in rows]
