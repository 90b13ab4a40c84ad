"""What commands say on a terminal and in a log: problems, progress, and how it ended."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from generator.errors import BroadsheetError, Problem

if TYPE_CHECKING:
    from rich.progress import TaskID

INTERRUPTED = 130
_STAGES = {
    "scan": "Looking for sources",
    "parse": "Reading",
    "plan": "Planning",
    "render": "Rendering",
    "write": "Publishing",
}


def wants_colour() -> bool:
    """Return whether the terminal shows colour (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def echo(text: str) -> None:
    """A line on standard output."""
    click.echo(text)


def echo_problems(problems: Iterable[Problem]) -> None:
    """Each problem on a line of standard error."""
    colour = wants_colour()
    for problem in problems:
        line = str(problem)
        if colour:
            tint = "red" if problem.severity == "error" else "yellow"
            mark = f" {problem.severity}: "
            line = line.replace(mark, click.style(mark, fg=tint, bold=True), 1)
        click.echo(line, err=True, color=colour)


@contextmanager
def exit_on_error() -> Iterator[None]:
    """Report what went wrong and end with its exit code.

    An interrupt is raised in the block, and ignored after it, as the process is about to end.
    """
    try:
        _on_interrupt(signal.default_int_handler)
        yield
    except BroadsheetError as error:
        _on_interrupt(signal.SIG_IGN)
        echo_problems(error.problems)
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt as interrupt:
        _on_interrupt(signal.SIG_IGN)
        click.echo(f"interrupted: {str(interrupt) or 'nothing was published'}", err=True)
        raise SystemExit(INTERRUPTED) from interrupt
    _on_interrupt(signal.SIG_IGN)


def _on_interrupt(handler: Any) -> None:
    # Only the main thread may set handlers; a job in the background may have none.
    with suppress(ValueError):
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, handler)


class ProgressBars:
    """Progress bars on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._progress = Progress(
            TextColumn("{task.description:<20}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True, no_color=not wants_colour()),
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressBars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def stage(self, name: str, total: int | None) -> None:
        """Begin a bar."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(_STAGES[name], total=total)

    def advance(self, amount: int) -> None:
        """Move the bar on."""
        if self._task is not None:
            self._progress.advance(self._task, amount)
