"""A build that is stopped before each of its moves, to look at what readers then see."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Collection
from multiprocessing.connection import Connection
from typing import Any

from generator.pipeline.options import BuildOptions
from tests.support.proof import build
from tests.support.reader import broken_links

MOVES = ("os.rename", "os.remove", "os.rmdir")


def seen_before_each_move(
    options: BuildOptions, starts: Collection[str]
) -> list[tuple[str, list[str]]]:
    """The moves of a build, and before each what a reader would find missing.

    A build that is killed there leaves the output in just this state. It is done in a process of
    its own, as nobody can stop listening to a process's moves.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_look, args=(options, starts, there))
    process.start()
    there.close()
    seen: list[tuple[str, list[str]]] = here.recv()
    process.join()
    assert process.exitcode == 0
    return seen


def _look(options: BuildOptions, starts: Collection[str], pipe: Connection) -> None:
    seen: list[tuple[str, list[str]]] = []
    output = str(options.output)

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        if name in MOVES and any(str(each).startswith(output) for each in arguments[:2]):
            seen.append((f"{name} {arguments[:2]}", broken_links(options.output, starts)))

    sys.addaudithook(hook)
    code = build(options).code
    pipe.send(seen)
    sys.exit(code)
