"""What no build can be faster than: the same files looked at, the same site copied, a start."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.contenders import Contender
from bench.processes import run
from bench.walk import walk


def limits(contender: Contender, runs: int, log: Path) -> Iterator[tuple[str, float]]:
    """Seconds, each with what took them."""
    starts = [run((sys.executable, "-c", "import click"), log) for _ in range(runs)]
    yield "`python -c 'import click'`", median(cost.seconds for cost in starts)
    yield "a look at each source's size and time", _looking(contender.folder)
    yield f"`cp -r` of {contender.name}'s finished site", _copying(contender, log)


def _looking(folder: Path) -> float:
    start = time.perf_counter()
    walk(folder / "content")
    return time.perf_counter() - start


def _copying(contender: Contender, log: Path) -> float:
    copy = contender.folder / "copy"
    contender.rest()
    cost = run(("cp", "-r", str(contender.output), str(copy)), log)
    shutil.rmtree(copy)
    return cost.seconds
