"""Reports stories whose URL changed, and writes the line that keeps the old one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from generator.errors import Problem
from generator.index.connection import check_schema, open_for_reading
from generator.index.moved_urls import MovedUrl, moves_between
from generator.model.edit import apply_edits
from generator.model.rules import Rule
from generator.model.site import Site
from generator.pipeline.fixes import FixedSource
from generator.pipeline.recovery import suspicion
from generator.pipeline.source_files import replace_source
from generator.pipeline.state import index_path

MOST = 20
"""With more stories, it is not a headline that moved them."""

_FIX = "'broadsheet check --fix' does"


def moved_problems(root: Path, site: Site, moves: Sequence[MovedUrl]) -> Iterator[Problem]:
    """Yield a warning for each story that moved, for the first of very many."""
    for moved in moves[:MOST]:
        yield _problem(root, site, moved)
    if (more := len(moves) - MOST) > 0:
        first = moves[MOST]
        message = f"{more:,} more stories moved, such as that of {first.before} to {first.now}"
        hint = (
            "put 'permalink' or the section's slug back, or let 'broadsheet check --fix' redirect"
        )
        yield Problem("site.toml", 0, 0, message, hint, "warning", Rule.MOVED_URL)


def _problem(root: Path, site: Site, moved: MovedUrl) -> Problem:
    from generator.parse.front_matter.kept_url import kept_url

    message = f"moved from {moved.before} to {moved.now}, and nothing answers at the old URL"
    data = _bytes_of(root, moved.source)
    kept = kept_url(moved.source, data, site, moved.before) if data is not None else None
    if kept is None:
        return Problem(moved.source, 0, 0, message, "", "warning", Rule.MOVED_URL)
    purpose = "to stay there" if kept.key == "slug" else "to redirect it"
    hint = f"write '{kept.text}' {purpose}" + (f"; {_FIX}" if kept.edit else "")
    place = (kept.line, kept.column)
    return Problem(moved.source, *place, message, hint, "warning", Rule.MOVED_URL)


def fix_moved(root: Path, site: Site, moves: Sequence[MovedUrl]) -> Iterator[FixedSource]:
    """Write the lines that keep old URLs, and yield the sources that were changed.

    Raises `OutputError` for a source that can't be written.
    """
    from generator.parse.front_matter.kept_url import kept_url

    for moved in moves:
        data = _bytes_of(root, moved.source)
        kept = kept_url(moved.source, data, site, moved.before) if data is not None else None
        if data is not None and kept and kept.edit:
            changed = apply_edits(data.decode(), [kept.edit]).encode()
            replace_source(root / moved.source, moved.source, changed)
            yield FixedSource(moved.source, 1)


def moves_since(last_state: Path, state: Path) -> list[MovedUrl]:
    """Return the stories that moved since the last build, by its state and that of a later plan."""
    index = index_path(last_state)
    if not index.is_file():
        return []
    try:
        with closing(open_for_reading(index)) as connection:
            check_schema(connection)
            return moves_between(connection, index_path(state))
    except Exception as error:
        # A damaged record says nothing; the next build begins a new one.
        if not suspicion(error):
            raise
        return []


def _bytes_of(root: Path, path: str) -> bytes | None:
    try:
        return (root / path).read_bytes()
    except OSError:
        return None
