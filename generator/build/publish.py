"""Moves what was staged into the output folder, and takes out what the site no longer has.

The only writer to `output/`. Before the first move the index says that those files are being
replaced; after the last it is told what they are. A build that is killed between leaves files whose
digest is unknown, which the next one makes again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.build.ledger import note_removed, note_written
from generator.build.left import note_as_left
from generator.build.obstacles import refuse_obstacles
from generator.build.options import BuildOptions
from generator.build.state import ledger_path
from generator.build.workshop import LOOSE, TREE
from generator.errors import Problem
from generator.index.database import transaction
from generator.index.traces import forget_outputs

# How many files of others a warning lists.
_NAMED = 10
_MADE = "made CROSS JOIN output ON id = made.output"


@dataclass(frozen=True, slots=True)
class Published:
    """Paths relative to the output folder, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def publish(connection: sqlite3.Connection, options: BuildOptions) -> Published:
    """Make the output hold what was made; `note_published` is to be called next.

    Raises `OutputError` before anything is moved.
    """
    output, ledger = options.output, ledger_path(options.state_folder)
    gone = _paths(connection, "output INDEXED BY output_unwanted WHERE NOT wanted AND claimed")
    staged: dict[int, str] = dict(connection.execute(f"SELECT id, path FROM {_MADE} WHERE staged"))
    written = sorted(staged.values())
    refuse_obstacles(connection, written, set(gone), output)
    new = _paths(connection, f"{_MADE} WHERE NOT claimed")
    note_written(ledger, new, anew=not output.is_dir())
    with transaction(connection):
        connection.execute("UPDATE output SET claimed = 1 WHERE id IN (SELECT output FROM made)")
        connection.execute(
            "UPDATE output SET digest = NULL WHERE id IN (SELECT output FROM made WHERE staged)"
        )
    if gone or written:
        _move(options.staging, output, gone, staged)
    note_removed(ledger, gone)
    output.mkdir(parents=True, exist_ok=True)
    return Published(tuple(written), tuple(gone))


def note_published(connection: sqlite3.Connection, output: Path) -> None:
    """Tell the index that the output holds what was made."""
    with transaction(connection):
        note_as_left(connection, output)
        forget_outputs(connection)
        connection.execute(
            """UPDATE output SET stale = 0, rendered = ?,
                    digest = (SELECT digest FROM made WHERE made.output = output.id)
                WHERE id IN (SELECT output FROM made)""",
            [int(time.time())],
        )
        connection.execute("DELETE FROM made")


def _paths(connection: sqlite3.Connection, outputs: str) -> list[str]:
    return sorted(row[0] for row in connection.execute(f"SELECT path FROM {outputs}"))


def _move(staging: Path, output: Path, gone: list[str], staged: Mapping[int, str]) -> None:
    if output.is_dir():
        os.utime(output)
    for path in gone:
        _remove(output, path)
    tree, loose = staging / TREE, staging / LOOSE
    if tree.is_dir():
        _graft(tree, output)
    waiting = {
        int(name): f"{folder}/{name}" for folder, _, names in os.walk(loose) for name in names
    }
    for number in sorted(waiting):
        _put(waiting[number], f"{output}/{staged[number]}")


def _put(file: str, target: str) -> None:
    """Move a file to its folder, which may have gone together with all that it held."""
    try:
        os.replace(file, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(file, target)


def staging_folder(output: Path) -> Path:
    """Where files wait for their move: beside the output, so that it is a rename.

    Inside it where the output is a file system of its own, or its parent can't be written.
    """
    parent = output.parent
    apart = output.is_dir() and parent.stat().st_dev != output.stat().st_dev
    if apart or (output.is_dir() and not os.access(parent, os.W_OK)):
        return output / ".broadsheet-new"
    return parent / f".{output.name}.broadsheet-new"


def _graft(staging: Path, output: Path) -> None:
    """Move a tree over another by renames: whole folders where they are new, else file by file."""
    if not output.exists():
        output.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staging, output)
        return
    with os.scandir(staging) as entries:
        for entry in entries:
            target = output / entry.name
            if entry.is_dir(follow_symlinks=False) and target.is_dir():
                _graft(Path(entry.path), target)
            else:
                os.replace(entry.path, target)


def foreign_files(connection: sqlite3.Connection, output: Path) -> Iterator[Problem]:
    """A warning that names what else the output folder holds, which nobody touches."""
    found = [
        path
        for folder, _, names in os.walk(output)
        for name in names
        if not _ours(connection, path := (Path(folder) / name).relative_to(output).as_posix())
    ]
    if found:
        shown = ", ".join(sorted(found)[:_NAMED]) + (", …" if found[_NAMED:] else "")
        message = f"holds {len(found)} files that Broadsheet did not write, and left alone: {shown}"
        yield Problem(str(output), 0, 0, message, severity="warning")


def _ours(connection: sqlite3.Connection, path: str) -> bool:
    found = connection.execute("SELECT 1 FROM output WHERE path = ? AND claimed", [path]).fetchone()
    return found is not None


def _remove(output: Path, path: str) -> None:
    target = output / path
    if target.is_dir() and not target.is_symlink():
        return
    target.unlink(missing_ok=True)
    folder = target.parent
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
