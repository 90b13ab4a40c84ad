"""Notes on the disk that the served site is that of another time, for the next run of the server.

At another time other articles are live. Without the note, the next run would take those that are
not live now for lost.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from generator.serve.view import View

_NOTE = "other-time"


def was_at_other_time(folder: Path) -> bool:
    """Return whether the last run ended with the site of a chosen moment."""
    return (folder / _NOTE).exists()


def note_time(folder: Path, view: View) -> None:
    """Note whether the site is now that of a chosen moment."""
    with suppress(OSError):
        if view.now is None:
            (folder / _NOTE).unlink(missing_ok=True)
        else:
            (folder / _NOTE).touch()
