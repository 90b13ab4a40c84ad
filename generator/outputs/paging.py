"""Numbers the pages of a sequence that only grows at its newest end.

Pages are counted from the oldest end, so a full page keeps its number and its content for good. A
new item changes the newest page alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.model.output import Pager


@dataclass(frozen=True, slots=True)
class Slice:
    """A run of items. `number` counts from 1, the oldest; `first` is the rank of its first item.

    `count` is the most items that it may hold; None means that it goes on to the newest.
    """

    number: int
    first: int
    count: int | None


def slice_count(total: int, size: int) -> int:
    """Return how many slices of `size` hold `total` items; the last one may be partly filled."""
    return -(-total // size)


def slices(count: int, size: int) -> Iterator[Slice]:
    """Return the first `count` slices of `size` items, oldest first."""
    for number in range(1, count + 1):
        yield Slice(number, (number - 1) * size, size)


def page_at(number: int, full: int, size: int) -> Slice:
    """Return one page of a listing with `full` full pages.

    Page 0 is the listing's own URL: the last full page and everything newer.
    """
    if number:
        return Slice(number, (number - 1) * size, size)
    return Slice(0, max(0, full - 1) * size, None)


def pages(total: int, size: int) -> Iterator[Slice]:
    """Return the pages of a listing: that of its own URL first, then each full page."""
    full = total // size
    yield page_at(0, full, size)
    yield from slices(full, size)


def pager(number: int, full: int, href: Callable[[int], str]) -> Pager:
    """Return the links from page `number` to its neighbours.

    `full` is the number of full pages; a page that stays as it is must only know of the next one.
    `href` gives the URL of a page by its number, 0 being the listing's own.
    """
    oldest, newest = href(1), href(0)
    if number == 0:
        older = href(full - 1) if full > 1 else None
        return Pager(0, full, None, older, oldest=oldest if older else None, newest=newest)
    return Pager(
        number,
        0,
        newer=href(number + 1 if number < full else 0),
        older=href(number - 1) if number > 1 else None,
        oldest=oldest if number > 1 else None,
        newest=newest,
    )
