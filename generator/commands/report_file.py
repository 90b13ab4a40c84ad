"""The file of `--report`: checked before the build, and written as a whole after it."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

from generator.errors import ConfigError, OutputError, Problem

_OPTION = "--report"
_BEGINNING_BYTES = 256
# How every report begins, as `Report.as_json` orders its keys.
_BEGINNING = re.compile(rb'\s*\{\s*"sources":\s*\{\s*"seen":\s*\d')
_SOURCES = ("content", "templates", ".broadsheet", ".git")


def refuse_report_file(file: Path, root: Path, output: Path) -> None:
    """Raise `ConfigError` for a path where no report may be, or a file that is not a report."""
    if _is_stream(file):
        return
    place, portal = file.resolve(), root.resolve()
    for folder in (output, *(portal / name for name in _SOURCES)):
        if folder.resolve() in place.parents or folder.resolve() == place:
            message = f"{file} is in {folder}, which is not for reports"
            raise ConfigError(Problem(_OPTION, 0, 0, message, "name a file elsewhere"))
    try:
        with place.open("rb") as standing:
            beginning = standing.read(_BEGINNING_BYTES)
    except OSError:
        return
    if beginning and not _BEGINNING.match(beginning):
        message = f"{file} exists, and is not an earlier report"
        raise ConfigError(Problem(_OPTION, 0, 0, message, "name another file, or delete this one"))


def write_report(file: Path, report: dict[str, Any]) -> None:
    """Write a report as JSON. Raises `OutputError`."""
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    try:
        if _is_stream(file):
            file.write_text(text, "utf-8")
            return
        place = file.resolve()
        waiting = place.with_name(f".{place.name}.{os.getpid()}")
        with waiting.open("x", encoding="utf-8") as new:
            new.write(text)
        os.replace(waiting, place)
    except OSError as error:
        problem = Problem(str(file), 0, 0, f"can't be written: {error.strerror}")
        raise OutputError(problem) from error


def _is_stream(file: Path) -> bool:
    """Return whether a file is a terminal, pipe or other device, which is written to directly."""
    if file.absolute().parts[1:2] == ("dev",):
        return True
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False
