"""A bare look over a tree: what any build pays that looks at the size and time of its sources."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Walk:
    """How many files there are, and the system's clock when the newest of them changed last."""

    files: int
    newest_seconds: float


def walk(folder: Path) -> Walk:
    """Look at the size and time of each file in a tree."""
    waiting, files, newest = [os.fspath(folder)], 0, 0.0
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                status = entry.stat()
                files += 1
                newest = max(newest, status.st_mtime, status.st_ctime)
    return Walk(files, newest)
