"""Runs one command to its end as a process of its own, and tells what it cost.

Time and processor time are those of the command and all that it started. The largest process is
what the system itself kept the record of. The sum over all processes is sampled, as proportional
set size, so that memory which processes share counts once; only Linux tells it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

_PROCESSES = Path("/proc")
# Each sample makes the system walk the memory of every process, gigabytes of it at times: it may
# take one part in so many of the time.
_EVERY_SECONDS = 0.2
_PARTS = 25


class CommandFailed(Exception):
    """A timed command did not do what it should; the message is one line."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds and bytes; what is not known is None.

    `written` and `parsed` are the files that it wrote and the sources that it parsed.
    """

    seconds: float
    processor_seconds: float | None = None
    largest_process: int | None = None
    all_processes: int | None = None
    written: int | None = None
    parsed: int | None = None


def run(command: Sequence[str], log: Path) -> Cost:
    """Run a command. Raises `CommandFailed` with its last message unless it succeeds.

    Standard output goes to `log`, standard error to a file beside it: in one file their order
    would depend on how the command buffers its output.
    """
    errors = log.with_suffix(".errors")
    with log.open("wb") as output, errors.open("wb") as messages:
        start = time.perf_counter()
        process = _started(command, output, messages)
        sampler = Sampler(process.pid)
        sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        except BaseException:
            end_group(process.pid)
            raise
        finally:
            sampler.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        reason = last_line(errors) or last_line(log) or "no message"
        raise CommandFailed(f"exit code {process.returncode}: {reason}")
    unit = 1 if sys.platform == "darwin" else 1024
    processor = usage.ru_utime + usage.ru_stime
    return Cost(seconds, processor, usage.ru_maxrss * unit, sampler.most or None)


def _started(command: Sequence[str], output: BinaryIO, errors: BinaryIO) -> subprocess.Popen[bytes]:
    """In a session of its own, so that all of it can be ended together."""
    try:
        return subprocess.Popen(
            command,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
    except OSError as error:
        raise CommandFailed(f"{command[0]} can't be run: {error.strerror}") from error


def environment() -> dict[str, str]:
    """That of this process, but that Python keeps what it compiled, as it does for a reader."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def end_group(process: int) -> None:
    """Kill a process that leads a session, and all that it started there."""
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def last_line(log: Path) -> str:
    """The last line of a file that is not blank; empty if there is none."""
    lines = log.read_text("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


class Sampler(Thread):
    """Watches a process and its descendants until it is stopped; `most` is in bytes."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._process = process
        self._ended = Event()

    def run(self) -> None:
        pause = _EVERY_SECONDS
        while not self._ended.wait(pause):
            start = time.perf_counter()
            self.most = max(self.most, sum(map(_proportional, _family(self._process))))
            pause = max(_EVERY_SECONDS, _PARTS * (time.perf_counter() - start))

    def stop(self) -> None:
        """Take no more samples."""
        self._ended.set()
        self.join()


def _family(process: int) -> Iterator[int]:
    """Yield a process and its descendants, without those that have ended."""
    yield process
    children: list[str] = []
    # The process or one of its threads may end at any moment.
    with suppress(OSError):
        for thread in (_PROCESSES / str(process) / "task").iterdir():
            with suppress(OSError):
                children += (thread / "children").read_text("ascii").split()
    for child in children:
        yield from _family(int(child))


def processor_seconds(process: int) -> float | None:
    """What a process and its descendants have used so far; None where the system does not tell."""
    ticks = [_ticks(each) for each in _family(process)]
    return sum(ticks) / os.sysconf("SC_CLK_TCK") if any(ticks) else None


def _ticks(process: int) -> int:
    """The processor time of one process; 0 once it has ended."""
    try:
        # The name of the program comes before, in brackets, and may hold anything.
        numbers = (_PROCESSES / str(process) / "stat").read_text("utf-8").rpartition(")")[2]
    except OSError:
        return 0
    user, system = numbers.split()[11:13]
    return int(user) + int(system)


def _proportional(process: int) -> int:
    """A process's share of memory in bytes; 0 once it has ended."""
    try:
        lines = (_PROCESSES / str(process) / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
