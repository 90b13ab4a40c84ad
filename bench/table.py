"""The results as a Markdown page, which reads as well on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.scenarios import FIRST, SCENARIOS, Timings

_MIB = 2**20

_PREFACE = """\
# Timings

Whole processes, from start to end; the median where there was more than one run. First builds
begin with no output and nothing kept, and alternate. The sources have just been written, so they
come from memory and not from the disk.

All sites have a page an article with JSON-LD and a comments widget; listings of 30 for eight
sections and all tags; a front page; RSS for the site, each section and each tag; a sitemap.
Broadsheet's feeds hold whole texts, its articles related stories, and its front page the newest of
each section; Hugo's feeds hold summaries, and its front page is a listing. "Every page" adds what
Hugo's site does not have: short links, authors with feeds, sources with feeds, series, and the
archive by date.
"""

_NOTES = """\
Processor time is that of all processes together. The largest process is the system's own record of
its resident memory. All processes together are the most that was seen at once, looking five times
a second, with shared memory counted once (Pss); it may miss a short peak. Whatever else the
machine does meanwhile lengthens the seconds, and the processor seconds hardly.
"""


def results(timings: Sequence[Timings], facts: Iterable[str]) -> str:
    """The page for a finished comparison; `facts` are lines on how it was made."""
    return "\n".join(
        [
            _PREFACE,
            *(f"- {fact}" for fact in facts),
            "",
            "## First build",
            "",
            *_table(
                ["", "seconds", "processor seconds", "largest process", "all processes", "files"],
                [_first_build(timing) for timing in timings],
            ),
            "",
            _NOTES,
            "## Builds after a change, in seconds",
            "",
            *_table(["", *SCENARIOS[1:]], [_changes(timing) for timing in timings]),
            "",
        ]
    )


def _first_build(timing: Timings) -> list[str]:
    return [
        timing.contender.name,
        _seconds(timing.middle(FIRST, lambda cost: cost.seconds)),
        _seconds(timing.middle(FIRST, lambda cost: cost.processor_seconds)),
        _memory(timing.middle(FIRST, lambda cost: cost.largest_process)),
        _memory(timing.middle(FIRST, lambda cost: cost.all_processes)),
        f"{timing.files:,}",
    ]


def _changes(timing: Timings) -> list[str]:
    spent = [timing.middle(scenario, lambda cost: cost.seconds) for scenario in SCENARIOS[1:]]
    return [timing.contender.name, *map(_seconds, spent)]


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _memory(value: float | None) -> str:
    return "unknown" if value is None else f"{value / _MIB:,.0f} MiB"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    body = [list(head), *map(list, rows)]
    widths = [max(3, *(len(row[column]) for row in body)) for column in range(len(head))]
    lines = [_row(row, widths) for row in body]
    rule = ["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    return [lines[0], _row(rule, widths), *lines[1:]]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    shown = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(shown)} |"
