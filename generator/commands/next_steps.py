"""What commands say of what to do next, in the words that the author can type."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

_NAME = "broadsheet"


def call(words: str, root: Path = Path()) -> str:
    """Return a call of Broadsheet for a portal, as this process was called."""
    place = "" if root == Path() else f" --root {shlex.quote(str(root))}"
    return f"{_program()} {words}{place}"


def _program() -> str:
    """Return how Broadsheet is called where it may not be on the path, as in `.venv/bin/`."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m generator"
    if called.name == _NAME and not shutil.which(_NAME):
        return shlex.quote(sys.argv[0])
    return _NAME
