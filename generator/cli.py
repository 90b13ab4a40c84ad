"""The entry of the command line. It imports next to nothing, as Ctrl-C may come at any moment."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_STANDARD_ERROR = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None, prog_name: str = "broadsheet") -> None:
    """Run a command and end the process with its exit code; `arguments` are those of the process.

    From the first line to the last no exception shows as a traceback.
    """
    try:
        _end_when_interrupted()
        from generator.commands.group import group

        group.main(arguments, prog_name)
    except KeyboardInterrupt:
        _end()
    except Exception as error:  # noqa: BLE001 - the last place that can explain it
        from generator.commands.console import echo_problems
        from generator.errors import UnexpectedError, unexpected

        echo_problems([unexpected(error, prog_name)])
        raise SystemExit(UnexpectedError.exit_code) from None


def _end_when_interrupted() -> None:
    """End at once when interrupted. A command that has begun its work sees to interrupts itself."""
    from contextlib import suppress
    from signal import SIG_IGN, SIGINT, getsignal, signal

    # Only the main thread may set handlers; a job in the background may have none.
    with suppress(ValueError):
        if getsignal(SIGINT) is not SIG_IGN:
            signal(SIGINT, _end)


def _end(*_: object) -> None:
    os.write(_STANDARD_ERROR, b"interrupted: nothing was published\n")
    os._exit(_INTERRUPTED)
