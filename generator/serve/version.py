"""The version of the site that the server shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.errors import Problem


@dataclass(slots=True)
class Version:
    """The site in `folder`, under `base_path`, once a build has succeeded.

    `number` rises when browsers should reload their page; `problems` are the errors of the last
    build, if it failed.
    """

    folder: Path
    base_path: str = ""
    number: int = 0
    ready: bool = False
    problems: tuple[Problem, ...] = ()
