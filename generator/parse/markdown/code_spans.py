"""Finds what in a Markdown text is not code.

Where a run of backticks could end is looked up in lists made once, because a text may open
thousands of code spans that never end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

Span = tuple[int, int]
"""The first position of something in a text, and the one after its last."""

TICKS = re.compile(r"`+")
BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")


def outside_code(text: str, wanted: re.Pattern[str], blocks: Sequence[Span]) -> Iterator[int]:
    """Yield where `wanted` begins in a text, outside fenced blocks and code spans.

    `blocks` are the fenced blocks, in order. A caller that has read on from one place skips the
    places that it has passed.
    """
    token = re.compile(rf"(?P<ticks>(?<!\\)`+)|(?P<wanted>{wanted.pattern})")
    starts = [start for start, _ in blocks]
    runs = _Runs(text)
    position = 0
    while found := token.search(text, position):
        position = found.end()
        before = bisect_right(starts, found.start())
        if before and found.start() < blocks[before - 1][1]:
            position = max(position, blocks[before - 1][1])
        elif found["wanted"]:
            yield found.start()
        elif end := runs.span_end(len(found[0]), position):
            position = end


class _Runs:
    """Where runs of backticks end, and blank lines begin."""

    def __init__(self, text: str) -> None:
        self.ticks: dict[int, list[int]] = {}
        for run in TICKS.finditer(text):
            self.ticks.setdefault(len(run[0]), []).append(run.start())
        self.blank_lines = [found.start() for found in BLANK_LINE.finditer(text)]

    def span_end(self, length: int, position: int) -> int:
        """Return the end of the code span that a number of backticks opened; 0 if it has none.

        A span ends within its paragraph.
        """
        starts = self.ticks.get(length, [])
        index = bisect_left(starts, position)
        if index == len(starts):
            return 0
        blank = bisect_left(self.blank_lines, position)
        if blank < len(self.blank_lines) and self.blank_lines[blank] < starts[index]:
            return 0
        return starts[index] + length
