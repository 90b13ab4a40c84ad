"""What one run of planning proposes: temporary tables that last until the plan is applied.

The only module that writes the tables `proposal` and `proposed_scope`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from generator.index import outputs
from generator.model.output import Output, Scope
from generator.model.permalink import collision_key

# Outputs of scopes that were not planned, which stay as they are.
_STANDS = "output.planned AND output.scope NOT IN (SELECT scope FROM proposed_scope)"

_encode = msgspec.json.Encoder(order="deterministic").encode


class OwnedPath(NamedTuple):
    """A path and the owner of the output that has it."""

    path: str
    owner: str


class ChangedParams(NamedTuple):
    """An output that is proposed with other parameters, or as another kind, than it has."""

    id: int
    owner: str
    kind: str
    before: dict[str, object]
    now: dict[str, object]


class Proposal:
    """The outputs that the site should have: all of them, or those of some scopes."""

    def __init__(self, connection: sqlite3.Connection, scopes: Iterable[Scope] | None) -> None:
        self._db = connection
        self._partial = scopes is not None
        connection.execute(
            """CREATE TEMP TABLE proposal (id INTEGER PRIMARY KEY, path TEXT, key TEXT, kind TEXT,
                params TEXT, owner TEXT, scope TEXT, sort_order REAL)"""
        )
        connection.execute("CREATE TEMP TABLE proposed_scope (scope TEXT PRIMARY KEY)")
        connection.executemany(
            "INSERT INTO proposed_scope VALUES (?)", [(str(scope),) for scope in scopes or ()]
        )

    def add(self, proposed: Iterable[Output]) -> None:
        """Add outputs."""
        self._db.executemany(
            """INSERT INTO proposal (path, key, kind, params, owner, scope, sort_order)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (
                (
                    output.path,
                    collision_key(output.path),
                    output.kind,
                    _encode(output.params).decode(),
                    output.owner,
                    str(output.scope),
                    output.order,
                )
                for output in proposed
            ),
        )

    def same_paths(self) -> list[tuple[OwnedPath, OwnedPath]]:
        """Return pairs of outputs whose paths are the same, on some file systems at least.

        The first of a pair is proposed; the second is proposed before it, or stays as it is.
        """
        self._db.execute("CREATE INDEX IF NOT EXISTS proposal_key ON proposal (key)")
        rows = self._db.execute(
            """SELECT proposal.path, proposal.owner, first.path, first.owner FROM proposal
                JOIN (SELECT key, min(id) AS id FROM proposal GROUP BY key HAVING count(*) > 1)
                    AS same ON same.key = proposal.key AND same.id != proposal.id
                JOIN proposal AS first ON first.id = same.id"""
        ).fetchall()
        if self._partial:
            rows += self._db.execute(
                f"""SELECT proposal.path, proposal.owner, output.path, output.owner FROM proposal
                    CROSS JOIN output ON output.key = proposal.key WHERE {_STANDS}"""
            ).fetchall()
        return [(OwnedPath(*row[:2]), OwnedPath(*row[2:])) for row in sorted(rows)]

    def files_below_files(self) -> list[tuple[OwnedPath, OwnedPath]]:
        """Return each file that has the path of a folder, with an output that needs the folder."""
        files = self._db.execute(
            "SELECT path, key, owner FROM proposal WHERE path NOT LIKE '%/index.html'"
        ).fetchall()
        below = "SELECT path, owner FROM proposal WHERE key >= :low AND key < :high"
        if self._partial:
            files += self._standing_above()
            below += f""" UNION ALL SELECT path, owner FROM output
                WHERE key >= :low AND key < :high AND {_STANDS}"""
        pairs = []
        for path, key, owner in files:
            bounds = {"low": f"{key}/", "high": f"{key}0"}
            if found := self._db.execute(f"{below} LIMIT 1", bounds).fetchone():
                pairs.append((OwnedPath(path, owner), OwnedPath(*found)))
        return pairs

    def drop_conflicting(self) -> bool:
        """Keep what stands, or the first of several outputs; return whether any was dropped.

        Of a file and an output that needs a folder of its name, both proposed, the file is dropped.
        """
        db, before = self._db, self._db.total_changes
        db.execute(
            "DELETE FROM proposal WHERE id NOT IN (SELECT min(id) FROM proposal GROUP BY key)"
        )
        below = "below.key >= proposal.key || '/' AND below.key < proposal.key || '0'"
        file = "DELETE FROM proposal WHERE path NOT LIKE '%/index.html' AND EXISTS"
        db.execute(f"{file} (SELECT 1 FROM proposal AS below WHERE {below})")
        if self._partial:
            db.execute(
                f"""DELETE FROM proposal WHERE EXISTS (
                    SELECT 1 FROM output WHERE output.key = proposal.key AND {_STANDS})"""
            )
            standing = f"SELECT key FROM output WHERE {_STANDS}"
            db.execute(f"{file} (SELECT 1 FROM ({standing}) AS below WHERE {below})")
            db.executemany(
                "DELETE FROM proposal WHERE key >= ? || '/' AND key < ? || '0'",
                [(key, key) for _, key, _ in self._standing_above()],
            )
        return db.total_changes > before

    def changed_params(self) -> list[ChangedParams]:
        """Return the planned outputs whose parameters or kind the proposal changes."""
        rows = self._db.execute(
            """SELECT output.id, proposal.owner, proposal.kind, output.params, proposal.params
                FROM proposal CROSS JOIN output ON output.path = proposal.path
                WHERE planned
                    AND (output.kind != proposal.kind OR output.params != proposal.params)"""
        )
        decode = msgspec.json.decode
        return [
            ChangedParams(number, owner, kind, decode(before), decode(now))
            for number, owner, kind, before, now in rows
        ]

    def apply(self) -> None:
        """Make the proposal the plan, and end it."""
        outputs.apply_proposal(self._db, partial=self._partial)
        self._db.execute("DROP TABLE proposal")
        self._db.execute("DROP TABLE proposed_scope")

    def _standing_above(self) -> list[tuple[str, str, str]]:
        """Return files that stand where something proposed needs a folder."""
        folders: set[str] = set()
        for (key,) in self._db.execute("SELECT key FROM proposal"):
            folder = key.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        found = []
        for folder in sorted(folders):
            found += self._db.execute(
                f"""SELECT path, key, owner FROM output WHERE key = ? AND {_STANDS}
                    AND path NOT IN (SELECT path FROM proposal)""",
                [folder],
            ).fetchall()
        return found
