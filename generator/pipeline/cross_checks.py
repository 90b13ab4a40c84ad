"""Reports errors between sources, each with its position in its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import Problem
from generator.index.integrity import SourceProblem, across_sources
from generator.index.shortcode_checks import shortcode_problems
from generator.index.style_checks import style_problems
from generator.model.site import Site
from generator.pipeline.followups import InvalidSources
from generator.theme.theme import Theme, files_in


def check_across(
    connection: sqlite3.Connection,
    root: Path,
    parsed_paths: set[str] | None,
    invalid: InvalidSources,
) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """Return every error between sources, with its position, and the sources that it is about.

    With `parsed_paths`, only errors of those sources are looked for. Errors that follow from
    `invalid` sources are left out.
    """
    for problem in across_sources(connection, parsed_paths):
        if not invalid.explain(problem):
            yield _placed(problem, root), (problem.path, *problem.others)


def check_shortcodes(
    connection: sqlite3.Connection,
    root: Path,
    site: Site,
    known: Iterable[str],
    parsed_paths: set[str] | None,
) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """Return the calls of shortcodes that can't be shown, each with its source.

    With `parsed_paths`, only calls in those sources are checked.
    """
    for problem in shortcode_problems(
        connection, known, site.markdown.unknown_shortcodes, parsed_paths
    ):
        yield _placed(problem, root), (problem.path,) if problem.severity == "error" else ()


def check_style(
    connection: sqlite3.Connection, root: Path, site: Site, theme: Theme
) -> Iterator[Problem]:
    """Return the warnings about terms and pictures of the whole portal."""
    templates = "".join(
        Path(path).read_text("utf-8", "replace")
        for folder in theme.folders
        for name, path in files_in(folder)
        if name.endswith((".html", ".css"))
    )
    for problem in style_problems(connection, site, templates):
        yield _placed(problem, root)


def _placed(problem: SourceProblem, root: Path) -> Problem:
    line, column, message = problem.line, problem.column, problem.message
    if problem.key:
        line, column = _place_of(root, problem.path, problem.key)
    if problem.term and problem.clash:
        line, column = _place_of(root, *problem.term)
        there, _ = _place_of(root, *problem.clash)
        message += f" in {problem.clash.path}" + (f":{there}" if there else "")
    place = (line, column, message, problem.hint, problem.severity)
    return Problem(problem.path, *place, problem.code)


def _place_of(root: Path, path: str, key: str, term: str = "") -> tuple[int, int]:
    from generator.parse.parser import key_place

    return key_place(root, path, key, term)
