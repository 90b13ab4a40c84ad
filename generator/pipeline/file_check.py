"""Checks some sources alone: as a build would read them now, without building anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from generator.errors import Problem, Problems
from generator.index.connection import check_schema, open_for_reading, rolled_back
from generator.model.site import Site
from generator.model.source import SourceFile
from generator.pipeline.detect import detect
from generator.pipeline.options import BuildOptions
from generator.pipeline.pool import open_pool
from generator.pipeline.state import index_path, load_index, state_folder
from generator.pipeline.update import Update
from generator.pipeline.worker import context_factory
from generator.scan.scanner import scan


def check_files(site: Site, options: BuildOptions, paths: Collection[str]) -> list[Problem]:
    """Return the problems of sources, each by its path under `content/`.

    They are compared with all other sources as these are now: with the record of the last build
    where there is one, which stays as it is, or else in the scratch state of `options`.
    """
    recorded = replace(options, state_base=None, checking=False)
    chosen = recorded if _has_record(recorded) else replace(options, checking=False)
    problems = Problems(applied=site.check.applied)
    with _rehearsed(site, chosen) as update:
        found = [each for each in update.problems if each.path in paths]
        found += [each for each, about in update.across if not set(about).isdisjoint(paths)]
    problems.extend(found)
    reader = context_factory(site, replace(options, checking=True))().reader
    for source in _sources(options.root, paths):
        problems.extend(reader.read(source, None)[1])
    return list(problems)


def _sources(root: Path, paths: Collection[str]) -> Iterator[SourceFile]:
    for folder in scan(root, {}).changed:
        yield from (source for source in folder.files if source.path in paths)


def _has_record(options: BuildOptions) -> bool:
    """Return whether there is a last build that can be read."""
    index = index_path(options.state_folder)
    with suppress(sqlite3.Error):
        if index.is_file():
            with closing(open_for_reading(index)) as connection:
                check_schema(connection)
                return True
    return False


@contextmanager
def _rehearsed(site: Site, options: BuildOptions) -> Iterator[Update]:
    """Yield an update that has read what changed, and undo it."""
    problems = Problems()
    with state_folder(options.state_folder, clean=False):
        detected = detect(site, options)
        problems.extend(detected.found.problems)
        jobs = options.jobs if detected.parallel else 1
        with (
            open_pool(jobs, context_factory(site, options)) as pool,
            closing(load_index(options.state_folder)) as connection,
            rolled_back(connection),
        ):
            update = Update(connection, site, options, detected, problems, frozenset())
            update.read(pool, lambda _: None)
            yield update
