"""Builds in a process of its own, so that pages are served meanwhile and modules are loaded once.

The process is spawned, not forked: it must not inherit the server's sockets and threads, because it
forks workers itself.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from generator.errors import CHANGED_MEANWHILE, BroadsheetError, Problem, unexpected
from generator.pipeline.interrupts import held_from_processes
from generator.pipeline.options import BuildOptions
from generator.pipeline.pool import ending
from generator.pipeline.progress import Progress
from generator.pipeline.report import Report
from generator.serve.editor import form_from
from generator.serve.excerpt_choice import Wanted, excerpt_of
from generator.serve.version import Settings

_PATIENCE_SECONDS = 10
# Loaded once, because this process runs small builds itself and forks workers for large ones.
_PRELOADED = (
    "babel.dates",
    "babel.numbers",
    "generator.pipeline.build",
    "generator.pipeline.render_stage",
    "generator.write.publish",
    "generator.pipeline.update",
    "generator.config",
    "generator.outputs",
    "generator.render.renderer",
    "generator.parse.front_matter.article",
    "generator.parse.front_matter.author",
    "generator.parse.markdown.reader",
    "generator.parse.markdown.commonmark.engine",
    "generator.parse.markdown.python_markdown.engine",
    "generator.parse.front_matter.page",
    "generator.parse.parser",
)


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What to build for the server at `origin`, with files and state in `folder`.

    `now` is None for the time of the build. `folder` is inside the portal's `.broadsheet/`. Only
    sources in `changed` can have changed since the last successful build; None if that is not
    known. With `excerpt`, only that part of the portal is built, and its errors stop nothing.
    """

    root: Path
    origin: str
    folder: Path
    drafts: bool
    now: datetime | None
    jobs: int
    changed: frozenset[str] | None = None
    allow_removals: bool = False
    excerpt: Wanted | None = None

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.folder / "site"

    @property
    def state(self) -> Path:
        """The folder of the index of the last build."""
        return self.folder / "build"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of a build: without `errors` it was published. `base_path` is that of the site.

    `settings` is None if site.toml could not be read.
    """

    report: Report
    errors: tuple[Problem, ...] = ()
    base_path: str = ""
    settings: Settings | None = None

    @property
    def is_overtaken(self) -> bool:
        """Whether nothing but a change of files during the build was in its way."""
        messages = [problem.message for problem in self.errors]
        return bool(messages) and all(text.startswith(CHANGED_MEANWHILE) for text in messages)


class Builder:
    """The build process, started when needed and again if it died."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    async def build(self, order: BuildOrder, progress: Progress) -> BuildResult:
        """Build without blocking the event loop. `progress` is called from another thread."""
        if self._process is None or not self._process.is_alive():
            self._start()
        assert self._process is not None
        assert self._pipe is not None
        return await asyncio.to_thread(_ordered, self._process, self._pipe, order, progress)

    def stop(self) -> None:
        """End the process and its workers, whatever they are doing."""
        if self._process is None:
            return
        self._process.terminate()
        self._process.join(_PATIENCE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_work, args=(there,), name="broadsheet-builder")
        if sys.platform != "win32":
            # The resource tracker that a first start creates would let an interrupt through.
            resource_tracker.ensure_running()
        with held_from_processes():
            self._process.start()
        there.close()


def _ordered(
    process: BaseProcess, pipe: Connection, order: BuildOrder, progress: Progress
) -> BuildResult:
    try:
        pipe.send(order)
        while True:
            match pipe.recv():
                case ("stage", str(name), total):
                    progress.stage(name, total)
                case ("advance", int(amount)):
                    progress.advance(amount)
                case result:
                    assert isinstance(result, BuildResult)
                    return result
    except (EOFError, OSError):
        process.join(_PATIENCE_SECONDS)
        message = f"the process that builds ended: {ending(process.exitcode)}"
        problem = Problem(str(order.root), 0, 0, message, "it starts again at the next change")
        return BuildResult(Report(), (problem,))


class _Relay:
    """Reports the progress of a build to the server."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def stage(self, name: str, total: int | None) -> None:
        self._pipe.send(("stage", name, total))

    def advance(self, amount: int) -> None:
        self._pipe.send(("advance", amount))


def preload() -> None:
    """Load everything that a build needs, so that no save has to wait for it."""
    for module in _PRELOADED:
        import_module(module)


def _work(pipe: Connection) -> None:
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    preload()
    try:
        while True:
            pipe.send(build(pipe.recv(), _Relay(pipe)))
    except (EOFError, BrokenPipeError):
        return


def _end(*_: object) -> None:
    """Exit by an exception, so that workers are stopped and staged files are removed."""
    # A closing terminal signals all processes, and the server then signals this one again.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def build(order: BuildOrder, progress: Progress) -> BuildResult:
    """Read site.toml and build, in this process."""
    from generator.config import load_site, with_base_url
    from generator.pipeline.build import Build

    start = time.perf_counter()
    report, base_path, settings = Report(), "", None
    try:
        site = load_site(order.root)
        base_path = site.base_path
        editor = site.editor.url or form_from(os.environ)
        settings = Settings(site.base_url, site.timezone, editor)
        part = None if order.excerpt is None else excerpt_of(order.root, order.excerpt)
        site = with_base_url(site, f"{order.origin}{base_path}")
        now = order.now or datetime.now(UTC)
        options = BuildOptions(
            root=order.root,
            output=order.output,
            staging=order.folder / "staging",
            now=now if now.tzinfo else now.replace(tzinfo=site.zone),
            drafts=order.drafts,
            jobs=order.jobs,
            # The folder is in .broadsheet/, where only Broadsheet has files.
            adopt=True,
            # Apart from the site, which stays if the state has to be discarded.
            state_base=order.folder,
            changed=order.changed,
            allow_removals=order.allow_removals,
            keep_going=part is not None,
            excerpt=part,
        )
        run = Build(site, options, progress)
        report = run.report
        run.run()
    except BroadsheetError as error:
        return BuildResult(report, error.problems, base_path, settings)
    except Exception as error:  # noqa: BLE001 - the server shows it, and builds again
        problem = unexpected(error, str(order.root))
        return BuildResult(report, (problem,), base_path, settings)
    seconds = report.seconds | {"total": round(time.perf_counter() - start, 4)}
    return BuildResult(replace(report, seconds=seconds), (), base_path, settings)
