"""Publishes: moves staged files into the output folder, and removes what the site no longer has.

This is the only writer to `output/`. Before the first move the index records which files are being
replaced; after the last one it records what they are. If a build is killed in between, the digests
of those files are unknown, and the next build renders them again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Problem
from generator.index import outputs
from generator.index.connection import transaction
from generator.index.dependencies import forget_outputs
from generator.index.outputs import FileRow
from generator.model.output import Turn
from generator.model.permalink import lies_inside
from generator.write.manifest import note_removed, note_written, written_files
from generator.write.moves import Moves
from generator.write.output_stamp import note_unchanged
from generator.write.ownership import MARKER_NAME, Claim, Ownership, touch_marker
from generator.write.preflight import survey

# How many foreign files a warning lists.
_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a build publishes: the output folder, the staging folder beside it, and the manifest.

    `turns` gives the `Turn` of each kind of output by name. With `adopt`, foreign files are
    replaced where the site needs their paths.
    """

    output: Path
    staging: Path
    manifest: Path
    turns: Mapping[str, Turn]
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: paths relative to the output folder, sorted.

    `warnings` are about files that were left alone.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


def publish(connection: sqlite3.Connection, to: Destination) -> Published:
    """Move what was rendered into the output folder; call `note_published` next.

    Raises `OutputError` before anything is moved.
    """
    output, manifest = to.output, to.manifest
    ownership = Ownership.of(connection, output)
    staged = [_claim(file, to.turns) for file in outputs.staged_files(connection)]
    unplanned = [_claim(file, to.turns) for file in outputs.unplanned_files(connection)]
    gone = [claim for claim in unplanned if _may_remove(ownership, claim)]
    removed = sorted(claim.path for claim in gone)
    occupied = survey(ownership, staged, set(removed), adopt=to.adopt)
    outside = [] if ownership.recorded else _names_outside(manifest)
    note_written(manifest, outputs.files_to_own(connection), anew=not output.is_dir())
    with transaction(connection):
        outputs.note_moving(connection, MARKER_NAME)
    if gone or staged:
        _move(Moves(to.staging, output, staged, gone, occupied))
    note_removed(manifest, [*(claim.path for claim in unplanned), *outside])
    output.mkdir(parents=True, exist_ok=True)
    written = sorted(claim.path for claim in staged)
    return Published(tuple(written), tuple(removed), _warnings(manifest, outside))


def note_published(connection: sqlite3.Connection, output: Path) -> None:
    """Record that the output holds what was rendered."""
    with transaction(connection):
        note_unchanged(connection, output)
        forget_outputs(connection, outputs.forget_unplanned(connection))
        outputs.note_published(connection, int(time.time()))


def _claim(file: FileRow, turns: Mapping[str, Turn]) -> Claim:
    turn = turns.get(file.kind, Turn.RESOURCE)
    return Claim(turn, file.id, file.path, file.owned, file.digest)


def _may_remove(ownership: Ownership, claim: Claim) -> bool:
    try:
        standing = os.lstat(ownership.output / claim.path)
    except OSError:
        return False
    return ownership.may_remove(claim, standing)


def _move(moves: Moves) -> None:
    if moves.output.is_dir():
        os.utime(moves.output)
        touch_marker(moves.output)
    moves.carry_out()
    touch_marker(moves.output)


def _names_outside(manifest: Path) -> list[str]:
    return [name for name in written_files(manifest) if not lies_inside(name)]


def _warnings(manifest: Path, outside: list[str]) -> tuple[Problem, ...]:
    if not outside:
        return ()
    names = "1 file" if len(outside) == 1 else f"{len(outside)} files"
    message = f"names {names} outside the output folder, left alone: {_names(map(repr, outside))}"
    return (Problem(str(manifest), 0, 0, message, severity="warning"),)


def foreign_files(connection: sqlite3.Connection, to: Destination) -> Iterator[Problem]:
    """Warn about files in the output folder that are not Broadsheet's; they stay untouched."""
    output = to.output
    found = [
        path
        for folder, _, names in os.walk(output)
        for name in names
        if not outputs.is_owned(
            connection, path := (Path(folder) / name).relative_to(output).as_posix()
        )
        and to.staging not in (Path(folder), *Path(folder).parents)
    ]
    if found:
        message = f"holds {len(found)} files that Broadsheet did not write, and left alone: "
        yield Problem(str(output), 0, 0, message + _names(found), severity="warning")


def _names(names: Iterable[str]) -> str:
    found = sorted(names)
    return ", ".join(found[:_NAMED]) + (", …" if found[_NAMED:] else "")
