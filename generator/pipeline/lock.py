"""Allows one build of a portal at a time.

Workers inherit the lock. After a build is killed, its workers may still be writing, so the next
build waits for them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import OutputError, Problem

_ORPHANS_SECONDS = 30.0
_LOOK_SECONDS = 0.02


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a state folder; the system releases it however the process ends.

    Raises `OutputError` if another process holds it, or if it can't be opened.
    """
    path = folder / "lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(Problem(str(path), 0, 0, f"can't be opened: {error.strerror}")) from error
    try:
        if not _acquire(descriptor) and not _left_by_the_dead(descriptor):
            raise OutputError(
                Problem(
                    folder.name,
                    0,
                    0,
                    f"another build of this portal is running (process {_owner(descriptor)})",
                    "wait until it has ended, and build again",
                )
            )
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _left_by_the_dead(descriptor: int) -> bool:
    """Wait for the workers of a killed build; return whether the lock is held."""
    end = time.monotonic() + _ORPHANS_SECONDS
    while not _is_alive(_owner(descriptor)) and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)
        if _acquire(descriptor):
            return True
    return False


def _owner(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"


if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _is_alive(process: str) -> bool:
        return True

else:
    import fcntl

    def _acquire(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _is_alive(process: str) -> bool:
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return False
        except (PermissionError, ValueError):
            return True
        return True
