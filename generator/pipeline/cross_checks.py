"""Errors that no source has by itself, each with its place in its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.pipeline.followups import FaultySources
from generator.errors import Problem
from generator.index.integrity import Fault, across_sources
from generator.index.shortcode_checks import shortcode_faults
from generator.model.site import Site


def check_across(
    connection: sqlite3.Connection, root: Path, fresh: set[str] | None, faulty: FaultySources
) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """Every fault between sources, with its place in its file, and the sources that it is about.

    Only faults of sources in `fresh` are looked for, if it is given; those that come from `faulty`
    ones are left out.
    """
    for fault in across_sources(connection, fresh):
        if not faulty.explain(fault):
            yield _placed(fault, root), (fault.path, *fault.others)


def check_shortcodes(
    connection: sqlite3.Connection,
    root: Path,
    site: Site,
    known: Iterable[str],
    fresh: set[str] | None,
) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """Every call of a shortcode that can't be shown, and the source that is at fault for it.

    Only calls in `fresh` are looked at, if it is given.
    """
    for fault in shortcode_faults(connection, known, site.markdown.unknown_shortcodes, fresh):
        yield _placed(fault, root), (fault.path,) if fault.severity == "error" else ()


def _placed(fault: Fault, root: Path) -> Problem:
    line, column, message = fault.line, fault.column, fault.message
    if fault.key:
        line, column = _place_of(root, fault.path, fault.key)
    if fault.term and fault.clash:
        line, column = _place_of(root, *fault.term)
        there, _ = _place_of(root, *fault.clash)
        message += f" in {fault.clash.path}" + (f":{there}" if there else "")
    return Problem(fault.path, line, column, message, fault.hint, fault.severity)


def _place_of(root: Path, path: str, key: str, term: str = "") -> tuple[int, int]:
    from generator.parse.parser import key_place

    return key_place(root, path, key, term)
