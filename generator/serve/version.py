"""The version of the site that the server shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Problem


def _ignored(_: str) -> None:
    """Do nothing."""


@dataclass(slots=True)
class Version:
    """The site in `folder`, under `base_path`, once a build has succeeded.

    `number` rises when browsers should reload their page; `problems` are the errors of the last
    build, if it failed. With `is_excerpt`, only the newest part of the site is in the folder.
    `missed` is called with each address that is asked for and can't be shown yet.
    """

    folder: Path
    base_path: str = ""
    number: int = 0
    ready: bool = False
    problems: tuple[Problem, ...] = ()
    is_excerpt: bool = False
    missed: Callable[[str], None] = _ignored
