"""Runs one command to its end as a process of its own, and tells what it cost.

Time and processor time are those of the command and all that it started. The largest process is
what the system itself kept the record of. The sum over all processes is sampled, as proportional
set size, so that memory which processes share counts once; only Linux tells it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_PROCESSES = Path("/proc")
# Each sample makes the system walk the memory of every process, so more of them would cost time.
_EVERY_SECONDS = 0.2


class CommandFailed(Exception):
    """A timed command ended with an error; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds and bytes. `all_processes` is None where it is not known."""

    seconds: float
    processor_seconds: float
    largest_process: int
    all_processes: int | None


def run(command: Sequence[str], log: Path) -> Cost:
    """Run a command, its words going to `log`. Raises `CommandFailed` unless it succeeds."""
    with log.open("wb") as words:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=words, stderr=words)
        sampler = _Sampler(process.pid)
        sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        finally:
            sampler.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(f"{' '.join(command)}\n{log.read_text('utf-8', 'replace')[-4000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    processor = usage.ru_utime + usage.ru_stime
    return Cost(seconds, processor, usage.ru_maxrss * unit, sampler.most or None)


class _Sampler(Thread):
    """Watches a process and its descendants until it is stopped; `most` is in bytes."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._process = process
        self._ended = Event()

    def run(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            self.most = max(self.most, sum(map(_proportional, _family(self._process))))

    def stop(self) -> None:
        """Take no more samples."""
        self._ended.set()
        self.join()


def _family(process: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield process
    for children in _PROCESSES.glob(f"{process}/task/*/children"):
        try:
            found = children.read_text("ascii").split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))


def _proportional(process: int) -> int:
    """A process's share of memory in bytes; 0 once it has ended."""
    try:
        lines = (_PROCESSES / str(process) / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
