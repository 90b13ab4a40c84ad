"""The files of the site, and the states that each of them goes through.

The only module that writes the tables `output` and `rendered`. Every change of a state is one of
the functions below. The states of an output are these columns:

- `planned`: the site should have the file;
- `stale`: the file has to be rendered;
- rendered: the row in `rendered` that a build adds before it publishes; `staged` says that the
  bytes differ from the published ones and wait in the staging folder;
- `owned`: whether the file in the output folder is Broadsheet's (`Owned`);
- `digest`: that of the published file, NULL while it is unknown.

| planned | stale | rendered | owned | digest  |                                                 |
|---------|-------|----------|-------|---------|-------------------------------------------------|
| yes     | yes   | no, yes  | no    | NULL    | new                                             |
| yes     | yes   | no, yes  | any   | NULL    | being replaced, or nobody knows what is there   |
| yes     | yes   | no, yes  | index | known   | published, and out of date                      |
| yes     | no    | no       | index | known   | published, and up to date                       |
| no      | any   | no       | no    | NULL    | planned once, and never published               |
| no      | any   | no       | any   | NULL    | to be removed; nobody knows what is there       |
| no      | any   | no       | index | known   | to be removed                                   |

The schema checks the rules that concern one row; `tests/unit/index/test_outputs.py` checks all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

import msgspec

from generator.index.connection import inside_output
from generator.model.output import Output, Scope

UNPLANNED = "output INDEXED BY output_unplanned WHERE NOT planned"
_RENDERED = "rendered CROSS JOIN output ON id = rendered.output"


class Owned(IntEnum):
    """Who says that a file in the output folder is Broadsheet's."""

    NO = 0
    INDEX = 1
    MANIFEST = 2


class RenderedRow(NamedTuple):
    """An output that was rendered in this build."""

    id: int
    digest: bytes
    staged: bool


class FileRow(NamedTuple):
    """An output as the file that it is; `path` is relative to the output folder."""

    kind: str
    id: int
    path: str
    owned: Owned
    digest: bytes | None


def own_listed(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Absent → unplanned, owned by the manifest: files that an earlier index wrote."""
    connection.executemany(
        """INSERT OR IGNORE INTO output (path, key, kind, params, owner, scope, planned, stale,
            reason, owned) VALUES (?, '', '', '', '', '', 0, 0, '', ?)""",
        [(path, Owned.MANIFEST) for path in paths],
    )


def apply_proposal(connection: sqlite3.Connection, *, partial: bool) -> None:
    """Any → planned for what `proposal` holds, stale where it is new or has other parameters.

    Planned → unplanned for all others; with `partial`, only for those of the proposed scopes.
    """
    only = "AND scope IN (SELECT scope FROM proposed_scope)" if partial else ""
    connection.execute(
        f"""UPDATE output SET planned = 0 WHERE planned {only}
            AND path NOT IN (SELECT path FROM proposal)"""
    )
    connection.execute(
        """INSERT INTO output (path, key, kind, params, owner, scope, reason)
            SELECT path, key, kind, params, owner, scope, 'new' FROM proposal
            WHERE true ORDER BY sort_order, id
            ON CONFLICT (path) DO UPDATE SET
                stale = stale OR NOT planned OR kind != excluded.kind OR params != excluded.params,
                reason = CASE WHEN planned THEN reason WHEN kind = '' THEN 'new'
                    ELSE 'planned again' END,
                planned = 1, key = excluded.key, kind = excluded.kind, params = excluded.params,
                owner = excluded.owner, scope = excluded.scope"""
    )


def set_reasons(connection: sqlite3.Connection, reasons: Iterable[tuple[str, int]]) -> None:
    """Store why outputs are stale, each as a reason and an id; no state changes."""
    connection.executemany("UPDATE output SET reason = ? WHERE id = ?", reasons)


def mark_all_stale(connection: sqlite3.Connection, reason: str) -> None:
    """Any → stale."""
    connection.execute("UPDATE output SET stale = 1, reason = ? WHERE NOT stale", [reason])


def mark_dependents_stale(connection: sqlite3.Connection, query: int, reason: str) -> None:
    """Any → stale, for the outputs that depend on a recorded query."""
    connection.execute(
        """UPDATE output SET stale = 1, reason = ? WHERE NOT stale
            AND id IN (SELECT output FROM read WHERE query = ?)""",
        [reason, query],
    )


def mark_differing_stale(connection: sqlite3.Connection, reason: str, ids: Iterable[int]) -> None:
    """Any → stale, digest unknown: the published file is not what was written."""
    connection.executemany(
        "UPDATE output SET stale = 1, digest = NULL, reason = ? WHERE id = ?",
        [(reason, number) for number in ids],
    )


def disown_all(connection: sqlite3.Connection, reason: str) -> None:
    """Any → stale, not owned, digest unknown: the output folder is missing."""
    connection.execute(
        """UPDATE output SET digest = NULL, owned = 0, stale = 1,
            reason = CASE WHEN stale THEN reason ELSE ? END""",
        [reason],
    )


def discard_rendered(connection: sqlite3.Connection) -> None:
    """Rendered → not rendered: what a build rendered that did not publish."""
    connection.execute("DELETE FROM rendered")


def note_rendered(connection: sqlite3.Connection, outputs: Iterable[RenderedRow]) -> None:
    """Planned and stale → rendered."""
    connection.executemany("INSERT INTO rendered VALUES (?, ?, ?)", outputs)


def note_moving(connection: sqlite3.Connection, marker: str) -> None:
    """Rendered → owned, and digest unknown where the file is about to be replaced.

    The file at `marker` becomes owned only once it is there, because its absence puts the ownership
    of all others in doubt.
    """
    connection.execute(
        """UPDATE output SET owned = 1
            WHERE path != ? AND id IN (SELECT output FROM rendered)""",
        [marker],
    )
    connection.execute(
        "UPDATE output SET digest = NULL WHERE id IN (SELECT output FROM rendered WHERE staged)"
    )


def note_published(connection: sqlite3.Connection, now: int) -> None:
    """Rendered → up to date, owned by the index, digest known; not rendered any more."""
    connection.execute(
        """UPDATE output SET stale = 0, owned = 1, rendered_at = ?,
                digest = (SELECT digest FROM rendered WHERE rendered.output = output.id)
            WHERE id IN (SELECT output FROM rendered)""",
        [now],
    )
    discard_rendered(connection)


def forget_unplanned(connection: sqlite3.Connection) -> list[int]:
    """Unplanned → absent; return the ids."""
    found = connection.execute(f"SELECT id FROM {UNPLANNED}").fetchall()
    connection.executemany("DELETE FROM output WHERE id = ?", found)
    return [number for (number,) in found]


def stale_outputs(connection: sqlite3.Connection) -> Iterator[tuple[int, Output, bytes | None]]:
    """Return the outputs to render: id, output, and the digest of the published file.

    Ids follow the age of the articles, as far as outputs were planned together.
    """
    rows = connection.execute(
        """SELECT id, path, kind, params, owner, scope, digest FROM output
            WHERE stale AND planned ORDER BY id"""
    )
    for number, path, kind, params, owner, scope, digest in rows:
        output = Output(
            inside_output(path), kind, Scope.parse(scope), msgspec.json.decode(params), owner
        )
        yield number, output, digest


def staged_files(connection: sqlite3.Connection) -> list[FileRow]:
    """Return the files that wait in the staging folder."""
    return _files(connection, f"{_RENDERED} WHERE staged")


def unplanned_files(connection: sqlite3.Connection) -> list[FileRow]:
    """Return the files in the output folder that the site no longer has."""
    return _files(connection, f"{UNPLANNED} AND owned")


def files_to_own(connection: sqlite3.Connection) -> list[str]:
    """Return the paths of rendered outputs that are not owned yet, sorted."""
    rows = connection.execute(f"SELECT path FROM {_RENDERED} WHERE NOT owned ORDER BY path")
    return [path for (path,) in rows]


def published_files(connection: sqlite3.Connection) -> list[FileRow]:
    """Return the planned files whose published bytes are known."""
    return _files(connection, "output WHERE planned AND digest IS NOT NULL")


def _files(connection: sqlite3.Connection, outputs: str) -> list[FileRow]:
    """Raise `UnsafePathError` for a path that leads out of the output folder."""
    rows = connection.execute(f"SELECT kind, id, path, owned, output.digest FROM {outputs}")
    return [
        FileRow(kind, number, inside_output(path), Owned(owned), digest)
        for kind, number, path, owned, digest in rows
    ]


def is_owned(connection: sqlite3.Connection, path: str) -> bool:
    """Return whether the file at a path is Broadsheet's, as far as the index knows."""
    found = connection.execute("SELECT 1 FROM output WHERE path = ? AND owned", [path]).fetchone()
    return found is not None
