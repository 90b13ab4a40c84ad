"""Stores a source's text, and everything in it and in the front matter that refers elsewhere.

These are references to other sources and to files, old addresses, and calls of shortcodes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from generator.index.article_row import files_in_shortcodes
from generator.index.article_state import media_of
from generator.index.changes import Changes
from generator.index.invalidation import text_changed
from generator.index.views import encode, picture_view
from generator.model.article import Image, ImageSource
from generator.model.body import Body
from generator.model.output import Scope
from generator.model.paths import (
    linked_source,
    media_candidates,
    media_path,
    ref_candidates,
    ref_name,
)
from generator.model.site import Site

# Kind, target, and the target as written, with its line and column.
Reference = tuple[str, str, str, int, int]


class TextWriter:
    """Writes texts into one connection, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, site: Site, changes: Changes) -> None:
        self._db = connection
        self._site = site
        self._changes = changes

    def forget(self, path: str) -> None:
        """Forget what a source refers to; its text stays until a new one is stored."""
        self._plan_media(path)
        self._db.execute("DELETE FROM alias WHERE owner = ?", [path])
        self._db.execute("DELETE FROM reference WHERE owner = ?", [path])
        self._db.execute("DELETE FROM shortcode WHERE owner = ?", [path])

    def forget_text(self, path: str) -> None:
        """Forget the text of a source that is gone."""
        self._db.execute("DELETE FROM body WHERE path = ?", [path])

    def put(
        self,
        path: str,
        body: Body,
        image: ImageSource | None,
        aliases: Sequence[str],
        *,
        others: Iterable[Reference] = (),
        new: bool = False,
    ) -> None:
        """Store what a source's text holds, and the references `others` of its front matter."""
        rows = list(others)
        if image:
            rows += self._files(path, "image", image.src)
        for written in files_in_shortcodes(body):
            rows += (row for row in self._files(path, "media", written) if row[1])
        for reference in body.references:
            target, place = reference.target, (reference.line, reference.column)
            if reference.kind == "media":
                rows += self._files(path, "media", target, *place)
                continue
            if reference.kind == "source":
                target = linked_source(path, target)
            elif reference.kind == "ref":
                target = ref_name(ref_candidates(path, target)[0])
            rows.append((reference.kind, target, reference.target, *place))
        self._put_body(path, encode(body), new)
        if rows:
            self._db.executemany(
                "INSERT INTO reference VALUES (?, ?, ?, ?, ?, ?)", [(path, *row) for row in rows]
            )
            self._plan_media(path)
        if body.shortcodes:
            self._db.executemany(
                "INSERT INTO shortcode VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (path, call.name, call.line, call.column, call.error, call.hint)
                    for call in body.shortcodes
                ],
            )
        if aliases:
            self._db.executemany(
                "INSERT OR IGNORE INTO alias VALUES (?, ?)", [(alias, path) for alias in aliases]
            )

    def picture(self, owner: str, source: ImageSource | None) -> Image | None:
        """Return a lead picture as pages show it, None if there is none."""
        if source is None or not (path := self._media(owner, source.src)):
            return None
        width, height, mime = self._db.execute(
            "SELECT width, height, type FROM media WHERE path = ?", [path]
        ).fetchone()
        return picture_view(
            self._site, source, path=media_path(path), size=(width, height), mime=mime
        )

    def _put_body(self, path: str, body: bytes, new: bool) -> None:
        find = "SELECT body FROM body WHERE path = ?"
        if new or self._db.execute(find, [path]).fetchone() != (body,):
            self._db.execute("INSERT OR REPLACE INTO body VALUES (?, ?)", [path, body])
            self._changes.add(text_changed(path))

    def _plan_media(self, path: str) -> None:
        """Plan the files again that a source shows: they may be published now, or no longer."""
        if not self._changes.everything:
            self._changes.plan(*map(Scope.media, media_of(self._db, path)))

    def _files(
        self, owner: str, kind: str, written: str, line: int = 0, column: int = 0
    ) -> Iterator[Reference]:
        """Yield references to the file that a path in `owner` means.

        Those to files that would have been preferred are of the kind `sought`. The reference to a
        file that does not exist has no target.
        """
        target = self._media(owner, written)
        for candidate in media_candidates(owner, written):
            if candidate == target:
                break
            yield "sought", candidate, written, line, column
        yield kind, target, written, line, column

    def _media(self, owner: str, written: str) -> str:
        """Return the media file that a path in `owner` means, empty if there is none."""
        for candidate in media_candidates(owner, written):
            if self._db.execute("SELECT 1 FROM media WHERE path = ?", [candidate]).fetchone():
                return candidate
        return ""


def dependents_of(connection: sqlite3.Connection, path: str) -> set[str]:
    """Return the sources that a file may change: they show it or would, or name its author.

    Where several profiles have one name, another of them may be meant from now on.
    """
    rows = connection.execute(
        """WITH named AS (SELECT slug AS name FROM profile WHERE path = :path
            UNION SELECT key FROM profile WHERE path = :path)
            SELECT owner FROM reference
                WHERE kind IN ('media', 'image', 'sought') AND target = :path
            UNION SELECT article.path FROM term
                JOIN tagging ON tagging.term = term.id
                JOIN article ON article.id = tagging.article
                WHERE taxonomy = 'authors' AND term.slug IN (SELECT name FROM named
                    UNION SELECT slug FROM profile WHERE key IN (SELECT name FROM named))""",
        {"path": path},
    )
    return {row[0] for row in rows}


def sources_that_seek(connection: sqlite3.Connection, paths: Collection[str]) -> dict[str, str]:
    """Return the sources that would show one of some files if it were there, each with a file."""
    rows = connection.execute(
        """SELECT owner, min(target) FROM reference
            WHERE kind = 'sought' AND target IN (SELECT value FROM json_each(?))
            GROUP BY owner ORDER BY owner""",
        [json.dumps(sorted(paths))],
    )
    return dict(rows)
