"""Damage at random to the state of a portal, and what the next builds make of it."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.support.portal import NOW, Portal, story

STATE = ".broadsheet/build"
LATER = "2024-02-06T12:00:00+00:00"

Tree = dict[str, bytes]


def _nothing(portal: Portal) -> None:
    """Only time goes by, perhaps."""


def _edit(portal: Portal) -> None:
    path = sorted((portal.root / "content/articles").rglob("*.md"))[0]
    path.write_text(path.read_text("utf-8") + "\nAnd more.\n", "utf-8")


def _retitle(portal: Portal) -> None:
    path = sorted((portal.root / "content/articles").rglob("*.md"))[-1]
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: ", "title: New ", 1), "utf-8")


def _publish(portal: Portal) -> None:
    portal.stories(story(90, "tags: [Iran, Chess]\nauthors: [leila]", body="See [it](news:1)."))


def _delete(portal: Portal) -> None:
    portal.remove(
        sorted((portal.root / "content/articles").rglob("5.md"))[0]
        .relative_to(portal.root)
        .as_posix()
    )


def _theme(portal: Portal) -> None:
    portal.write(
        {"templates/base.html": '{% extends "!base.html" %}{% block body_end %}{% endblock %}'}
    )


# Each with the moment of the build that comes after it.
CHANGES: tuple[tuple[Callable[[Portal], None], str], ...] = (
    (_nothing, NOW),
    (_nothing, LATER),
    (_edit, NOW),
    (_retitle, NOW),
    (_publish, NOW),
    (_delete, LATER),
    (_theme, NOW),
)


def flip(chance: random.Random, file: Path) -> None:
    """Flip a bit in each of one to three bytes, of those that are not empty space."""
    data = bytearray(file.read_bytes())
    used = [place for place, byte in enumerate(data) if byte]
    for _ in range(chance.randint(1, 3) if used else 0):
        data[chance.choice(used)] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def value(chance: random.Random, file: Path) -> None:
    """Flip a bit in a value of the index, or just before it, where its length and numbers are."""
    data = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file.with_name("index.sqlite"))) as connection:
        connection.text_factory = bytes
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = [
            row
            for (name,) in tables.fetchall()
            for row in chance.choices(
                connection.execute(f"SELECT * FROM {name.decode()}").fetchall() or [()], k=3
            )
        ]
    values = [each for row in rows for each in row if isinstance(each, bytes) and len(each) > 3]
    chosen = chance.choice(values)
    places = [found.start() for found in re.finditer(re.escape(chosen), data)]
    place = chance.choice(places or [0]) + chance.randrange(-min(12, *places, 12), len(chosen))
    data[place] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def overwrite(chance: random.Random, file: Path) -> None:
    """Put bytes from elsewhere in the file, or nonsense, over a stretch of it."""
    data = bytearray(file.read_bytes())
    size = chance.choice((1, 8, 64, 4096))
    start, source = (chance.randrange(len(data) + 1) for _ in range(2))
    piece = data[source : source + size] if chance.random() < 0.5 else chance.randbytes(size)
    data[start : start + len(piece)] = piece
    file.write_bytes(data)


def cut(chance: random.Random, file: Path) -> None:
    """Cut the file short, or make it empty."""
    size = file.stat().st_size
    os.truncate(file, chance.choice((0, chance.randrange(size + 1))))


def folder(chance: random.Random, file: Path) -> None:
    """Put a folder in the file's place."""
    file.unlink()
    file.mkdir()
    if chance.random() < 0.5:
        (file / "x").write_text("x")


def gone(chance: random.Random, file: Path) -> None:
    """Delete the file."""
    file.unlink()


def swapped(chance: random.Random, file: Path) -> None:
    """Put another file of the state in its place."""
    others = sorted(path for path in file.parent.rglob("*") if path.is_file())
    shutil.copyfile(chance.choice(others), f"{file}.other")
    os.replace(f"{file}.other", file)


DAMAGES = (flip, flip, value, value, value, value, value, overwrite, cut, folder, gone, swapped)
