"""A Markdown table that reads as well on a terminal, and the numbers in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], words: Collection[int] = (0,)
) -> list[str]:
    """The lines of a table. The columns in `words` are set to the left, numbers to the right."""
    body = [list(head), *map(list, rows)]
    widths = [max(3, *(len(row[column]) for row in body)) for column in range(len(head))]
    lines = [_row(row, widths, words) for row in body]
    rule = [
        "-" * width if column in words else f"{'-' * (width - 1)}:"
        for column, width in enumerate(widths)
    ]
    return [lines[0], _row(rule, widths, words), *lines[1:]]


def seconds(value: float | None) -> str:
    """As in `0.43`; empty if it is not known."""
    return "" if value is None else f"{value:,.2f}"


def megabytes(value: float | None) -> str:
    """As in `880 MB`."""
    return "" if value is None else f"{value / 1e6:,.0f} MB"


def count(value: float | None) -> str:
    """As in `12,232`."""
    return "" if value is None else f"{value:,.0f}"


def ratio(value: float | None) -> str:
    """With what makes a difference of it: `0.004`, `0.31`, `12`."""
    if value is None:
        return ""
    digits = 3 if value < 0.1 else 2 if value < 10 else 0
    return f"{value:.{digits}f}"


def _row(cells: Sequence[str], widths: Sequence[int], words: Collection[int]) -> str:
    shown = [
        cell.ljust(width) if column in words else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(shown)} |"
