"""Which files the site should have: all kinds' plans in one table, and clashes between them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from generator.errors import Problem
from generator.index.catalogue import Catalogue
from generator.index.reasons import other_plan
from generator.model.output import Output, Scope
from generator.model.permalink import collision_key, site_path
from generator.model.site import Site
from generator.outputs import KINDS, PlanContext
from generator.theme.theme import Theme

# Outputs whose scopes were not planned.
_STANDS = "output.wanted AND output.scope NOT IN (SELECT scope FROM planned_scope)"

_encode = msgspec.json.Encoder(order="deterministic").encode


def portal_of(connection: sqlite3.Connection, site: Site, theme: Theme) -> PlanContext:
    """What kinds of output may look at to plan."""
    return PlanContext(site, Catalogue(connection), theme)


def plan(
    connection: sqlite3.Connection, portal: PlanContext, scopes: Iterable[Scope] | None
) -> None:
    """List the outputs that the portal should have, all or those of some scopes, in a table.

    Those of other scopes stand as they are; no scope is listed where all are planned.
    """
    connection.execute(
        """CREATE TEMP TABLE planned (id INTEGER PRIMARY KEY, path TEXT, key TEXT, kind TEXT,
            params TEXT, owner TEXT, scope TEXT, near REAL)"""
    )
    connection.execute("CREATE TEMP TABLE planned_scope (scope TEXT PRIMARY KEY)")
    if scopes is None:
        for kind in KINDS:
            _put(connection, kind.plan(portal, None))
        return
    for scope in sorted(scopes):
        connection.execute("INSERT INTO planned_scope VALUES (?)", [str(scope)])
        for kind in KINDS:
            if scope.part in kind.parts:
                _put(connection, kind.plan(portal, scope))


def apply_plan(connection: sqlite3.Connection) -> None:
    """Mark outputs that are new or other than they were, and those that nobody wants."""
    only = "AND scope IN (SELECT scope FROM planned_scope)" if _some_stand(connection) else ""
    connection.execute(
        f"""UPDATE output SET wanted = 0 WHERE wanted {only}
            AND path NOT IN (SELECT path FROM planned)"""
    )
    otherwise = _planned_otherwise(connection)
    connection.execute(
        """INSERT INTO output (path, key, kind, params, owner, scope, reason)
            SELECT path, key, kind, params, owner, scope, 'new' FROM planned
            WHERE true ORDER BY near, id
            ON CONFLICT (path) DO UPDATE SET
                stale = stale OR NOT wanted OR kind != excluded.kind OR params != excluded.params,
                reason = CASE WHEN wanted THEN reason WHEN kind = '' THEN 'new'
                    ELSE 'planned again' END,
                wanted = 1, key = excluded.key, kind = excluded.kind, params = excluded.params,
                owner = excluded.owner, scope = excluded.scope"""
    )
    connection.executemany("UPDATE output SET reason = ? WHERE id = ?", otherwise)
    connection.execute("DROP TABLE planned")
    connection.execute("DROP TABLE planned_scope")


def _planned_otherwise(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Outputs that are not what they were, each as its reason and number."""
    rows = connection.execute(
        """SELECT output.id, planned.owner, planned.kind, output.params, planned.params
            FROM planned CROSS JOIN output ON output.path = planned.path
            WHERE wanted AND (output.kind != planned.kind OR output.params != planned.params)"""
    )
    decode = msgspec.json.decode
    return [
        (other_plan(owner, kind, decode(before), decode(now)), number)
        for number, owner, kind, before, now in rows
    ]


def _put(connection: sqlite3.Connection, outputs: Iterator[Output]) -> None:
    connection.executemany(
        "INSERT INTO planned (path, key, kind, params, owner, scope, near) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                output.path,
                collision_key(output.path),
                output.kind,
                _encode(output.params).decode(),
                output.owner,
                str(output.scope),
                output.near,
            )
            for output in outputs
        ),
    )


def clashes(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Two outputs with one path, also where only a file system takes them for one, and files
    where others need a folder."""
    connection.execute("CREATE INDEX planned_key ON planned (key)")
    rows = connection.execute(
        """SELECT planned.path, planned.owner, first.path, first.owner FROM planned
            JOIN (SELECT key, min(id) AS id FROM planned GROUP BY key HAVING count(*) > 1) AS same
                ON same.key = planned.key AND same.id != planned.id
            JOIN planned AS first ON first.id = same.id"""
    ).fetchall()
    some_stand = _some_stand(connection)
    if some_stand:
        rows += connection.execute(
            f"""SELECT planned.path, planned.owner, output.path, output.owner FROM planned
                CROSS JOIN output ON output.key = planned.key WHERE {_STANDS}"""
        ).fetchall()
    for path, owner, first_path, first_owner in sorted(rows):
        same = "" if path == first_path else f" ({site_path(first_path)} on some file systems)"
        yield Problem(
            *_file_place(owner, first_owner),
            f"{_claim(owner)} has the URL {site_path(path)}{same}, "
            f"which is already that of {first_owner}",
            "change a slug, alias or section",
        )
    yield from _files_in_the_way(connection, some_stand)


def drop_clashing(connection: sqlite3.Connection) -> bool:
    """Let what is there, or the first of several, stand, for a build that keeps going.

    Of a file and what needs a folder in its place, all planned at once, the file gives way. True
    if anything gave way: it is planned again only together with all others.
    """
    before = connection.total_changes
    connection.execute(
        "DELETE FROM planned WHERE id NOT IN (SELECT min(id) FROM planned GROUP BY key)"
    )
    below = "below.key >= planned.key || '/' AND below.key < planned.key || '0'"
    in_the_way = "DELETE FROM planned WHERE path NOT LIKE '%/index.html' AND EXISTS"
    connection.execute(f"{in_the_way} (SELECT 1 FROM planned AS below WHERE {below})")
    if _some_stand(connection):
        connection.execute(
            f"""DELETE FROM planned WHERE EXISTS (
                SELECT 1 FROM output WHERE output.key = planned.key AND {_STANDS})"""
        )
        standing = f"SELECT key FROM output WHERE {_STANDS}"
        connection.execute(f"{in_the_way} (SELECT 1 FROM ({standing}) AS below WHERE {below})")
        connection.executemany(
            "DELETE FROM planned WHERE key >= ? || '/' AND key < ? || '0'",
            [(key, key) for _, key, _ in _files_above(connection)],
        )
    return connection.total_changes > before


def _some_stand(connection: sqlite3.Connection) -> bool:
    """Whether only some scopes were planned, so that outputs of others stand as they are."""
    return connection.execute("SELECT 1 FROM planned_scope LIMIT 1").fetchone() is not None


def _claim(owner: str) -> str:
    return "this file" if owner.startswith("content/") else owner


def _file_place(owner: str, other: str) -> tuple[str, int, int]:
    place = next((name for name in (owner, other) if name.startswith("content/")), "site.toml")
    return place, 0, 0


def _files_in_the_way(connection: sqlite3.Connection, some_stand: bool) -> Iterator[Problem]:
    """Files among what is planned and what stands, where one is a folder of the other's."""
    files = connection.execute(
        "SELECT path, key, owner FROM planned WHERE path NOT LIKE '%/index.html'"
    ).fetchall()
    below = "SELECT path, owner FROM planned WHERE key >= :low AND key < :high"
    if some_stand:
        files += _files_above(connection)
        below += f""" UNION ALL SELECT path, owner FROM output
            WHERE key >= :low AND key < :high AND {_STANDS}"""
    for path, key, owner in files:
        found = connection.execute(
            f"{below} LIMIT 1", {"low": f"{key}/", "high": f"{key}0"}
        ).fetchone()
        if found:
            yield Problem(
                *_file_place(owner, found[1]),
                f"the file {site_path(path)} stands where {found[1]} needs a folder "
                f"for {site_path(found[0])}",
            )


def _files_above(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Files that stand where something planned needs a folder."""
    folders: set[str] = set()
    for (key,) in connection.execute("SELECT key FROM planned"):
        folder = key.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    found = []
    for folder in sorted(folders):
        found += connection.execute(
            f"""SELECT path, key, owner FROM output WHERE key = ? AND {_STANDS}
                AND path NOT IN (SELECT path FROM planned)""",
            [folder],
        ).fetchall()
    return found
