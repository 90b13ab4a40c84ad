"""`broadsheet serve`: builds, serves, watches, and reloads the browser."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.console import ProgressBars, echo, echo_problems, exit_on_error
from generator.commands.left_out import counted, left_out_line
from generator.commands.options import live_options, removals_option, root_option
from generator.errors import ConfigError, Problem
from generator.pipeline.report import Report

if TYPE_CHECKING:
    from generator.serve.view import View


@click.command()
@root_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; 0.0.0.0 lets other machines in.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="8000 or the next free one if left out; 0 is any free one.",
)
@live_options
@removals_option
@click.option("--open", "open_browser", is_flag=True, help="Show the site in the browser.")
def command(
    root: Path,
    host: str,
    port: int | None,
    now: datetime | None,
    drafts: bool,
    jobs: int | None,
    allow_removals: bool,
    open_browser: bool,
) -> None:
    """Build the site, serve it on this machine, and rebuild it on each change."""
    from generator.pipeline.resources import default_jobs
    from generator.serve.address import bind
    from generator.serve.builder import BuildOrder
    from generator.serve.session import serve

    with exit_on_error():
        _refuse_other_folders(root)
        address = bind(host, port)
        order = BuildOrder(
            root=root.resolve(),
            origin=address.origin,
            folder=root.resolve() / ".broadsheet" / f"serve-{address.port}",
            drafts=drafts,
            now=now,
            jobs=jobs or default_jobs(),
            allow_removals=allow_removals,
        )
        with closing(_Terminal(f"{address.origin}/", open_browser, now)) as terminal:
            asyncio.run(serve(order, address, terminal))
        echo("stopped")


def _refuse_other_folders(root: Path) -> None:
    if not (root / "site.toml").is_file():
        hint = "give the portal's folder with --root, or make one with 'broadsheet init DIR'"
        message = "there is no such file, so this is not a portal"
        raise ConfigError(Problem(str(root / "site.toml"), 0, 0, message, hint))


class _Terminal:
    """Reports to the author on the terminal."""

    def __init__(self, url: str, open_browser: bool, now: datetime | None) -> None:
        self._url = url
        self._unopened = open_browser
        self._now = now
        self._bars: ProgressBars | None = None
        self._reported: set[Problem] = set()
        self._left_out = ""

    def serving(self) -> None:
        echo(f"serving {self._url} (Ctrl-C to stop)")

    def viewing(self, view: View) -> None:
        moment = f"as at {view.now.isoformat(' ', 'minutes')}" if view.now else "as at present"
        echo(f"asked for {moment}, {'with' if view.drafts else 'without'} drafts")

    def excerpted(self) -> None:
        echo("the newest stories can be read; the whole portal is being built")
        self._open()

    def building(self) -> None:
        if sys.stderr.isatty():
            self._bars = ProgressBars()
            self._bars.__enter__()

    def stage(self, name: str, total: int | None) -> None:
        if self._bars:
            self._bars.stage(name, total)

    def advance(self, amount: int) -> None:
        if self._bars:
            self._bars.advance(amount)

    def built(self, report: Report, *, fixed: bool) -> None:
        self.close()
        self._warn(report)
        outputs, seconds = report.outputs, report.seconds["total"]
        echo(
            f"{'fixed: ' if fixed else ''}{outputs.total} files, {outputs.written} written, "
            f"{outputs.removed} removed, in {seconds:.2f} s"
        )
        line = left_out_line(report.left_out, self._now or datetime.now(UTC))
        if line != self._left_out:
            echo(line or "left out: nothing any more")
            self._left_out = line
        self._open()

    def _warn(self, report: Report) -> None:
        """Report the warnings that did not hold after the last build."""
        echo_problems(each for each in report.warnings if each not in self._reported)
        self._reported = set(report.warnings)

    def failed(self, errors: Iterable[Problem], report: Report, *, ready: bool) -> None:
        self.close()
        errors = list(errors)
        echo_problems([*report.warnings, *errors])
        count = counted(len(errors), "error")
        state = "the last good version stays" if ready else "there is no site to serve yet"
        echo(f"{count}: {state}")
        self._open()

    def close(self) -> None:
        """Restore the terminal."""
        if self._bars:
            self._bars.__exit__()
            self._bars = None

    def _open(self) -> None:
        if self._unopened:
            import webbrowser
            from threading import Thread

            self._unopened = False
            # A browser in the terminal returns only when it is closed, so nothing waits for it.
            Thread(target=webbrowser.open, args=(self._url,), daemon=True).start()
