"""`broadsheet` in a process that meets trouble at a moment of the test's choosing.

`python -m tests.support.trouble [trouble ...] -- build ...` runs the real command. Python's audit
events (https://docs.python.org/3/library/audit_events.html) tell when it opens or moves a file:

    --at EVENT PART COUNT ACTION   at the COUNT-th EVENT whose file has PART in its path:
                                   `kill` this process, `interrupt` its whole group, find the
                                   disk `full`, or `wait` for a line on standard input after
                                   saying that it waits
    --largest-file BYTES           the system refuses to let a file grow further
    --no-override                  permissions of files hold for root too
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator

_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _PR_CAPBSET_DROP = 1, 2, 24
_CLEARED = "BROADSHEET_TEST_CLEARED"


def watch(event: str, part: str, count: int, action: str) -> None:
    """Do `action` at the chosen moment."""
    seen = 0
    parent = os.getpid()

    def hook(name: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if name != event or not any(part in str(each) for each in arguments[:2]):
            return
        if name == "open" and not (isinstance(arguments[2], int) and arguments[2] & os.O_CREAT):
            return
        seen += 1
        if seen != count:
            return
        if action == "kill":
            os.kill(parent, signal.SIGKILL)
        elif action == "interrupt":
            os.killpg(os.getpgid(parent), signal.SIGINT)
        elif action == "end":
            os.kill(os.getpid(), signal.SIGKILL)
        elif action == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
        else:
            print("waiting", flush=True)  # noqa: T201 - the test reads it
            sys.stdin.readline()

    sys.addaudithook(hook)


def limit_files(size: int) -> None:
    """Let writes past `size` bytes fail as on a disk that is full."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def drop_override() -> None:
    """Start this program anew without root's right to pass by permissions."""
    if os.geteuid() or os.environ.get(_CLEARED):
        return
    import ctypes

    libc = ctypes.CDLL(None)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    os.environ[_CLEARED] = "1"
    os.execv(sys.executable, sys.orig_argv)


def meet(words: Iterator[str]) -> list[str]:
    """Take the troubles from the words; what is left is for `broadsheet`."""
    for word in words:
        if word == "--at":
            event, part, count, action = (next(words) for _ in range(4))
            watch(event, part, int(count), action)
        elif word == "--largest-file":
            limit_files(int(next(words)))
        elif word == "--no-override":
            drop_override()
        elif word == "--":
            break
    return list(words)


if __name__ == "__main__":
    arguments = meet(iter(sys.argv[1:]))
    from generator.cli import main

    main(arguments, prog_name="broadsheet")
