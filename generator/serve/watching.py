"""Notices when something that a build reads has changed."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.build.permanence import RECORD
from generator.config import SITE_FILE
from generator.errors import OutputError, Problem
from generator.render.theme import Theme

if TYPE_CHECKING:
    from watchfiles import Change

_FOLDERS = ("content", "templates")
_STEP_MILLISECONDS = 20
_LONGEST_BURST_MILLISECONDS = 1000
# With so many changes at once the system may have dropped some.
_MANY = 1000

Changed = Callable[[set[str] | None], None]
# What editors and systems write beside the file that is being edited: Vim's swap files, backups
# and its probe 4913, Emacs' locks and autosaves, and temporary files that are renamed at the end.
_LITTER = re.compile(
    r"""4913 | .*~ | \.\#.* | \#.*\# | .*\.sw[a-z] | .*\.kate-swp | .*\.te?mp | .*\.part
    | .*\.crswap | \.goutputstream-.* | .*___jb_(tmp|old)___ | \.DS_Store | Thumbs\.db""",
    re.VERBOSE | re.IGNORECASE,
)


def is_litter(name: str) -> bool:
    """Whether a file of this name is an editor's or the system's own, and no source."""
    return _LITTER.fullmatch(name) is not None


async def watch(root: Path, changed: Changed) -> None:
    """Call `changed` once when watching has begun, then after each burst of changes.

    It is told which paths under `content/` changed, relative to the portal, or None if it may
    have been any. Ends when cancelled. Folders that come, go or are replaced are noticed too.
    Raises `OutputError` if the system can't watch so much.
    """
    try:
        await _watch(root, changed)
    # watchfiles' own exception is a RuntimeError, and has no public name.
    except (OSError, RuntimeError) as fault:
        hint = "on Linux, fs.inotify.max_user_watches must be at least the number of folders"
        raise OutputError(Problem(str(root), 0, 0, f"can't be watched: {fault}", hint)) from fault


async def _watch(root: Path, changed: Changed) -> None:
    """Watch the portal's folder itself, and the trees in it anew whenever one comes or goes."""
    own = _bursts(root, keep=_is_own, recursive=False)
    trees = asyncio.create_task(_watch_trees(root, changed))
    burst = asyncio.ensure_future(anext(own))
    try:
        while True:
            # The tasks' first steps, in which the system begins to watch.
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
    folders = {content, *Theme.of(root).folders}
    present = sorted(folder for folder in folders if folder.is_dir())
    async for burst in _bursts(*present, keep=_is_source, recursive=True):
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


def _is_source(_: Change, path: str) -> bool:
    return not is_litter(os.path.basename(path))
