"""How a build was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """`root` is the portal's folder, `output` where the site goes; `now` decides what is live.

    Files wait in `staging` until all are made. `explain` asks why each output was made. `state`
    names what is kept between builds of one output, as in `.broadsheet/build/`; `state_base`
    stands in for `.broadsheet/`. `clock` stands in for the system's, in nanoseconds, where the
    age of files counts. Only paths in `changed`, relative to `root`, can have changed since the
    last build of this output that succeeded; None if that is not known. `adopt` takes over files
    of others in the output folder where the site needs their places. Without `allow_removals`
    a site that has lost many of its articles is not published.
    """

    root: Path
    output: Path
    staging: Path
    now: datetime
    drafts: bool = False
    jobs: int = 1
    clean: bool = False
    verify: bool = False
    adopt: bool = False
    keep_going: bool = False
    allow_removals: bool = False
    record: bool = False
    explain: bool = False
    state: str = "build"
    state_base: Path | None = None
    clock: int | None = None
    changed: frozenset[str] | None = None

    @property
    def state_folder(self) -> Path:
        """Where what this output needs between builds lies."""
        return (self.state_base or self.root / ".broadsheet") / self.state
