"""The SQLite file under `.broadsheet/`: its schema, and how it is opened.

The file holds nothing that can't be made again from the portal's sources. One that another
version wrote, or that is damaged, is set aside and begun anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row a file under content/; `fingerprint` is the digest of its bytes as last read.
CREATE TABLE source (
    path TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    fingerprint BLOB NOT NULL
) WITHOUT ROWID;

-- `position` sorts articles by first publication, then by News ID.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    news_id TEXT NOT NULL,
    position TEXT NOT NULL,
    live_from INTEGER NOT NULL,
    live_until INTEGER,
    draft INTEGER NOT NULL,
    live INTEGER NOT NULL DEFAULT 0,
    permalink TEXT NOT NULL,
    day TEXT NOT NULL,
    section TEXT NOT NULL,
    kind TEXT NOT NULL,
    lang TEXT NOT NULL,
    retracted INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    indexed INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    pinned_until INTEGER,
    breaking_until INTEGER,
    pinned INTEGER NOT NULL DEFAULT 0,
    breaking INTEGER NOT NULL DEFAULT 0,
    translation_of TEXT NOT NULL,
    card BLOB NOT NULL,
    details BLOB NOT NULL
);
CREATE INDEX article_news_id ON article (news_id COLLATE NOCASE);
CREATE INDEX article_translation ON article (translation_of COLLATE NOCASE)
    WHERE translation_of != '';
CREATE INDEX article_pinned ON article (position) WHERE pinned;
CREATE INDEX article_breaking ON article (position) WHERE breaking;
CREATE INDEX article_from ON article (live_from);
CREATE INDEX article_until ON article (live_until) WHERE live_until IS NOT NULL;

-- Texts lie apart from what lists need, so that a list reads no text.
CREATE TABLE body (path TEXT PRIMARY KEY, body BLOB NOT NULL);

CREATE TABLE page (
    path TEXT PRIMARY KEY,
    permalink TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 0,
    draft INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    indexed INTEGER NOT NULL,
    view BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE profile (
    slug TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    view BLOB NOT NULL
) WITHOUT ROWID;

-- A term is what a listing is of: a section, tag, author, source, series, day, or the site.
CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    taxonomy TEXT NOT NULL,
    slug TEXT NOT NULL,
    UNIQUE (taxonomy, slug)
);
-- The terms of every article, as it spells them.
CREATE TABLE tagging (
    article INTEGER NOT NULL,
    term INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (article, term)
) WITHOUT ROWID;
CREATE INDEX tagging_term ON tagging (term);
-- The live articles of every term, in order.
CREATE TABLE membership (
    term INTEGER NOT NULL,
    position TEXT NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (term, position)
) WITHOUT ROWID;

CREATE TABLE alias (path TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (owner, path))
WITHOUT ROWID;

-- What a text or front matter points to; `target` is a News ID, a source file or a media file.
CREATE TABLE reference (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    written TEXT NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL
);
CREATE INDEX reference_owner ON reference (owner);
CREATE INDEX reference_target ON reference (kind, target);

CREATE TABLE shortcode (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL
);
CREATE INDEX shortcode_owner ON shortcode (owner);
CREATE INDEX shortcode_name ON shortcode (name);

CREATE TABLE media (
    path TEXT PRIMARY KEY,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    type TEXT NOT NULL
) WITHOUT ROWID;

-- Files of the portal's own, and what they were made from. `planned` is the next `output`.
CREATE TABLE output (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    params TEXT NOT NULL,
    digest BLOB
);
CREATE TABLE planned (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    params TEXT NOT NULL,
    owner TEXT NOT NULL,
    digest BLOB,
    staged INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX planned_key ON planned (key);
CREATE INDEX planned_path ON planned (path);

-- Queries that outputs asked, the facets that can change each answer, and who asked.
CREATE TABLE query (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL
);
CREATE TABLE facet (
    facet TEXT NOT NULL,
    query INTEGER NOT NULL,
    PRIMARY KEY (facet, query)
) WITHOUT ROWID;
CREATE TABLE read (
    query INTEGER NOT NULL,
    output INTEGER NOT NULL,
    PRIMARY KEY (output, query)
) WITHOUT ROWID;
"""


def open_index(path: Path) -> sqlite3.Connection:
    """The index for reading and writing, made if it is missing.

    Raises `sqlite3.DatabaseError` if the file is not one that this version wrote.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _prepare(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """The index for a process that only asks."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA mmap_size = 268435456")
    connection.execute("PRAGMA cache_size = -16384")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is written inside, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32768")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    elif version != SCHEMA_VERSION:
        raise sqlite3.DatabaseError(f"schema {version}, expected {SCHEMA_VERSION}")
