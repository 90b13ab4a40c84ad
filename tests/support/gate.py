"""A build that is held where it reads a certain article, until a test lets it go on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.parse.front_matter import article as front_matter
from tests.support.bugs import environment_with

HELD = "Held at the gate"
_VARIABLE = "BROADSHEET_GATE"


class Gate:
    """Holds every process that reads an article with the title `HELD`, until it is opened."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "gate"
        self.environment = environment_with(closed, folder) | {_VARIABLE: str(self._path)}
        os.mkfifo(self._path)

    def open(self) -> None:
        """Wait until a process is held, and let it go on; none is held afterwards."""
        # A pipe opens only when both of its ends are opened.
        with self._path.open("wb"):
            self._path.unlink()


def closed(put: Callable[[Any, str, Any], None]) -> None:
    """Articles with the title `HELD` are read only when the gate opens."""
    read = front_matter.read_front_matter
    gate = Path(os.environ[_VARIABLE])

    def wait(document: Any, site: Any, problems: Any) -> Any:
        found = read(document, site, problems)
        if found and found.title == HELD and gate.exists():
            gate.read_bytes()
        return found

    put(front_matter, "read_front_matter", wait)
