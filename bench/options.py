"""What the command line asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click
from click.core import ParameterSource

from bench.timings import ROWS

FIRST_BUILD, LIMITS = "first", "limits"
EVERYTHING = (*ROWS, LIMITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """As `python -m bench --help` says."""

    sizes: tuple[int, ...]
    short: int | None
    rows: tuple[str, ...]
    peers: str
    peer_rows: tuple[str, ...]
    every_page: bool
    runs: int
    quick_runs: int
    hasty: bool
    keep: bool
    folder: Path
    results: Path
    readme: Path

    def rows_of(self, *, peer: bool, short: bool) -> tuple[str, ...]:
        """The rows to measure of Broadsheet or a peer; of short articles only the first build."""
        rows = (FIRST_BUILD,) if short else self.rows
        return tuple(row for row in rows if row in self.peer_rows) if peer else rows


def sizes(context: click.Context, parameter: click.Parameter, value: str) -> tuple[int, ...]:
    """Numbers of articles, with commas between."""
    parts = [] if value == "none" else value.split(",")
    if not all(part.isascii() and part.isdecimal() and int(part) for part in parts):
        raise click.BadParameter(f"'{value}' is not numbers of articles, as in 1000,10000, or none")
    return tuple(map(int, parts))


def rows(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Names of rows, with commas between."""
    names = tuple(value.split(","))
    for name in names:
        if name not in EVERYTHING:
            raise click.BadParameter(f"there is no '{name}'; there are {', '.join(EVERYTHING)}")
    return names


def as_given(context: click.Context, *, without: tuple[str, ...]) -> str:
    """The options that were given, as one would write them again."""
    words = []
    for parameter in context.command.params:
        name = parameter.name or ""
        if name in without or context.get_parameter_source(name) != ParameterSource.COMMANDLINE:
            continue
        value = context.params[name]
        words.append(parameter.opts[0])
        if isinstance(value, tuple):
            words.append(",".join(map(str, value)) or "none")
        elif value is not True:
            words.append(str(value))
    return " ".join(words)
