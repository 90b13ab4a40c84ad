"""What the command line asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import click
from click.core import ParameterSource

from bench.contenders import (
    BROADSHEET,
    COMMONMARK,
    EVERY_PAGE,
    HUGO,
    HUGO_RELATED,
    HUGOS,
    PLAIN_PAGES,
)
from bench.timings import ROWS

FIRST_BUILD, LIMITS = "first", "limits"
EVERYTHING = (*ROWS, LIMITS)
# Sites with other pages, by the names that the command line has for them.
PAGES = {
    "every": EVERY_PAGE,
    "plain": PLAIN_PAGES,
    "related": HUGO_RELATED,
    "commonmark": COMMONMARK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """As `python -m bench --help` says."""

    sizes: tuple[int, ...]
    short: int | None
    rows: tuple[str, ...]
    peers: str
    peer_rows: tuple[str, ...]
    pages: tuple[str, ...]
    runs: int
    quick_runs: int
    saves: int
    hasty: bool
    keep: bool
    folder: Path
    results: Path
    readme: Path

    @property
    def contenders(self) -> tuple[str, ...]:
        """Whom to measure, in this order."""
        wanted = (HUGO, BROADSHEET, *(PAGES[name] for name in self.pages))
        return tuple(name for name in wanted if name not in HUGOS or self.peers == "hugo")

    def rows_of(self, contender: str, *, short: bool) -> tuple[str, ...]:
        """The rows to measure; of short articles, and of other pages, only the first build."""
        if short or contender not in (BROADSHEET, HUGO):
            return tuple(row for row in self.rows if row == FIRST_BUILD)
        return tuple(row for row in self.rows if contender != HUGO or row in self.peer_rows)


def sizes(context: click.Context, parameter: click.Parameter, value: str) -> tuple[int, ...]:
    """Numbers of articles, with commas between."""
    parts = [] if value == "none" else value.split(",")
    if not all(part.isascii() and part.isdecimal() and int(part) for part in parts):
        raise click.BadParameter(f"'{value}' is not numbers of articles, as in 1000,10000, or none")
    return tuple(map(int, parts))


def names_of(known: Collection[str]) -> Callable[..., tuple[str, ...]]:
    """A reader of names, with commas between."""

    def read(
        context: click.Context, parameter: click.Parameter, value: str | None
    ) -> tuple[str, ...]:
        names = tuple(value.split(",")) if value else ()
        for name in names:
            if name not in known:
                raise click.BadParameter(f"there is no '{name}'; there are {', '.join(known)}")
        return names

    return read


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
