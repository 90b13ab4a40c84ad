"""Workers: processes that do batches of one kind of work after another.

Workers are forked before the index is opened, as a connection must not cross a fork
(https://sqlite.org/howtocorrupt.html, section 2.6). With one job all is done in this process.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from generator.errors import raised_at
from generator.pipeline.interrupts import held_from_processes

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Batch = TypeVar("Batch")
Result = TypeVar("Result")
_WAITING_BATCHES = 2
_NEW_OBJECTS = 100_000

# Work on one batch in a workshop: a function at the top of a module.
Task = Callable[[Any, Batch], Result]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    waiting: int = 0


class WorkerDiedError(Exception):
    """A worker process ended without an answer, as when the system ran out of memory."""


class WorkerPool:
    """Up to `jobs` workers, each with a workshop that `workshop()` makes.

    That of this process is closed at the end; those of others end with them.
    """

    def __init__(self, jobs: int, context: Any) -> None:
        self._make = context
        self._own: Any = None
        self._workers: list[_Worker] = []
        for _ in range(jobs if jobs > 1 else 0):
            self._workers.append(_start(self._make, [worker.pipe for worker in self._workers]))
        self.peak_rss = 0

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            if kind is not None:
                worker.process.terminate()
            else:
                worker.pipe.send(None)
                self.peak_rss += worker.pipe.recv()
            worker.pipe.close()
            worker.process.join()
        self._workers = []
        if self._own is not None:
            self._own.close()

    def run(self, task: Task[Batch, Result], batches: Iterable[Batch]) -> Iterator[Result]:
        """The results of all batches, in the order in which they are ready."""
        if not self._workers:
            self._own = self._own or self._make()
            for batch in batches:
                yield task(self._own, batch)
            return
        from multiprocessing.connection import wait

        source = iter(batches)
        for _ in range(_WAITING_BATCHES):
            for worker in self._workers:
                _send(worker, task, source)
        while busy := [worker for worker in self._workers if worker.waiting]:
            ready = wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in ready:
                    result = _receive(worker)
                    _send(worker, task, source)
                    yield result


def _send(worker: _Worker, task: Task[Batch, Result], source: Iterator[Batch]) -> None:
    for batch in source:
        worker.pipe.send((task, batch))
        worker.waiting += 1
        return


def _receive(worker: _Worker) -> Any:
    try:
        done, result = worker.pipe.recv()
    except EOFError as ended:
        worker.process.join()
        raise WorkerDiedError(
            f"a worker process ended: {ending(worker.process.exitcode)}"
        ) from ended
    worker.waiting -= 1
    if not done:
        raise result
    return result


def _start(make: Any, others: list[Connection]) -> _Worker:
    context = _context()
    here, there = context.Pipe()
    # A worker that is forked has the ends of this process open, too.
    ends = [here, *others] if context.get_start_method() == "fork" else []
    process = context.Process(target=_serve, args=(there, make, ends), daemon=True)  # type: ignore[attr-defined]
    with held_from_processes():
        process.start()
    there.close()
    return _Worker(process, here)


def ending(status: int | None) -> str:
    """How a process ended, in words, from its exit code; a negative one is a signal's number."""
    if status is None or status >= 0:
        return f"exit code {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"


def _context() -> BaseContext:
    import multiprocessing

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def tune_gc() -> None:
    """Look for garbage in cycles seldom: a build makes hardly any, and keeps what would be
    looked through."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def _serve(pipe: Connection, make: Any, ends: list[Connection]) -> None:
    """Do what is asked for until that is all, or until nobody is there to ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tune_gc()
    for end in ends:
        end.close()
    context = None
    try:
        while (order := pipe.recv()) is not None:
            task, batch = order
            try:
                context = context or make()
                answer = True, task(context, batch)
            except Exception as error:  # noqa: BLE001 - handed to the parent, which raises it
                error.add_note(raised_at(error))
                answer = False, error
            _answer(pipe, answer)
        pipe.send(peak_rss())
    except (EOFError, OSError):
        return


def _answer(pipe: Connection, answer: tuple[bool, object]) -> None:
    """Send an answer. An exception that can't be sent is named by another one."""
    try:
        pipe.send(answer)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - pickling raises what it meets
        unsent = RuntimeError(f"{error} (while sending {answer[1]!r:.200})")
        pipe.send((False, unsent))


def peak_rss() -> int:
    """The most memory that this process has held, in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024


def default_jobs() -> int:
    """As many workers as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
