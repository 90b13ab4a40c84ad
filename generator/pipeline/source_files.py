"""Writes a source in the place of the one that its author wrote."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from generator.errors import OutputError, Problem

_TEMPORARY = ".broadsheet-fix"


def replace_source(file: Path, path: str, data: bytes) -> None:
    """Replace a file at once, so that it is never half written. Raises `OutputError`.

    `path` is what an error calls it. If the file is a link, the file that it points to changes.
    """
    file = file.resolve()
    temporary = file.with_name(f".{file.name}{_TEMPORARY}")
    try:
        temporary.write_bytes(data)
        shutil.copymode(file, temporary)
        os.replace(temporary, file)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise OutputError(Problem(path, 0, 0, f"can't be written: {error.strerror}")) from error
