"""Which files the site should have: all kinds' plans in one table, and clashes between them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from generator.build.workshop import Order
from generator.errors import Problem
from generator.index.catalogue import Catalogue
from generator.model.output import Output
from generator.model.permalink import collision_key, site_path
from generator.model.site import Site
from generator.outputs import KINDS, Portal
from generator.render.theme import Theme

_encode = msgspec.json.Encoder(order="deterministic").encode


def plan_outputs(connection: sqlite3.Connection, site: Site, theme: Theme) -> int:
    """Fill the table of planned outputs; returns how many there are."""
    portal = Portal(site, Catalogue(connection), theme)
    connection.execute("DELETE FROM planned")
    for kind in KINDS:
        connection.executemany(
            "INSERT INTO planned (path, key, kind, params, owner) VALUES (?, ?, ?, ?, ?)",
            (
                (
                    output.path,
                    collision_key(output.path),
                    output.kind,
                    _encode(output.params).decode(),
                    output.owner,
                )
                for output in kind.plan(portal)
            ),
        )
    return int(connection.execute("SELECT count(*) FROM planned").fetchone()[0])


def clashes(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Two outputs with one path, also where only a file system takes them for one, and files
    where others need a folder."""
    rows = connection.execute(
        """SELECT planned.path, planned.owner, first.path, first.owner FROM planned
            JOIN (SELECT key, min(id) AS id FROM planned GROUP BY key HAVING count(*) > 1) AS same
                ON same.key = planned.key AND same.id != planned.id
            JOIN planned AS first ON first.id = same.id ORDER BY planned.id"""
    )
    for path, owner, first_path, first_owner in rows:
        same = "" if path == first_path else f" ({site_path(first_path)} on some file systems)"
        yield Problem(
            *_file_place(owner, first_owner),
            f"{_claim(owner)} has the URL {site_path(path)}{same}, "
            f"which is already that of {first_owner}",
            "change a slug, alias or section",
        )
    yield from _files_in_the_way(connection)


def drop_clashing(connection: sqlite3.Connection) -> None:
    """Let the first of several outputs with one path stand, for a build that keeps going."""
    connection.execute(
        "DELETE FROM planned WHERE id NOT IN (SELECT min(id) FROM planned GROUP BY key)"
    )


def _claim(owner: str) -> str:
    return "this file" if owner.startswith("content/") else owner


def _file_place(owner: str, other: str) -> tuple[str, int, int]:
    place = next((name for name in (owner, other) if name.startswith("content/")), "site.toml")
    return place, 0, 0


def _files_in_the_way(connection: sqlite3.Connection) -> Iterator[Problem]:
    rows = connection.execute(
        "SELECT path, key, owner FROM planned WHERE path NOT LIKE '%/index.html'"
    )
    for path, key, owner in rows.fetchall():
        below = connection.execute(
            "SELECT path, owner FROM planned WHERE key >= ? AND key < ? LIMIT 1",
            [f"{key}/", f"{key}0"],
        ).fetchone()
        if below:
            yield Problem(
                *_file_place(owner, below[1]),
                f"the file {site_path(path)} stands where {below[1]} needs a folder "
                f"for {site_path(below[0])}",
            )


def orders(connection: sqlite3.Connection) -> Iterator[Order]:
    """All planned outputs with the digest of what is published in their place."""
    rows = connection.execute(
        """SELECT planned.id, planned.path, planned.kind, planned.params, planned.owner,
            output.digest FROM planned LEFT JOIN output ON output.path = planned.path
            ORDER BY planned.id"""
    )
    for number, path, kind, params, owner, digest in rows:
        yield Order(number, Output(path, kind, msgspec.json.decode(params), owner), digest)
