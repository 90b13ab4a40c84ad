"""A second process that looks at some of the folders, where there are so many that it is worth it.

It is a fork, which starts in milliseconds and knows what this process knows. All that it says of
a folder is whether it is as it was; whoever asked looks at the others again.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn


def can_share() -> bool:
    """Whether a second process can be forked, and has a processor to run on."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


@contextmanager
def second_look(
    folders: Sequence[str], is_same: Callable[[str], bool]
) -> Iterator[Callable[[], set[str]]]:
    """Within, a second process looks; what is given waits for it, and names what differs.

    Those are all folders if that process ended without an answer.
    """
    reading, writing = os.pipe()
    # The fork does not get interrupts at all: this process ends it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = os.fork()
        if process == 0:
            # Or nobody would tell it that this process has stopped to listen.
            os.close(reading)
            _answer(writing, folders, is_same)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:

        def differing() -> set[str]:
            answer = pipe.read()
            if len(answer) != len(folders):
                return set(folders)
            return {folder for folder, same in zip(folders, answer, strict=True) if not same}

        try:
            yield differing
        finally:
            pipe.close()
            os.waitpid(process, 0)


def _answer(writing: int, folders: Sequence[str], is_same: Callable[[str], bool]) -> NoReturn:
    """Say of each folder whether it is as it was, and end without unwinding what the fork has."""
    try:
        answer = bytes(map(is_same, folders))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)
