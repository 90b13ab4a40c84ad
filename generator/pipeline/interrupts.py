"""Delays interrupts (Ctrl-C) until a step that must not be left half done is complete."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deferred_sigint(done: str) -> Iterator[None]:
    """Finish the block first, then raise an interrupt that arrived within.

    `done` is the message of the interrupt.
    """
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored or threading.current_thread() is not threading.main_thread():
        yield
        return
    came = False

    def note(number: int, frame: object) -> None:
        nonlocal came
        came = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if came:
        raise KeyboardInterrupt(done)


@contextmanager
def held_from_processes() -> Iterator[None]:
    """Delay interrupts of this process to the end of the block.

    Processes started in the block ignore interrupts. A terminal interrupts all processes of a job;
    the one that started the others stops them.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
