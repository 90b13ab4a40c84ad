"""Ends the server when its process is interrupted or terminated."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress


def interruption() -> asyncio.Event:
    """Return an event that Ctrl-C or the termination signal sets."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()

    def ask(*_: object) -> None:
        # A second signal may arrive after the loop has ended.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(asked.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return asked
