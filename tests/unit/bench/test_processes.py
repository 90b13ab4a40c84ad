"""What a timed command cost, and what is said of one that failed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.processes import CommandFailed, run


def test_the_cost_is_that_of_the_command_and_of_all_that_it_started(tmp_path: Path) -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'bytearray(10**8)'])"
    cost = run((sys.executable, "-c", work), tmp_path / "log")
    assert cost.seconds > 0
    assert cost.processor_seconds is not None
    assert cost.largest_process is not None
    assert cost.largest_process > 10**8


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print('first'); raise SystemExit('no luck')", "exit code 1: no luck"),
        ("print('the disk is full'); raise SystemExit(3)", "exit code 3: the disk is full"),
        ("raise SystemExit(3)", "exit code 3: no message"),
        ("1 / 0", "exit code 1: ZeroDivisionError: division by zero"),
    ],
)
def test_a_failed_command_is_reported_with_its_last_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, reason: str, unbuffered: str
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    with pytest.raises(CommandFailed) as failure:
        run((sys.executable, "-c", code), tmp_path / "log")
    assert str(failure.value) == reason


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    command = os.fspath(tmp_path / "generator")
    with pytest.raises(CommandFailed, match="generator can't be run: No such file or directory"):
        run((command,), tmp_path / "log")
