"""One run of the server, from its first build to its end."""

from __future__ import annotations

import asyncio
import os
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
from generator.serve.early_styles import EarlyStyles
from generator.serve.editor import form_from
from generator.serve.excerpt_builder import ExcerptBuilder
from generator.serve.interruption import interruption
from generator.serve.last_site import last_base_path, remember_site
from generator.serve.livereload import ReloadServer
from generator.serve.page_report import Desk
from generator.serve.panel import panel_routes
from generator.serve.shown_problems import shown
from generator.serve.styles import may_change_styles_only
from generator.serve.time_note import note_time, was_at_other_time
from generator.serve.version import Settings, Version
from generator.serve.view import View
from generator.serve.watcher import watch

_LONGEST_WAIT_SECONDS = 3600.0
# After a build that checked only some files, all are checked when nothing is saved for this long: a
# notification may have been lost, and a file that was just saved is trusted only later.
_QUIET_SECONDS = 5.0
_MOST_ATTEMPTS = 5


class Reporter(Progress, Protocol):
    """Reports events to the author."""

    def serving(self) -> None:
        """The server answers."""

    def viewing(self, view: View) -> None:
        """A browser asked for the portal as at another moment, or with drafts or without."""

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
        self._version = version = Version(
            order.output,
            view=View(order.now, order.drafts),
            settings=Settings(editor=form_from(os.environ)),
        )
        desk = Desk(order.root, version)
        self._server = ReloadServer(version, address, panel_routes(desk, self._view))
        self._early = EarlyStyles(order.root, version, self._server.update)
        self._tried = self._built = version.view
        # Not the articles but the time has changed since the last run, if it ended elsewhere.
        self._moves_in_time = was_at_other_time(order.folder)
        self._builder = Builder()
        self._excerpt = ExcerptBuilder(
            order, version, appeared=reporter.excerpted, reload=self._server.update
        )
        self._dirty = asyncio.Event()
        self._changed: set[str] | None = None
        self._unsure = False
        self._next_change: datetime | None = None

    async def run(self) -> None:
        """Serve, watch and build until one of them ends, which only signals should cause."""
        interrupted = asyncio.create_task(interruption().wait())
        self._recall_last_site()
        self._reporter.serving()
        await self._excerpt.discard()
        watching = asyncio.create_task(watch(self._order.root, self._noticed))
        building = asyncio.create_task(self._keep_building())
        styling = asyncio.create_task(self._early.keep_showing())
        tasks = (interrupted, watching, building, styling)
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
        if not paths:
            self._early.look()
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
        if self._next_change is None or self._version.view.now is not None:
            return None
        return (self._next_change - datetime.now(UTC)).total_seconds()

    def _view(self, view: View) -> None:
        """Build for a view that a browser asks for."""
        if view != self._version.view:
            self._version.view = view
            self._reporter.viewing(view)
            self._excerpt.refresh()
            self._dirty.set()

    async def _build(self, *, quietly: bool = False) -> None:
        """Build; with `quietly`, a build that found nothing to do is not reported."""
        if not self._version.ready:
            await self._excerpt.begin()
        if not quietly:
            self._reporter.building()
        result, order = await self._build_settled(Silent() if quietly else self._reporter)
        self._unsure = order.changed is not None and not result.errors
        self._show(result, View(order.now, order.drafts), quietly=quietly)
        await self._excerpt.end(discard=self._version.ready)
        if not result.errors:
            remember_site(order, result.base_path)

    def _show(self, result: BuildResult, view: View, *, quietly: bool) -> None:
        """Show browsers and the author how a build ended."""
        version = self._version
        hidden = self._excerpt.hide()
        fixed = bool(version.problems)
        new = hidden or self._is_new(result, view)
        self._count(result, view, new=new)
        self._note(result, view)
        if new or not quietly:
            version.report = result.report
        if result.errors:
            self._reporter.failed(result.errors, result.report, ready=version.ready)
        elif new or not quietly:
            self._reporter.built(result.report, fixed=fixed)
        if new:
            self._server.update()

    async def _build_settled(self, progress: Progress) -> tuple[BuildResult, BuildOrder]:
        """Build, again if files that had been read changed meanwhile, which is no error here."""
        for attempt in range(_MOST_ATTEMPTS):
            self._dirty.clear()
            changed, self._changed = self._changed, set()
            order = self._next_order(changed)
            result = await self._builder.build(order, progress)
            if result.errors:
                self._changed = None
            if not result.is_overtaken or attempt == _MOST_ATTEMPTS - 1:
                break
        return result, order

    def _next_order(self, changed: set[str] | None) -> BuildOrder:
        """Return the order for the view asked for; at another time, other articles are live."""
        view = self._version.view
        return replace(
            self._order,
            changed=None if changed is None else frozenset(changed),
            now=view.now,
            drafts=view.drafts,
            allow_removals=self._order.allow_removals
            or self._moves_in_time
            or view.now != self._built.now,
        )

    def _is_new(self, result: BuildResult, view: View) -> bool:
        """Return whether browsers would see anything new."""
        report = result.report
        changed = not result.errors and (report.changed or report.gone or not self._version.ready)
        return bool(changed) or result.errors != self._version.problems or view != self._tried

    def _count(self, result: BuildResult, view: View, *, new: bool) -> None:
        """Give the version its next number, or its style sheets theirs."""
        version = self._version
        same = version.ready and view == self._tried
        sound = not result.errors and not version.problems
        if same and sound and may_change_styles_only(result.report):
            version.styles += 1
        else:
            version.number += new

    def _note(self, result: BuildResult, view: View) -> None:
        """Note what the build made, or why it failed."""
        version = self._version
        version.settings = result.settings or version.settings
        version.problems = result.errors
        version.shown = shown(result.errors, self._order.root, version.settings.editor)
        self._tried = view
        self._next_change = None
        if not result.errors:
            version.ready, version.base_path = True, result.base_path
            version.follow(result.report.moved_urls)
            self._next_change = _moment(result.report.next_change_at)
            self._built, self._moves_in_time = view, False
            self._early.look()
            note_time(self._order.folder, view)


async def serve(order: BuildOrder, address: Address, reporter: Reporter) -> None:
    """Serve until the process is interrupted or terminated."""
    await Session(order, address, reporter).run()


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
