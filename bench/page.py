"""The page of results, with a summary at its top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bench.contenders import BROADSHEET, COMMONMARK, HUGO, HUGO_RELATED, PLAIN_PAGES
from bench.goals import goal_of, to_first_build, to_hugo
from bench.table import count, megabytes, ratio, table
from bench.table import seconds as shown_seconds
from bench.timings import (
    FIRST,
    REST,
    ROWS,
    SERVER_ROWS,
    STORY,
    TEMPLATE,
    Comparison,
    Timings,
    memory,
    parsed,
    processor,
    seconds,
    written,
)

_PREFACE = """\
# Timings

Whole processes, from start to end; the median where there was more than one run. First builds begin
with no output and nothing kept; all of them come first, each generator in its turn, and nothing is
deleted before the last of them, as some file systems make files slowly for minutes after many were
deleted. Then each generator has its turn with the other rows. The sources come from memory and not
from the disk, and all that was written before is on the disk. Before a build after a change, the
last change has been taken back and built, and is older than the seconds for which Broadsheet
mistrusts a source's time.

All sites have a page an article with JSON-LD and a comments widget; listings of 30 for eight
sections and all tags; a front page; RSS for the site, each section and each tag; a sitemap.
Broadsheet's feeds hold whole texts, its articles related stories, and its front page the newest of
each section; Hugo's feeds hold summaries, and its front page is a listing. "Pages as Hugo's" is
Broadsheet with templates that write what Hugo's do, but whole feeds; "related stories" is Hugo with
older stories that share a tag on each article's page, found by its own function for them. "Every
page" adds what Hugo's site does not have: short links, authors with feeds, sources with feeds,
series, and the archive by date. "CommonMark" is Broadsheet with the dialect of Markdown that Hugo
reads.
"""

_NOTES = """\
Processor time is that of all processes together. The largest process is the system's own record of
its resident memory. All processes together are the most that was seen at once, looking up to five
times a second, with shared memory counted once (Pss); it may miss a short peak. Whatever else the
machine does meanwhile lengthens the seconds, and the processor seconds hardly.

Under `serve`, the time runs from the moment before a file is saved to the moment when the page,
told to load again over livereload's wire, has arrived with the new text. A first page is the front
page: the time runs from starting the server until it has arrived. With nothing built before, it
holds the newest stories, and the rest is built behind it. At rest, memory is the most that was seen
since the edits, and nothing is saved.
"""

# First builds of sites with the same on their pages: Broadsheet's, and Hugo's.
_OTHER_PAGES = (
    ("Broadsheet's pages as plain as Hugo's", PLAIN_PAGES, HUGO),
    ("Hugo's with related stories, too", BROADSHEET, HUGO_RELATED),
    ("texts as CommonMark", COMMONMARK, HUGO),
)
_VERDICTS = {True: "reached", False: "not reached", None: "not measured"}


def page(comparisons: Sequence[Comparison], facts: Iterable[str]) -> str:
    """The whole page; `facts` are lines on how it was made."""
    parts = [_PREFACE, *(f"- {fact}" for fact in facts), "", *summary(comparisons), "", _NOTES]
    for comparison in comparisons:
        parts += _details(comparison)
    return "\n".join(parts)


def summary(comparisons: Iterable[Comparison]) -> list[str]:
    """One line for everything that Broadsheet was measured at, with its goal."""
    head = ["", "articles", HUGO, BROADSHEET, "to Hugo", "goal", ""]
    lines = [line for comparison in comparisons for line in _summary_lines(comparison)]
    return table(head, lines, words=(0, 5, 6))


def _summary_lines(comparison: Comparison) -> Iterator[list[str]]:
    for row in ROWS.values():
        short = f"{row}, short articles" if comparison.short else row
        yield from _summary_line(comparison, row, short, BROADSHEET, HUGO)
        if row == FIRST:
            for words, ours, theirs in _OTHER_PAGES:
                yield from _summary_line(comparison, row, f"{row}, {words}", ours, theirs)
    for name, spent in comparison.limits.items():
        yield [f"limit: {name}", f"{comparison.size:,}", "", f"{spent:.3f} s", *[""] * 3]


def _summary_line(
    comparison: Comparison, row: str, words: str, ours: str, theirs: str
) -> Iterator[list[str]]:
    """The line for two contenders, if both took part; of Broadsheet itself in any case."""
    one, other = comparison.of(ours), comparison.of(theirs)
    usual = (ours, theirs) == (BROADSHEET, HUGO)
    if one is None or row not in one.costs or not (usual or (other and row in other.costs)):
        return
    goal = goal_of(row, comparison) if usual else None
    yield [
        words,
        f"{comparison.size:,}",
        measured(row, other),
        measured(row, one),
        ratio(to_hugo(comparison, row, seconds, ours, theirs)),
        goal.words if goal else "",
        _VERDICTS[goal.verdict(comparison)] if goal else "",
    ]


def measured(row: str, timings: Timings | None) -> str:
    """What was measured, in the units of the goal."""
    if timings is None or row not in timings.costs:
        return ""
    parts = [f"{shown_seconds(timings.middle(row, processor if row == REST else seconds))} s"]
    if row in (FIRST, REST):
        parts.append(megabytes(timings.middle(row, memory)))
    if row == STORY and (files := timings.most(row, written)) is not None:
        parts.append(f"{count(files)} files")
    if row == TEMPLATE and (sources := timings.most(row, parsed)) is not None:
        parts.append(f"{count(sources)} parsed")
    return ", ".join(filter(None, parts))


def _details(comparison: Comparison) -> list[str]:
    lines = [f"## {comparison.kind}", ""]
    for title, rows in (
        ("First build", _first_builds(comparison)),
        ("After a change", _changes(comparison)),
        ("The server", _server(comparison)),
        ("Limits", _limits(comparison)),
    ):
        if rows[2:]:
            lines += [f"### {title}", "", *rows, ""]
    return lines


def _first_builds(comparison: Comparison) -> list[str]:
    head = ["", "seconds", "to Hugo", "processor seconds", "largest process", "all processes"]
    return table(
        [*head, "memory to Hugo", "files", "runs"],
        [
            [
                each.name,
                shown_seconds(each.middle(FIRST, seconds)),
                ratio(to_hugo(comparison, FIRST, seconds, each.name)),
                shown_seconds(each.middle(FIRST, processor)),
                megabytes(each.middle(FIRST, lambda cost: cost.largest_process)),
                megabytes(each.middle(FIRST, lambda cost: cost.all_processes)),
                ratio(to_hugo(comparison, FIRST, memory, each.name)),
                count(each.files),
                count(len(each.costs[FIRST])),
            ]
            for each in comparison.contenders
            if FIRST in each.costs
        ],
    )


def _changes(comparison: Comparison) -> list[str]:
    head = ["", "", "seconds", "slowest", "to Hugo", "to first build", "processor seconds"]
    return table(
        [*head, "largest process", "files written", "sources parsed", "runs"],
        [
            [row, each.name, *_change(comparison, row, each)]
            for row in ROWS.values()
            for each in comparison.contenders
            if row != FIRST and row not in SERVER_ROWS and row in each.costs
        ],
        words=(0, 1),
    )


def _change(comparison: Comparison, row: str, timings: Timings) -> list[str]:
    return [
        shown_seconds(timings.middle(row, seconds)),
        shown_seconds(timings.most(row, seconds)),
        ratio(to_hugo(comparison, row, seconds, timings.name)),
        ratio(to_first_build(comparison, row, timings.name)),
        shown_seconds(timings.middle(row, processor)),
        megabytes(timings.middle(row, lambda cost: cost.largest_process)),
        count(timings.most(row, written)),
        count(timings.most(row, parsed)),
        count(len(timings.costs[row])),
    ]


def _server(comparison: Comparison) -> list[str]:
    return table(
        ["", "seconds", "slowest", "processor seconds", "all processes", "runs"],
        [
            [
                row,
                shown_seconds(each.middle(row, seconds)),
                shown_seconds(each.most(row, seconds)),
                shown_seconds(each.middle(row, processor)),
                megabytes(each.middle(row, lambda cost: cost.all_processes)),
                count(len(each.costs[row])),
            ]
            for row in SERVER_ROWS
            for each in comparison.contenders
            if row in each.costs
        ],
    )


def _limits(comparison: Comparison) -> list[str]:
    return table(
        ["", "seconds"],
        [[name, f"{spent:.3f}"] for name, spent in comparison.limits.items()],
    )
