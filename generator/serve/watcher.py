"""Watches everything that a build reads."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.config import SITE_FILE
from generator.errors import OutputError, Problem
from generator.model.paths import TEMPLATES
from generator.plan.published_urls import RECORD
from generator.scan.ignore import is_path_ignored
from generator.theme.theme import Theme

if TYPE_CHECKING:
    from watchfiles import Change

_FOLDERS = ("content", TEMPLATES)
_STEP_MILLISECONDS = 20
_LONGEST_BURST_MILLISECONDS = 1000
# With this many changes at once, the system may have lost some.
_MANY = 1000

Changed = Callable[[set[str] | None], None]


async def watch(root: Path, changed: Changed) -> None:
    """Call `changed` once when watching has begun, then after each burst of changes.

    Its argument is the set of changed paths under `content/`, relative to the portal, or None if
    any path may have changed. Ends when cancelled. Folders that are created, deleted or replaced
    are noticed too. Raises `OutputError` if the system can't watch that much.
    """
    try:
        await _watch(root, changed)
    # watchfiles' own exception is a RuntimeError, and has no public name.
    except (OSError, RuntimeError) as error:
        hint = "on Linux, fs.inotify.max_user_watches must be at least the number of folders"
        raise OutputError(Problem(str(root), 0, 0, f"can't be watched: {error}", hint)) from error


async def _watch(root: Path, changed: Changed) -> None:
    """Watch the portal's folder, and the trees in it whenever one is created or deleted."""
    own = _bursts(root, keep=_is_own, recursive=False)
    trees = asyncio.create_task(_watch_trees(root, changed))
    burst = asyncio.ensure_future(anext(own))
    try:
        while True:
            # The first steps of the tasks, in which the system begins to watch.
            await asyncio.sleep(0)
            changed(None)
            await asyncio.wait((trees, burst), return_when=asyncio.FIRST_COMPLETED)
            if trees.done():
                await trees
            names = {os.path.basename(path) for _, path in burst.result()}
            burst = asyncio.ensure_future(anext(own))
            if names & {*_FOLDERS}:
                await _ended(trees)
                trees = asyncio.create_task(_watch_trees(root, changed))
    finally:
        await _ended(trees, burst)


async def _watch_trees(root: Path, changed: Changed) -> None:
    content = (root / "content").resolve()
    theme = Theme.of(root).folders
    present = sorted(folder for folder in {content, *theme} if folder.is_dir())
    async for burst in _bursts(*present, keep=sources_only(content, theme), recursive=True):
        changed(_sources_in(content, burst) if len(burst) < _MANY else None)


def _sources_in(content: Path, burst: set[tuple[Change, str]]) -> set[str]:
    paths = [Path(path) for _, path in burst]
    inside = [path for path in paths if path.is_relative_to(content)]
    return {f"content/{path.relative_to(content).as_posix()}".removesuffix("/.") for path in inside}


def _bursts(
    *folders: Path, keep: Callable[[Change, str], bool], recursive: bool
) -> AsyncGenerator[set[tuple[Change, str]], None]:
    from watchfiles import awatch

    return awatch(
        *folders,
        watch_filter=keep,
        recursive=recursive,
        step=_STEP_MILLISECONDS,
        debounce=_LONGEST_BURST_MILLISECONDS,
    )


async def _ended(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


def _is_own(_: Change, path: str) -> bool:
    return os.path.basename(path) in (SITE_FILE, RECORD, *_FOLDERS)


def sources_only(content: Path, theme: Iterable[Path]) -> Callable[[Change, str], bool]:
    """Return a filter that keeps changes of what a build reads, without ignored files."""
    tops = {f"{content}{os.sep}": "content", **{f"{top}{os.sep}": TEMPLATES for top in theme}}

    def keep(_: Change, path: str) -> bool:
        for top, name in tops.items():
            if path.startswith(top):
                inside = path.removeprefix(top).replace(os.sep, "/")
                return not is_path_ignored(f"{name}/{inside}".removesuffix("/."))
        return True

    return keep
