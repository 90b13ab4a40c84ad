"""The rows of standalone pages, authors' profiles and media files.

The only module that writes the tables `page`, `profile` and `media`.
"""

from __future__ import annotations

import sqlite3

from generator.index.views import encode
from generator.model.page import AuthorProfile, Page, PageEntry, PageFrontMatter
from generator.model.source import MediaFile


def put_page(
    db: sqlite3.Connection, path: str, front: PageFrontMatter, entry: PageEntry, view: Page
) -> None:
    """Write a standalone page; whether it is live stays as it is, and a new one is not."""
    db.execute(
        """INSERT INTO page (path, permalink, draft, weight, menu, entry, view)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET
            permalink = excluded.permalink, draft = excluded.draft, weight = excluded.weight,
            menu = excluded.menu, entry = excluded.entry, view = excluded.view""",
        [
            path,
            front.permalink,
            front.draft,
            front.weight,
            front.menu,
            encode(entry),
            encode(view),
        ],
    )


def show_pages(db: sqlite3.Connection, *, drafts: bool) -> list[str]:
    """Make pages live unless they are drafts that are not to be shown; return what changed."""
    rows = db.execute(
        "UPDATE page SET live = NOT live WHERE live != (draft = 0 OR ?) RETURNING path", [drafts]
    )
    return [path for (path,) in rows.fetchall()]


def put_profile(
    db: sqlite3.Connection, path: str, slug: str, key: str, view: AuthorProfile
) -> None:
    """Write an author's profile; `key` is the slug of the author's name."""
    db.execute(
        "INSERT OR REPLACE INTO profile VALUES (?, ?, ?, ?, ?)",
        [slug, path, key, view.name, encode(view)],
    )


def profiles(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Return the slug, the key and the name of each profile."""
    return db.execute("SELECT slug, key, name FROM profile").fetchall()


def profiles_of(db: sqlite3.Connection, path: str) -> list[str]:
    """Return the slug of the profile in a source, if it has one."""
    return [slug for (slug,) in db.execute("SELECT slug FROM profile WHERE path = ?", [path])]


def put_media(db: sqlite3.Connection, file: MediaFile) -> None:
    """Write a media file."""
    db.execute(
        "INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?, ?)",
        [file.path, file.width, file.height, file.type, file.refused],
    )


def forget_documents(db: sqlite3.Connection, path: str) -> None:
    """Forget the page, profile or media file of a source."""
    db.execute("DELETE FROM page WHERE path = ?", [path])
    db.execute("DELETE FROM profile WHERE path = ?", [path])
    db.execute("DELETE FROM media WHERE path = ?", [path])
