"""Builds the newest part of a portal, which is shown until the whole of it has been built."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace

from generator.errors import Problem
from generator.pipeline.progress import Silent
from generator.serve.builder import Builder, BuildOrder, BuildResult
from generator.serve.excerpt_choice import Wanted, is_small
from generator.serve.shown_problems import ShownProblem
from generator.serve.version import Version

# The whole portal is built after the first excerpt, but it does not wait longer than this.
_HEAD_START_SECONDS = 5.0
_PATIENCE_SECONDS = 2.0
# A program that asks for every page must not have each of them built first.
_MOST_ASKED = 100


class ExcerptBuilder:
    """Shows an excerpt of the portal, with what browsers ask for and what authors save meanwhile.

    It has a process, a folder and a state of its own. `appeared` is called when there is something
    to see, and `reload` whenever pages should be loaded again.
    """

    def __init__(
        self,
        order: BuildOrder,
        version: Version,
        *,
        appeared: Callable[[], None],
        reload: Callable[[], None],
    ) -> None:
        self._whole = order.output
        self._order = replace(order, folder=order.folder / "excerpt")
        self._version = version
        version.missed = self._missed
        self._appeared = appeared
        self._reload = reload
        self._builder = Builder()
        self._asked: dict[str, None] = {}
        self._saved: set[str] = set()
        self._wanted = asyncio.Event()
        self._built = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._problems: tuple[Problem, ...] = ()
        self._shown: tuple[ShownProblem, ...] = ()

    async def begin(self) -> None:
        """Build a first excerpt, and further ones until `end`. A small portal has none.

        Where there is a site, though not as it was asked for, its state may save more time than
        an excerpt, so that is built only if the whole portal takes long.
        """
        if await asyncio.to_thread(is_small, self._order.root):
            return
        has_state = self._whole.exists()
        self._problems, self._shown = self._version.problems, self._version.shown
        self._built.clear()
        self._wanted.set()
        delay = _PATIENCE_SECONDS if has_state else 0.0
        self._task = asyncio.create_task(self._keep_building(delay))
        if not has_state:
            with suppress(TimeoutError):
                async with asyncio.timeout(_HEAD_START_SECONDS):
                    await self._built.wait()

    def saved(self, paths: Collection[str] | None) -> None:
        """Note sources that an author saved; None if it is not known which."""
        if self._task is not None:
            self._saved.update(paths or ())
            self.refresh()

    def refresh(self) -> None:
        """Build the excerpt again, if there is one."""
        self._wanted.set()

    def hide(self) -> bool:
        """Show the excerpt no longer; return whether it was shown."""
        version = self._version
        if not version.is_excerpt:
            return False
        version.folder, version.ready, version.is_excerpt = self._whole, False, False
        version.problems, version.shown = self._problems, self._shown
        return True

    async def end(self, *, discard: bool) -> None:
        """Stop building, and delete the excerpt if it is not needed again."""
        task, self._task = self._task, None
        if task is None:
            return
        # Before its process ends, which it would take for an answer.
        task.cancel()
        await asyncio.to_thread(self._builder.stop)
        await asyncio.wait((task,))
        if discard:
            await self.discard()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._task is not None:
            self._task.cancel()
        self._builder.stop()

    async def discard(self) -> None:
        """Delete the excerpt, also one that a killed server left."""
        self._asked.clear()
        self._saved.clear()
        await asyncio.to_thread(self._delete)

    def _delete(self) -> None:
        folder = self._order.folder
        with suppress(OSError):
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)

    async def _keep_building(self, delay: float) -> None:
        try:
            await asyncio.sleep(delay)
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                self._show(await self._builder.build(self._next_order(), Silent()))
                self._built.set()
        finally:
            self._built.set()

    def _next_order(self) -> BuildOrder:
        view = self._version.view
        wanted = Wanted(frozenset(self._asked), frozenset(self._saved))
        return replace(self._order, excerpt=wanted, now=view.now, drafts=view.drafts)

    def _show(self, result: BuildResult) -> None:
        """Show what was built, unless nothing was: its errors are those of the whole portal."""
        version, output = self._version, self._order.output
        if not result.report.outputs.total or not (output / "index.html").is_file():
            return
        if version.is_excerpt and not (result.report.changed or result.report.gone):
            return
        if not version.is_excerpt:
            self._appeared()
        version.folder, version.base_path, version.ready = output, result.base_path, True
        version.is_excerpt, version.problems, version.shown = True, (), ()
        version.settings = result.settings or version.settings
        version.report = replace(result.report, errors=[], warnings=[])
        version.number += 1
        self._reload()

    def _missed(self, address: str) -> None:
        """Note an address that was not found in the excerpt, and build it if that helps."""
        path = address.removeprefix(self._version.base_path)
        if path not in self._asked and len(self._asked) < _MOST_ASKED:
            self._asked[path] = None
            self._wanted.set()
