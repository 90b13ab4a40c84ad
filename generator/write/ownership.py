"""Decides which files in the output folder are Broadsheet's own.

An intact index is trusted. If it is lost, as after `--clean`, the list of written files names them.
Both files may have been copied from anywhere, and the output folder may have been replaced, so
wherever an intact index is not enough, the folder's marker must exist and be no older than the
file: each build that publishes sets its time. Without any record, the file must also be unchanged
since then, by its ctime, because its mtime can be set at will.

If the record is lost, a foreign file is mistaken for Broadsheet's if it was added before the last
build, at a path that the site did not have then.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.digest import digest_file
from generator.index.outputs import Owned, is_owned
from generator.model.output import Turn
from generator.write.output_stamp import has_published

MARKER_NAME = ".broadsheet-output"
MARKER_LINE = b"Broadsheet builds this folder, and replaces and removes what it wrote here.\n"
"""The first line, by which the file is known."""


class Claim(NamedTuple):
    """An output as the index knows it; claims sort in the order of moves.

    `path` is relative to the output folder; `digest` is that of the published file, if known.
    """

    turn: Turn
    number: int
    path: str
    owned: Owned
    digest: bytes | None


@dataclass(frozen=True, slots=True)
class Ownership:
    """What is known of an output folder.

    `recorded` says that a build with this index has published, `marked` that it wrote a marker.
    """

    output: Path
    recorded: bool
    marked: bool
    marker: os.stat_result | None

    @classmethod
    def of(cls, connection: sqlite3.Connection, output: Path) -> Ownership:
        """Return what is known of an output folder."""
        marked = is_owned(connection, MARKER_NAME)
        return cls(output, has_published(connection), marked, find_marker(output))

    def may_replace(self, claim: Claim, standing: os.stat_result) -> bool:
        """Return whether an existing file at the path of an output is Broadsheet's."""
        if not stat.S_ISREG(standing.st_mode):
            return False
        if not claim.owned:
            return not self.recorded and self._untouched(standing)
        # Versions before the marker existed kept a list, too.
        unmarked = self.marker is None and not self.marked
        return self.may_remove(claim, standing) or (claim.owned is Owned.MANIFEST and unmarked)

    def may_remove(self, claim: Claim, standing: os.stat_result) -> bool:
        """Return whether a file that the site no longer has is Broadsheet's."""
        if not stat.S_ISREG(standing.st_mode) or not claim.owned:
            return False
        if self.marked and self.marker is None:
            return self._has_bytes(claim)
        if claim.owned is Owned.INDEX and self.recorded:
            return True
        return self.marker is not None and standing.st_mtime_ns <= self.marker.st_mtime_ns

    def _untouched(self, standing: os.stat_result) -> bool:
        return self.marker is not None and _last_touched(standing) <= _last_touched(self.marker)

    def _has_bytes(self, claim: Claim) -> bool:
        return claim.digest is not None and claim.digest == digest_file(self.output / claim.path)


def find_marker(output: Path) -> os.stat_result | None:
    """Return the status of the marker, None if it is missing or something else has its name."""
    try:
        standing = os.lstat(output / MARKER_NAME)
        if not stat.S_ISREG(standing.st_mode):
            return None
        with open(output / MARKER_NAME, "rb") as file:
            return standing if file.read(len(MARKER_LINE)) == MARKER_LINE else None
    except OSError:
        return None


def touch_marker(output: Path) -> None:
    """Set the marker's time, if it exists, so that later changes are newer."""
    if find_marker(output):
        # A marker of another user works without this.
        with suppress(PermissionError):
            os.utime(output / MARKER_NAME)


def _last_touched(standing: os.stat_result) -> int:
    """Return when a file was last written, moved or, on Windows, created."""
    return max(standing.st_mtime_ns, standing.st_ctime_ns)
