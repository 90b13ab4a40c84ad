"""Detects what changed since the last build, before any source is read.

The index is opened for this and closed again, because workers must be started while it is closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.errors import CHANGED_MEANWHILE, Problem
from generator.index.build_state import inputs as inputs_of
from generator.index.input_keys import file_name
from generator.index.output_queries import count_stale, is_finished
from generator.index.sources import files_in, known_in, signatures
from generator.index.visibility import is_settled
from generator.model.site import Site
from generator.pipeline.options import BuildOptions
from generator.pipeline.state import load_index, reading_inputs
from generator.plan.published_urls import record_digest
from generator.scan.scanner import Scan, scan, scan_only
from generator.theme.inputs import current_inputs
from generator.theme.theme import Theme
from generator.write.output_stamp import is_unchanged

# So many files one process parses sooner than several can be started.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Detection:
    """What changed since the last build.

    `inputs` are the digests of all inputs as they are now, `differing` the keys of those that
    changed. `new` says that there is no earlier build to compare with; `reparse_all` that sources
    would be parsed with a different result; `output_missing` that there is no output folder;
    `output_modified` that something else changed the output folder; `parallel` that the work is
    worth several processes; `up_to_date` that there is no work.
    """

    root: Path
    found: Scan
    inputs: Mapping[str, bytes]
    differing: frozenset[str]
    theme: Theme
    new: bool
    reparse_all: bool
    output_missing: bool
    output_modified: bool
    parallel: bool
    up_to_date: bool

    def changed_since(self, site: Site) -> list[Problem]:
        """Return the theme files that changed since, so that pages may be a mixture of both."""
        from generator.plan.reasons import input_name

        now = current_inputs(site, Theme.of(self.root))
        seen = {key: digest for key, digest in self.inputs.items() if file_name(key)}
        files = {key for key in now if file_name(key)} | seen.keys()
        differing = {input_name(key) for key in files if now.get(key) != seen.get(key)}
        message = f"{CHANGED_MEANWHILE}, and nothing was published"
        return [Problem(name, 0, 0, message, "build again") for name in sorted(differing)]


def detect(site: Site, options: BuildOptions) -> Detection:
    """Compare the portal with the index."""
    theme = Theme.of(options.root)
    inputs = current_inputs(site, theme) | reading_inputs(site)
    inputs["record"] = record_digest(options.root)
    with closing(load_index(options.state_folder)) as connection:
        known = inputs_of(connection)
        reparse_all = any(known.get(key) != inputs[key] for key in ("code", "reading"))
        folders = signatures(connection)
    # The index is closed here, because the scan may fork.
    found = _scanned(options, {} if reparse_all else folders)
    with closing(load_index(options.state_folder)) as connection:
        found.seen += files_in(connection, found.passed)
        unfinished = count_stale(connection)
        output_missing = not options.output.is_dir()
        output_modified = (
            bool(known) and not output_missing and not is_unchanged(connection, options.output)
        )
        differing = {key for key in known | inputs if known.get(key) != inputs.get(key)}
        other = bool(differing) or output_missing or output_modified
        parallel = other or unfinished > _FEW or _many_differ(connection, found)
        same = not other and not found.changed and found.standing == folders.keys()
        invalid = any(problem.severity == "error" for problem in found.problems)
        up_to_date = same and not invalid and _is_finished(connection, options)
    return Detection(
        root=options.root,
        found=found,
        inputs=inputs,
        differing=frozenset(differing),
        theme=theme,
        new=not known,
        reparse_all=reparse_all,
        output_missing=output_missing,
        output_modified=output_modified,
        parallel=parallel,
        up_to_date=up_to_date,
    )


def _scanned(options: BuildOptions, known: Mapping[str, bytes]) -> Scan:
    if options.excerpt is not None:
        return scan_only(options.root, options.excerpt, options.clock)
    return scan(options.root, known, options.clock, options.changed if known else None)


def _many_differ(connection: sqlite3.Connection, found: Scan) -> bool:
    """Return whether more than a few files changed."""
    differing = 0
    for folder in found.changed:
        known = known_in(connection, folder.path)
        differing += sum(
            not source.stamp or known.get(source.path, ("", ""))[1] != source.stamp
            for source in folder.files
        )
        if differing > _FEW:
            return True
    return False


def _is_finished(connection: sqlite3.Connection, options: BuildOptions) -> bool:
    """Return whether the last build left nothing to do, and no option asks for more."""
    if options.verify or options.record:
        return False
    now = int(options.now.timestamp())
    return is_finished(connection) and is_settled(connection, now, drafts=options.drafts)
