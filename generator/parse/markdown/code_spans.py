"""Finds what in a Markdown text is code: fenced blocks and code spans.

Where a fence or a run of backticks could end is looked up in lists made once, as a text may open
thousands of them that never end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

TICKS = re.compile(r"`+")
FENCE_END = re.compile(r"^(`{3,}|~{3,}) *$", re.MULTILINE)
BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")


def outside_code(text: str, wanted: re.Pattern[str]) -> Iterator[int]:
    """Yield where `wanted` begins in a text, outside fenced blocks and code spans.

    A caller that has read on from one place skips the places that it has passed.
    """
    token = re.compile(
        rf"^(?P<fence>`{{3,}}|~{{3,}})|(?P<ticks>(?<!\\)`+)|(?P<wanted>{wanted.pattern})",
        re.MULTILINE,
    )
    runs = _Runs(text)
    position = 0
    while found := token.search(text, position):
        position = found.end()
        if found["wanted"]:
            yield found.start()
        elif found["fence"] and (end := runs.fence_end(found["fence"], position)):
            position = end
        elif end := runs.span_end(len(found[0]), position):
            position = end


class _Runs:
    """Where fences and runs of backticks end, and blank lines begin."""

    def __init__(self, text: str) -> None:
        self.ticks: dict[int, list[int]] = {}
        for run in TICKS.finditer(text):
            self.ticks.setdefault(len(run[0]), []).append(run.start())
        self.fences: dict[str, list[tuple[int, int]]] = {}
        for end in FENCE_END.finditer(text):
            self.fences.setdefault(end[1], []).append(end.span())
        self.blank_lines = [found.start() for found in BLANK_LINE.finditer(text)]

    def fence_end(self, fence: str, position: int) -> int:
        """Return the end of the block that `fence` opened before `position`; 0 if it has none."""
        ends = self.fences.get(fence, [])
        index = bisect_left(ends, (position, 0))
        return ends[index][1] if index < len(ends) else 0

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
