"""Builds whose every effect on the output is looked at: one after the other, from nothing, killed.

A build here has the clock of the system in its hands, so that files count as old or as new as a
test wants them to be.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import unified_diff
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.config import load_site
from generator.errors import BroadsheetError, Problem
from generator.pipeline.build import Build
from generator.pipeline.options import BuildOptions
from generator.pipeline.report import Report
from generator.write.ownership import MARKER_NAME
from generator.write.staging import staging_folder
from tests.support.desk import put_on_disk
from tests.support.trouble import watch

Tree = dict[str, bytes]
_SECONDS = 10**9
_PAGE = 4096
_KEPT = 40


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended; without a code it was published."""

    report: Report
    errors: tuple[Problem, ...] = ()
    code: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """When a build meets its trouble: the `count`-th time that it does `event`, as `trouble` says.

    With `execute` as event it is a statement to the index.
    """

    event: str
    count: int
    action: str


def options_of(root: Path, now: datetime, **more: Any) -> BuildOptions:
    """A build of a portal by one process; files are old, if no other clock is given.

    Articles may vanish, however many, as chance takes them away here.
    """
    output = root / "output"
    chosen = {"clock": time.time_ns() + 60 * _SECONDS, "allow_removals": True} | more
    return BuildOptions(root=root, output=output, staging=staging_folder(output), now=now, **chosen)


def build(options: BuildOptions) -> Built:
    """Build in this process."""
    report = Report()
    try:
        Build(load_site(options.root), options, report=report).run()
    except BroadsheetError as error:
        return Built(report, error.problems, error.exit_code)
    return Built(report)


class Clean:
    """What some content gives when it is built from nothing, in a folder of its own.

    What was asked for lately is remembered, as many steps leave the content as it was.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[bytes, tuple[Built, Tree]] = {}

    def __call__(
        self, texts: Mapping[str, bytes], now: datetime, *, drafts: bool = False
    ) -> tuple[Built, Tree]:
        """The build of a portal with these files, and its output."""
        key = blake2b(pickle.dumps((sorted(texts.items()), now, drafts))).digest()
        if key not in self._known:
            shutil.rmtree(self._folder, ignore_errors=True)
            put_on_disk(texts, self._folder, {})
            built = build(options_of(self._folder, now, drafts=drafts))
            if len(self._known) == _KEPT:
                del self._known[next(iter(self._known))]
            self._known[key] = built, tree(self._folder / "output")
        return self._known[key]


def tree(folder: Path) -> Tree:
    """Every file below a folder."""
    found: Tree = {}
    for inside, _, names in os.walk(folder):
        for name in names:
            path = Path(inside, name)
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def times(folder: Path) -> dict[str, tuple[int, int]]:
    """The inode and time of every file below a folder: both stay where nothing is written.

    The output's marker is left out: its time is that of the last build that published something.
    """
    found = {}
    for inside, _, names in os.walk(folder):
        for name in names:
            if name == MARKER_NAME:
                continue
            status = os.stat(Path(inside, name))
            path = Path(inside, name).relative_to(folder).as_posix()
            found[path] = (status.st_ino, status.st_mtime_ns)
    return found


def build_in_trouble(options: BuildOptions, moment: Moment) -> int:
    """Build in a process of its own that meets trouble; returns its exit code."""
    process = _context().Process(target=_meet, args=(options, moment))
    process.start()
    process.join()
    return int(process.exitcode)


def _context() -> Any:
    """Processes that are forked from a fresh one, which has everything imported already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.proof", "generator.outputs"])
    return context


def _meet(options: BuildOptions, moment: Moment) -> None:
    if moment.event == "execute":
        _watch_statements(moment)
    else:
        watch(moment.event, options.root.name, moment.count, moment.action)
    sys.exit(build(options).code)


def _watch_statements(moment: Moment) -> None:
    """Meet trouble just before, or after, a statement to the index."""
    seen = 0

    def detected(frame: Any, event: str, called: Any) -> None:
        nonlocal seen
        if event not in ("c_call", "c_return"):
            return
        if getattr(called, "__name__", "") in ("execute", "executemany", "executescript"):
            seen += 1
            if seen == moment.count:
                os.kill(os.getpid(), 9)

    sys.setprofile(detected)


def difference(one: Tree, other: Tree) -> str:
    """The paths in which two trees differ, and the first lines that do."""
    paths = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    if not paths:
        return ""
    before, after = (
        folder.get(paths[0], b"").decode("utf-8", "replace").splitlines() for folder in (one, other)
    )
    return "\n".join([", ".join(paths), *list(unified_diff(before, after, n=0, lineterm=""))[:12]])


DAMAGES = ("cut short", "a page", "the head", "emptied", "deleted", "no log", "older", "newer")


def damage(state: Path, kind: str, where: int) -> None:
    """Damage the index in a state folder; `where` chooses the place."""
    index, log = state / "index.sqlite", state / "index.sqlite-wal"
    if not index.exists():
        return
    pages = max(1, index.stat().st_size // _PAGE)
    if kind in ("older", "newer"):
        with closing(sqlite3.connect(index)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute(f"PRAGMA user_version = {version + (1 if kind == 'newer' else -1)}")
    elif kind == "cut short":
        os.truncate(index, where % pages * _PAGE + where)
    elif kind == "emptied":
        os.truncate(index, 0)
    elif kind == "deleted":
        index.unlink()
    elif kind == "no log":
        log.unlink(missing_ok=True)
    else:
        with index.open("r+b") as file:
            file.seek(0 if kind == "the head" else where % pages * _PAGE)
            file.write(b"\xff" * _PAGE)


def named(problems: Iterable[Problem]) -> set[str]:
    """Problems as they are told, but for hints: of many pages with one fault any may be named."""
    return {str(replace(problem, hint="")) for problem in problems}
