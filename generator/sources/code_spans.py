"""Tells what in a Markdown text is code: fenced blocks and code spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

TICKS = re.compile(r"`+")
BLANK_LINE = re.compile(r"\n[ \t]*\n")


def outside_code(text: str, wanted: re.Pattern[str]) -> Iterator[int]:
    """Where `wanted` begins in a text, outside fenced blocks and code spans.

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
    """Where fences and runs of backticks end, each looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.absent: set[str] = set()
        self.ticks: dict[int, list[int]] = {}
        for run in TICKS.finditer(text):
            self.ticks.setdefault(len(run[0]), []).append(run.start())

    def fence_end(self, fence: str, position: int) -> int:
        """The end of the block that `fence` opened before `position`; 0 if it has none."""
        if fence in self.absent:
            return 0
        closing = re.compile(rf"^{fence}[ ]*$", re.MULTILINE).search(self.text, position)
        if closing is None:
            self.absent.add(fence)
            return 0
        return closing.end()

    def span_end(self, length: int, position: int) -> int:
        """The end of the code span that so many backticks opened; 0 if it has none."""
        starts = self.ticks.get(length, [])
        index = bisect_left(starts, position)
        if index == len(starts) or BLANK_LINE.search(self.text, position, starts[index]):
            return 0
        return starts[index] + length
