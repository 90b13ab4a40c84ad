"""Runs tasks on batches, in this process or in worker processes.

A build knows `WorkerPool` alone, so that another executor can take its place. Workers start before
the index is opened, as a connection must not be carried across a fork
(https://sqlite.org/howtocorrupt.html, section 2.6).

Each worker has a pipe of its own, so that its end is noticed at once. In a
`concurrent.futures.ProcessPoolExecutor` all share one: if a worker is killed while it sends, the
executor waits forever for the rest. Before Python 3.14 it can't stop a worker at work, either.

The dataclasses that batches and results consist of have no slots: with slots, each takes more than
twice as long to pickle and load.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from generator.errors import raised_at
from generator.pipeline.interrupts import held_from_processes
from generator.pipeline.resources import peak_rss, tune_gc

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from queue import SimpleQueue

Item = TypeVar("Item")
Batch = TypeVar("Batch")
Result = TypeVar("Result")
Task = Callable[[Any, Batch], Result]
"""A function at the top of a module, called with the worker's context and a batch."""

# One at work and one waiting, so that a worker goes on while its result is stored.
_BATCHES_AHEAD = 2


class WorkerDiedError(Exception):
    """A worker ended without an answer, as when the system ran out of memory."""


class WorkerPool(Protocol):
    """Workers that run one task at a time; batches and results are values that can be pickled."""

    def run(self, task: Task[Batch, Result], batches: Iterable[Batch]) -> Iterator[Result]:
        """Yield the result of each batch, in any order; takes few batches ahead of the results.

        Read a run to its end before the next. Raises what a task raises, and `WorkerDiedError`.
        """

    def peak_rss(self) -> int:
        """Return the peak memory of the workers in bytes, as far as they are other processes."""


PoolFactory = Callable[[int, Callable[[], Any]], AbstractContextManager[WorkerPool]]
"""Opens a pool, given the number of workers and a picklable function that builds a context.

Each worker builds its context once, and calls the context's `close` if the process goes on.
"""


@contextmanager
def open_pool(jobs: int, build_context: Callable[[], Any]) -> Iterator[WorkerPool]:
    """Open a pool of `jobs` processes, or one that works in this process if `jobs` is 1.

    The processes are stopped at once if the block raises.
    """
    if jobs <= 1:
        with closing(build_context()) as context:
            yield _InProcessPool(context)
        return
    workers: list[_Worker] = []
    try:
        for _ in range(jobs):
            workers.append(_Worker(build_context, [worker.pipe for worker in workers]))
        yield _ProcessPool(workers)
    finally:
        for worker in workers:
            worker.stop()


class _InProcessPool:
    def __init__(self, context: Any) -> None:
        self._context = context

    def run(self, task: Task[Batch, Result], batches: Iterable[Batch]) -> Iterator[Result]:
        return (task(self._context, batch) for batch in batches)

    def peak_rss(self) -> int:
        return 0


class _ProcessPool:
    def __init__(self, workers: list[_Worker]) -> None:
        self._workers = workers

    def run(self, task: Task[Batch, Result], batches: Iterable[Batch]) -> Iterator[Result]:
        from multiprocessing.connection import wait

        left = iter(batches)
        for worker in self._workers * _BATCHES_AHEAD:
            worker.submit(task, left)
        while busy := {worker.pipe: worker for worker in self._workers if worker.pending}:
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                result = worker.receive()
                worker.submit(task, left)
                yield result

    def peak_rss(self) -> int:
        # The work is done by now, so that a worker that has died since is no error.
        with suppress(WorkerDiedError):
            return sum(self.run(_peak_rss, [None] * len(self._workers)))
        return 0


class _Worker:
    """A process, seen from the one that started it; `pending` batches have no result yet."""

    def __init__(self, build_context: Callable[[], Any], others: list[Connection]) -> None:
        import multiprocessing

        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.pending = 0
        self.pipe, there = context.Pipe()
        # A fork inherits this process's ends. While it has them open, nobody notices their end.
        ends = [self.pipe, *others] if context.get_start_method() == "fork" else []
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(there, build_context, ends), daemon=True
        )
        with held_from_processes():
            self._process.start()
        there.close()

    def submit(self, task: Task[Batch, Result], left: Iterator[Batch]) -> None:
        """Send the next batch, if there is one."""
        for batch in left:
            with self._death_reported():
                self.pipe.send((task, batch))
            self.pending += 1
            return

    def receive(self) -> Any:
        """Return the next result. Raises what the task raised."""
        with self._death_reported():
            succeeded, result = self.pipe.recv()
        self.pending -= 1
        if not succeeded:
            raise result
        return result

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.terminate()
        self._process.join()
        self.pipe.close()

    @contextmanager
    def _death_reported(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, OSError) as error:
            self._process.join()
            how = ending(self._process.exitcode)
            raise WorkerDiedError(f"a worker process ended: {how}") from error


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of `size`, the last of which may be shorter."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def ending(status: int | None) -> str:
    """How a process ended, in words, from its exit code; a negative one is a signal's number."""
    if status is None or status >= 0:
        return f"exit code {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"


def _serve(pipe: Connection, build_context: Callable[[], Any], ends: list[Connection]) -> None:
    """Run batches until this process is stopped, or until the one that sends them is gone."""
    from queue import SimpleQueue
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tune_gc()
    for end in ends:
        end.close()
    orders: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_receive_orders, args=(pipe, orders), daemon=True).start()
    context = None
    with suppress(OSError):
        while True:
            task, batch = orders.get()
            try:
                context = context or build_context()
                answer = pickle.dumps((True, task(context, batch)), pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # noqa: BLE001 - raised by the process that waits
                error.add_note(raised_at(error))
                answer = pickle.dumps((False, _picklable(error)))
            pipe.send_bytes(answer)


def _receive_orders(pipe: Connection, orders: SimpleQueue[Any]) -> None:
    """Take batches in while one is at work, so that sending them never waits for a result.

    End this process, whatever it is doing, when the other one is gone.
    """
    with suppress(EOFError, OSError):
        while True:
            orders.put(pipe.recv())
    os._exit(1)


def _picklable(error: Exception) -> Exception:
    """Return the exception, or one that names it if it does not survive pickling."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception as reason:  # noqa: BLE001 - pickling raises what it meets
        return RuntimeError(f"{reason} (while sending {error!r:.200})")
    return error


def _peak_rss(context: object, batch: object) -> int:
    return peak_rss()
