"""The options of a build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What a build is asked to do.

    `root` is the portal's folder, `output` that of the site; `now` decides what is live. Files wait
    in `staging` until all are rendered. `explain` asks why each output was rendered, `checking`
    evaluates the rules of style, and warns of what the portal's dialect of Markdown misreads.
    `state` is the name of the state of one output folder in `.broadsheet/`, which `state_base`
    replaces. `clock` replaces the system's clock, in nanoseconds, where the age of files counts.
    Only paths in `changed`, relative to `root`, can have changed since the last successful build of
    this output; None if that is not known. Of an `excerpt`, only these paths are read, as if there
    were no other sources; what they seek elsewhere is no error. `adopt` takes over foreign files in
    the output folder whose paths the site needs. Without `allow_removals`, a site that lost many of
    its articles is not published.
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
    checking: bool = False
    state: str = "build"
    state_base: Path | None = None
    clock: int | None = None
    changed: frozenset[str] | None = None
    excerpt: frozenset[str] | None = None

    @property
    def state_folder(self) -> Path:
        """The folder of the state of this output."""
        return (self.state_base or self.root / ".broadsheet") / self.state
