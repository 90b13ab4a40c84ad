"""A build takes any executor: here that of the standard library, in processes started afresh."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from generator.config import load_site
from generator.pipeline.build import Build
from generator.pipeline.pool import Batch, Result, Task, WorkerPool
from tests.support.portal import NOW, Portal, story
from tests.support.proof import options_of


@cache
def _contexts() -> list[Any]:
    """The context of this process, which a pool's initializer puts here."""
    return []


def _initialize(build_context: Callable[[], Any]) -> None:
    _contexts().append(build_context())


def _call(task: Task[Batch, Result], batch: Batch) -> Result:
    return task(_contexts()[0], batch)


@dataclass
class ExecutorPool:
    """An executor as a pool."""

    executor: Executor
    batches: int = 0

    def run(self, task: Task[Batch, Result], batches: Iterable[Batch]) -> Iterator[Result]:
        futures = [self.executor.submit(_call, task, batch) for batch in batches]
        self.batches += len(futures)
        return (future.result() for future in futures)

    def peak_rss(self) -> int:
        return 0


def test_a_build_by_another_executor_gives_the_same_bytes(portal: Portal) -> None:
    portal.stories(*(story(number, "tags: [Iraq]") for number in range(1, 40)))
    expected = portal.clean_tree()
    used: list[ExecutorPool] = []

    @contextmanager
    def open_pool(jobs: int, build_context: Callable[[], Any]) -> Iterator[WorkerPool]:
        apart = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(jobs, apart, _initialize, (build_context,)) as executor:
            used.append(ExecutorPool(executor))
            yield used[0]

    options = options_of(portal.root, datetime.fromisoformat(NOW), jobs=2)
    Build(load_site(portal.root), options, open_pool=open_pool).run()

    assert used[0].batches > 2
    assert portal.tree() == expected
