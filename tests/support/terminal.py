"""A command as it runs on a terminal of some width, and the lines that it prints there."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

from tests.support.portal import REPOSITORY

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_DIRECTIONS = re.compile("[\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was sent to the terminal."""

    raw: str

    @property
    def text(self) -> str:
        """The line without colour."""
        return _COLOUR.sub("", self.raw)

    @property
    def cells(self) -> int:
        """How wide the line is."""
        return cell_len(_DIRECTIONS.sub("", self.text))


def on_terminal(*words: str | Path, columns: int, env: Mapping[str, str]) -> list[Line]:
    """Run a command whose output is a terminal; what it prints."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "generator", *map(str, words)],
        cwd=REPOSITORY,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        printed = _all_of(ours)
        assert process.stderr
        said = process.stderr.read().decode()
    os.close(ours)
    assert process.returncode == 0, said
    return [Line(line) for line in printed.decode().replace("\r\n", "\n").splitlines()]


def _all_of(terminal: int) -> bytes:
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError as error:
            # Linux says so when the other end is closed.
            if error.errno != errno.EIO:
                raise
            piece = b""
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
