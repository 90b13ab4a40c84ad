"""The version of the site that the server shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from generator.errors import Problem
from generator.index.moved_urls import MovedUrl
from generator.pipeline.report import Report
from generator.serve.shown_problems import ShownProblem
from generator.serve.view import View

STATE = "build"
"""The name of the state's folder, beside that of the site."""

_INDEX = "index.html"
_LOST = "404.html"


@dataclass(frozen=True)
class Settings:
    """What the server needs of site.toml. `editor` is the form of the links that open a file."""

    address: str = ""
    timezone: str = "UTC"
    editor: str = ""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The portal's time zone."""
        return ZoneInfo(self.timezone)


def _ignored(_: str) -> None:
    """Do nothing."""


@dataclass(slots=True)
class Version:
    """The site in `folder`, under `base_path`, once a build has succeeded.

    `number` rises when browsers should reload their page, `styles` when it may be enough that they
    load style sheets. `problems` are the errors of the last build, if it failed, `shown` the same
    ones for the browser. `report` is that of the last build, `view` what it was built for. `moved`
    has the new site path of each story that has another address since the server started. `early`
    has style sheets of the next version, by their paths in the site. With `is_excerpt`, only the
    newest part of the site is in the folder. `missed` is called with each address that is asked for
    and can't be shown yet.
    """

    folder: Path
    base_path: str = ""
    number: int = 0
    ready: bool = False
    problems: tuple[Problem, ...] = ()
    styles: int = 0
    shown: tuple[ShownProblem, ...] = ()
    view: View = field(default_factory=View)
    settings: Settings = field(default_factory=Settings)
    report: Report = field(default_factory=Report)
    moved: dict[str, str] = field(default_factory=dict)
    early: dict[str, bytes] = field(default_factory=dict)
    is_excerpt: bool = False
    missed: Callable[[str], None] = _ignored

    @property
    def state(self) -> Path:
        """The folder of the state of the build that made the site."""
        return self.folder.parent / STATE

    def file_at(self, address: str) -> Path | None:
        """Return the page that is sent for a URL, or the path of one; None if there is none."""
        try:
            return self._found(unquote(urlsplit(address).path)) or self._found_lost()
        except (OSError, ValueError):
            # No file can have such a name.
            return self._found_lost()

    def _found(self, path: str) -> Path | None:
        own = unquote(self.base_path)
        if not path.startswith(f"{own}/"):
            return None
        folder = self.folder.resolve()
        asked = (folder / path[len(own) :].lstrip("/")).resolve()
        files = (file for file in (asked, asked / _INDEX) if file.is_relative_to(folder))
        return next((file for file in files if file.is_file()), None)

    def _found_lost(self) -> Path | None:
        lost = self.folder.resolve() / _LOST
        return lost if lost.is_file() else None

    def follow(self, moves: Iterable[MovedUrl]) -> None:
        """Note where stories moved, also those that moved before."""
        for move in moves:
            for before, now in self.moved.items():
                if now == move.before:
                    self.moved[before] = move.now
            self.moved[move.before] = move.now
            self.moved.pop(move.now, None)

    def new_address(self, path: str) -> str | None:
        """Return the site path to which a story moved that was at `path`, None if none was."""
        folder = path.removesuffix(_INDEX)
        return self.moved.get(folder) or self.moved.get(f"{folder}/")
