"""The version of the site that the server shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from generator.errors import Problem
from generator.pipeline.report import Report
from generator.serve.excerpts import ShownProblem
from generator.serve.view import View

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


@dataclass(slots=True)
class Version:
    """The site in `folder`, under `base_path`, once a build has succeeded.

    `number` rises when browsers should reload their page, `styles` when it may be enough that they
    load style sheets. `problems` are the errors of the last build, if it failed, `shown` the same
    ones for the browser. `report` is that of the last build, `view` what it was built for. `moved`
    has the new site path of each story that has another address since the server started. `early`
    has style sheets of the next version, by their paths in the site.
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

    def new_address(self, path: str) -> str | None:
        """Return the site path to which a story moved that was at `path`, None if none was."""
        folder = path.removesuffix(_INDEX)
        return self.moved.get(folder) or self.moved.get(f"{folder}/")
