"""One run of the server, from its first build to its end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from generator.errors import Problem
from generator.pipeline.progress import Progress, Silent
from generator.pipeline.report import Report
from generator.serve.address import Address
from generator.serve.builder import Builder, BuildOrder, BuildResult
from generator.serve.excerpt_builder import ExcerptBuilder
from generator.serve.last_site import last_base_path, remember_site
from generator.serve.livereload import ReloadServer
from generator.serve.version import Version
from generator.serve.watcher import watch

_LONGEST_WAIT_SECONDS = 3600.0
# After a build that checked only some files, all are checked when nothing is saved for this long: a
# notification may have been lost, and a file that was just saved is trusted only later.
_QUIET_SECONDS = 5.0


class Reporter(Progress, Protocol):
    """Reports events to the author."""

    def serving(self) -> None:
        """The server answers."""

    def excerpted(self) -> None:
        """The newest stories can be read, while the whole portal is built."""

    def building(self) -> None:
        """A build begins."""

    def built(self, report: Report, *, fixed: bool) -> None:
        """A build succeeded; `fixed` if the previous one had failed."""

    def failed(self, errors: Iterable[Problem], report: Report, *, ready: bool) -> None:
        """A build failed; `ready` if an earlier version of the site is still served."""


class Session:
    """Serves a portal, and rebuilds it when it changes."""

    def __init__(self, order: BuildOrder, address: Address, reporter: Reporter) -> None:
        self._order = order
        self._reporter = reporter
        self._version = Version(order.output)
        self._server = ReloadServer(self._version, address)
        self._builder = Builder()
        self._excerpt = ExcerptBuilder(
            order, self._version, appeared=reporter.excerpted, reload=self._server.reload
        )
        self._dirty = asyncio.Event()
        self._changed: set[str] | None = None
        self._unsure = False
        self._next_change: datetime | None = None

    async def run(self) -> None:
        """Serve, watch and build until one of them ends, which only signals should cause."""
        interrupted = asyncio.create_task(_interruption().wait())
        self._recall_last_site()
        self._reporter.serving()
        await self._excerpt.discard()
        watching = asyncio.create_task(watch(self._order.root, self._noticed))
        building = asyncio.create_task(self._keep_building())
        tasks = (interrupted, watching, building)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._builder.stop()
            self._excerpt.stop()
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            await self._excerpt.discard()
            await self._server.close()
        for error in results:
            if isinstance(error, Exception):
                raise error

    def _noticed(self, paths: set[str] | None) -> None:
        """Note changed sources; None if it is not known which."""
        if paths is None:
            self._changed = None
        elif self._changed is not None:
            self._changed |= paths
        self._excerpt.saved(paths)
        self._dirty.set()

    def _recall_last_site(self) -> None:
        """Show what the last run left until this one has built."""
        base_path = last_base_path(self._order)
        if base_path is not None:
            self._version.ready, self._version.base_path = True, base_path

    async def _keep_building(self) -> None:
        """Run one build after another, each for all changes since the last one began."""
        while True:
            if self._unsure and not await self._is_stale_within(_QUIET_SECONDS):
                self._changed = None
                await self._build(quietly=True)
                continue
            while not await self._is_stale_within(_LONGEST_WAIT_SECONDS):
                pass
            await self._build()

    async def _is_stale_within(self, seconds: float) -> bool:
        """Wait for a change, or for the time when an article appears or expires."""
        left = self._seconds_to_next_change()
        with suppress(TimeoutError):
            # Not asyncio.wait_for: before Python 3.12 it forgets a cancellation if a change arrives
            # at that moment, and the server would never end.
            async with asyncio.timeout(seconds if left is None else min(left, seconds)):
                await self._dirty.wait()
        return self._dirty.is_set() or (left is not None and left <= seconds)

    def _seconds_to_next_change(self) -> float | None:
        if self._next_change is None or self._order.now is not None:
            return None
        return (self._next_change - datetime.now(UTC)).total_seconds()

    async def _build(self, *, quietly: bool = False) -> None:
        """Build; with `quietly`, a build that found nothing to do is not reported."""
        if not self._version.ready:
            await self._excerpt.begin()
        self._dirty.clear()
        changed, self._changed = self._changed, set()
        order = replace(self._order, changed=None if changed is None else frozenset(changed))
        if not quietly:
            self._reporter.building()
        result = await self._builder.build(order, Silent() if quietly else self._reporter)
        self._unsure = changed is not None and not result.errors
        if result.errors:
            self._changed = None
        self._show(result, quietly=quietly)
        await self._excerpt.end(discard=self._version.ready)
        if not result.errors:
            remember_site(order, result.base_path)

    def _show(self, result: BuildResult, *, quietly: bool) -> None:
        """Show browsers and the author how a build ended."""
        version = self._version
        new = self._excerpt.hide()
        fixed = bool(version.problems)
        new |= self._is_new(result)
        version.number += new
        version.problems = result.errors
        if result.errors:
            self._next_change = None
            self._reporter.failed(result.errors, result.report, ready=version.ready)
        else:
            version.ready, version.base_path = True, result.base_path
            self._next_change = _moment(result.report.next_change_at)
            if new or not quietly:
                self._reporter.built(result.report, fixed=fixed)
        if new:
            self._server.reload()

    def _is_new(self, result: BuildResult) -> bool:
        """Return whether browsers would see anything new."""
        report = result.report
        changed = not result.errors and (report.changed or report.gone or not self._version.ready)
        return bool(changed) or result.errors != self._version.problems


async def serve(order: BuildOrder, address: Address, reporter: Reporter) -> None:
    """Serve until the process is interrupted or terminated."""
    await Session(order, address, reporter).run()


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _interruption() -> asyncio.Event:
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
