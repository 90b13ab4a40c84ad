"""Keeps published URLs from vanishing unnoticed, by the portal's record `published.txt`.

The record is beside site.toml and belongs in version control, so that every machine finds the
same errors. `broadsheet build --record` adds what is published; a line that ends in `retired` names
a URL that was removed on purpose.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from generator.digest import digest
from generator.errors import Problem
from generator.index.output_queries import has_ended, is_planned, permanent_paths
from generator.model.permalink import (
    PERMALINK_FIELDS,
    normalize_path,
    output_path,
    path_error,
    site_path,
)
from generator.model.site import Site

RECORD = "published.txt"
_RETIRED = "retired"
_NEWS_ID = "(?P<news_id>[A-Za-z0-9_-]{1,64}?)"
_HEADER = (
    "# URLs that this portal has published. Broadsheet will not build a site without them, unless\n"
    "# another page names them among its aliases, or their line ends in 'retired'.\n"
)


def lost_urls(connection: sqlite3.Connection, root: Path, now: int) -> Iterator[Problem]:
    """Yield an error for every recorded URL that the planned site would not answer."""
    for line, path, retired in _recorded(root):
        if error := path_error(path):
            yield Problem(RECORD, line, 1, f"'{path}' {error}", "write a path such as /about/")
        elif not retired and not _answers(connection, path, now):
            yield Problem(
                RECORD,
                line,
                1,
                f"{path} was published and would vanish",
                "name it among the aliases of the page that took its place, or write "
                "'retired' after it",
            )


def record_digest(root: Path) -> bytes:
    """Return the digest of the record."""
    path = root / RECORD
    return digest(path.read_bytes() if path.is_file() else b"")


def record(connection: sqlite3.Connection, root: Path) -> int:
    """Add all URLs of the site to the record; return how many are new."""
    known = {path for _, path, _ in _recorded(root)}
    published = {normalize_path(site_path(path)) for path in permanent_paths(connection)}
    new = sorted(published - known)
    if new:
        _append(root / RECORD, new)
    return len(new)


def recorded_urls(root: Path) -> frozenset[str]:
    """Return the URLs of the record, also those that were retired."""
    return frozenset(path for _, path, _ in _recorded(root))


def recorded_news_ids(root: Path, site: Site) -> dict[str, str]:
    """Return the News IDs in recorded URLs of articles, each with one of its URLs."""
    if "{news_id}" not in site.permalink:
        return {}
    shape = re.compile(_shape(site))
    found = (shape.fullmatch(path) for path in sorted(recorded_urls(root)))
    return {match["news_id"]: match[0] for match in found if match}


def _shape(site: Site) -> str:
    """Return the regular expression of articles' site paths, with a group for the News ID."""
    shapes = dict.fromkeys(PERMALINK_FIELDS, "[^/]+") | {
        "section": "|".join(re.escape(section.slug) for section in site.sections),
        "year": "[0-9]{4}",
        "month": "[0-9]{2}",
        "day": "[0-9]{2}",
    }
    groups = {name: f"(?:{shape})" for name, shape in shapes.items()}
    first, *others = re.escape(site.permalink).split(r"\{news_id\}")
    shape = r"(?P=news_id)".join([f"{first}{_NEWS_ID}{others[0]}", *others[1:]])
    for name, group in groups.items():
        shape = shape.replace(rf"\{{{name}\}}", group)
    return shape


def _append(path: Path, lines: list[str]) -> None:
    """Append lines by a rename, so that the record is never truncated.

    Existing lines stay as they are, byte for byte; if the record is a link, the file that it points
    to grows.
    """
    path = path.resolve()
    before = path.read_bytes() if path.exists() else _HEADER.encode()
    if not before.endswith(b"\n"):
        before += b"\n"
    replacement = path.with_name(f".{path.name}.{os.getpid()}")
    with replacement.open("xb") as file:
        file.write(before + "".join(f"{line}\n" for line in lines).encode())
    os.replace(replacement, path)


def _recorded(root: Path) -> Iterator[tuple[int, str, bool]]:
    path = root / RECORD
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        written, _, note = line.strip().partition(" ")
        if written and not written.startswith("#"):
            yield number, normalize_path(written), note.strip() == _RETIRED


def _answers(connection: sqlite3.Connection, path: str, now: int) -> bool:
    """Return whether the site has a file for the path, or the article there has expired."""
    return is_planned(connection, output_path(path)) or has_ended(connection, path, now)
