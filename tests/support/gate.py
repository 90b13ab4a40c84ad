"""A build that is held where it reads a certain article, until a test lets it go on."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.parse.front_matter import article as front_matter
from tests.support.bugs import environment_with
from tests.support.serving import PATIENCE_SECONDS

HELD = "Held at the gate"
_VARIABLE = "BROADSHEET_GATE"


class Gate:
    """Holds the process that reads an article with the title `HELD`, until it is opened."""

    def __init__(self, folder: Path) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(PATIENCE_SECONDS)
        port = str(self._listener.getsockname()[1])
        self.environment = environment_with(closed, folder) | {_VARIABLE: port}

    def open(self) -> None:
        """Wait until a process is held, and let it go on; none is held afterwards."""
        held, _ = self._listener.accept()
        self.close()
        held.close()

    def close(self) -> None:
        """Hold nobody any longer."""
        self._listener.close()


def closed(put: Callable[[Any, str, Any], None]) -> None:
    """Articles with the title `HELD` are read only when the gate opens."""
    read = front_matter.read_front_matter
    place = ("127.0.0.1", int(os.environ[_VARIABLE]))

    def wait(document: Any, site: Any, problems: Any) -> Any:
        found = read(document, site, problems)
        if found and found.title == HELD:
            with suppress(OSError), socket.create_connection(place) as gate:
                gate.recv(1)
        return found

    put(front_matter, "read_front_matter", wait)
