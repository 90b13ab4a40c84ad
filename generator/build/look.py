"""A look at what may have changed since the last build, before anything is read.

The index is opened for it and closed again, as workers must be started while it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from generator.build.options import BuildOptions
from generator.build.permanence import record_digest
from generator.build.state import load_index, reading_inputs
from generator.model.site import Site
from generator.render.inputs import current_inputs
from generator.render.theme import Theme
from generator.sources.scan import Scan, scan

# What one process does sooner than several can be started.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen. `inputs` are the digests of all that outputs read but queries.

    `new` tells that there is no earlier build to compare with; `reread` that sources would be
    read otherwise than they were; `gone` that there is no output folder; `heavy` that the work
    is worth several processes.
    """

    found: Scan
    inputs: Mapping[str, bytes]
    theme: Theme
    new: bool
    reread: bool
    gone: bool
    heavy: bool


def look_over(site: Site, options: BuildOptions) -> Look:
    """Compare the portal with what the index knows of it."""
    theme = Theme.of(options.root)
    inputs = current_inputs(site, theme) | reading_inputs(site)
    inputs["record"] = record_digest(options.root)
    with closing(load_index(options.state_folder)) as connection:
        known: dict[str, bytes] = dict(connection.execute("SELECT key, digest FROM input"))
        reread = any(known.get(key) != inputs[key] for key in ("code", "reading"))
        folders = {} if reread else dict(connection.execute("SELECT path, signature FROM folder"))
        unfinished = connection.execute("SELECT count(*) FROM output WHERE stale").fetchone()[0]
    found = scan(options.root, folders, options.clock)
    gone = not options.output.is_dir()
    heavy = known != inputs or gone or unfinished > _FEW or found.amount > _FEW
    return Look(found, inputs, theme, not known, reread, gone, heavy)
