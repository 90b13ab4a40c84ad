"""Pools: what they return, how much they take ahead, and what happens when a worker dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from generator.errors import raised_at
from generator.pipeline.pool import WorkerDiedError, ending, open_pool
from tests.support.portal import REPOSITORY

MEGABYTE = 1 << 20


class Context:
    """Counts the batches that a worker has run."""

    def __init__(self, on_close: Callable[[], object] = int) -> None:
        self.batches = 0
        self.close = on_close


class OddError(Exception):
    """Can be pickled, but not unpickled."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def square(context: Context, batch: list[int]) -> list[int]:
    return [number * number for number in batch]


def count(context: Context, batch: object) -> int:
    context.batches += 1
    return context.batches


def double(context: Context, batch: bytes) -> bytes:
    return batch * 2


def fail(context: Context, batch: int) -> None:
    ending("text")  # type: ignore[arg-type]


def fail_oddly(context: Context, batch: int) -> None:
    raise OddError("very ", "odd")


def die(context: Context, lives: int) -> int:
    if not lives:
        os.kill(os.getpid(), signal.SIGKILL)
    return lives


def die_sending(context: Context, gate: Path | None) -> bytes:
    """Kill the worker once the gate is open, while it sends more than a pipe holds."""
    if gate is None:
        return b""
    gate.read_bytes()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    return bytes(MEGABYTE)


def hang(context: Context, order: tuple[int, signal.Signals]) -> None:
    """Send a process a signal, and never return."""
    os.kill(*order)
    while True:
        pass


def noted(numbers: Iterable[int], taken: list[int]) -> Iterator[int]:
    for number in numbers:
        taken.append(number)
        yield number


def wait_for_a_dead_worker() -> None:
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)


def kill_a_worker() -> None:
    pid = multiprocessing.active_children()[0].pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    wait_for_a_dead_worker()


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("batches", [0, 1, 2, 40])
def test_each_batch_has_one_result_however_many_workers_there_are(jobs: int, batches: int) -> None:
    numbers = [[number, -number] for number in range(batches)]
    with open_pool(jobs, Context) as pool:
        results = list(pool.run(square, numbers))
        again = list(pool.run(square, numbers))
    assert sorted(results) == sorted(again) == [[n * n, n * n] for n in range(batches)]


def test_in_this_process_results_are_in_order_and_no_batch_is_taken_ahead() -> None:
    taken: list[int] = []
    with open_pool(1, Context) as pool:
        for number, result in enumerate(pool.run(count, noted(range(5), taken)), 1):
            assert result == len(taken) == number


@pytest.mark.parametrize("jobs", [2, 3])
def test_few_batches_are_taken_ahead_of_the_results(jobs: int) -> None:
    taken: list[int] = []
    with open_pool(jobs, Context) as pool:
        for number, _ in enumerate(pool.run(count, noted(range(50), taken)), 1):
            assert len(taken) <= number + 2 * jobs
    assert taken == list(range(50))


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_worker_has_one_context(jobs: int) -> None:
    with open_pool(jobs, Context) as pool:
        results = [*pool.run(count, range(20)), *pool.run(count, range(20))]
    assert results.count(1) == jobs


def test_the_context_of_this_process_is_closed() -> None:
    closed: list[None] = []
    with pytest.raises(KeyError), open_pool(1, lambda: Context(lambda: closed.append(None))):
        raise KeyError
    assert closed == [None]


def test_batches_and_results_may_be_larger_than_a_pipe_holds() -> None:
    batches = [bytes([number]) * MEGABYTE for number in range(12)]
    with open_pool(2, Context) as pool:
        assert sorted(pool.run(double, batches)) == [batch * 2 for batch in batches]


def test_an_exception_in_a_worker_is_raised_with_its_place() -> None:
    places = set()
    for jobs in (1, 2):
        with pytest.raises(TypeError) as raised, open_pool(jobs, Context) as pool:
            list(pool.run(fail, [1]))
        places.add(raised_at(raised.value))
    [place] = places
    assert place.startswith("generator/pipeline/pool.py:")


def test_an_exception_that_can_not_be_sent_is_named() -> None:
    with pytest.raises(RuntimeError, match=r"OddError.*very odd"), open_pool(2, Context) as pool:
        list(pool.run(fail_oddly, [1]))


@pytest.mark.parametrize("results", [0, 1, 2])
def test_a_worker_that_dies_with_batches_waiting_is_reported(results: int) -> None:
    batches = [1] * results + [0] * 20
    with pytest.raises(WorkerDiedError, match="killed by SIGKILL"), open_pool(2, Context) as pool:
        list(pool.run(die, batches))


def test_a_worker_that_dies_while_it_sends_a_result_is_reported(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    with open_pool(2, Context) as pool:
        results = pool.run(die_sending, [gate, None])
        assert next(results) == b""
        gate.write_bytes(b"")
        wait_for_a_dead_worker()
        with pytest.raises(WorkerDiedError, match="killed by SIGALRM"):
            next(results)


def test_a_worker_that_dies_between_two_runs_is_reported_by_the_second() -> None:
    with open_pool(2, Context) as pool:
        list(pool.run(square, [[1]] * 8))
        kill_a_worker()
        with pytest.raises(WorkerDiedError, match="killed by SIGKILL"):
            list(pool.run(square, [[1]] * 8))


def test_a_worker_that_dies_when_all_is_done_is_no_error() -> None:
    with open_pool(2, Context) as pool:
        assert pool.peak_rss() > MEGABYTE
        kill_a_worker()
        assert pool.peak_rss() == 0


def test_an_interrupt_ends_workers_whatever_they_are_doing() -> None:
    with pytest.raises(KeyboardInterrupt), open_pool(2, Context) as pool:
        list(pool.run(hang, [(os.getpid(), signal.SIGINT)]))
    assert multiprocessing.active_children() == []


_KILLED = """\
import os, signal
from generator.pipeline.pool import open_pool
from tests.unit.pipeline.test_pool import Context, hang

with open_pool(2, Context) as pool:
    list(pool.run(hang, [(os.getpid(), signal.SIGKILL)]))
"""


def test_workers_end_with_the_build_whatever_they_are_doing() -> None:
    """Each has the output of the build open, too, so that it ends with the last of them."""
    done = subprocess.run(
        [sys.executable, "-c", _KILLED],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
