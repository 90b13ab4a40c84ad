"""Files that are expensive to make, kept between builds under a digest of all they are made from.

Nothing here is needed for a correct result, and nothing here is trusted: an entry that is damaged
counts as missing, and one that can't be written is not kept.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.digest import DIGEST_BYTES, digest

_DAY = 24 * 60 * 60
_UNUSED_DAYS = 30
_PRUNED = "pruned"


class DerivedFiles:
    """The entries in one folder. Without a folder, nothing is kept.

    A key is a digest of everything that an entry depends on, also of the code that makes it, so an
    entry never becomes wrong, only useless. The modification time of an entry says on which day it
    was used last.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: bytes) -> bytes | None:
        """Return the content of an entry, None if it is missing or damaged."""
        if self._folder is None:
            return None
        file = _place(self._folder, key)
        try:
            found = file.read_bytes()
            used = file.stat().st_mtime
        except OSError:
            return None
        content = found[DIGEST_BYTES:]
        if found[:DIGEST_BYTES] != digest(content, key=key):
            return None
        if time.time() - used > _DAY:
            with suppress(OSError):
                os.utime(file)
        return content

    def put(self, key: bytes, content: bytes) -> None:
        """Keep the content of an entry, as a whole or not at all."""
        if self._folder is None:
            return
        file = _place(self._folder, key)
        if file.parent.is_symlink():
            return
        waiting = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(digest(content, key=key) + content)
            os.replace(waiting, file)

    def prune(self) -> None:
        """Delete entries that no build has used for a month; looks for them once a day at most."""
        if self._folder is None or not self._folder.is_dir():
            return
        stamp, now = self._folder / _PRUNED, time.time()
        with suppress(OSError):
            if stamp.exists() and 0 <= now - stamp.stat().st_mtime < _DAY:
                return
            for file in _files(self._folder):
                if now - file.stat().st_mtime > _UNUSED_DAYS * _DAY:
                    os.unlink(file)
            stamp.touch()


def _place(folder: Path, key: bytes) -> Path:
    name = key.hex()
    return folder / name[:2] / name[2:]


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from (file for file in os.scandir(entry) if file.is_file(follow_symlinks=False))
