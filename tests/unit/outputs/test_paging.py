"""Pages numbered from the oldest end: what is full never changes, and every item is on a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.paging import Slice, pager, pages, slice_count, slices

totals, sizes = st.integers(0, 200), st.integers(1, 12)


def ranks(each: Slice, total: int) -> list[int]:
    end = total if each.count is None else min(total, each.first + each.count)
    return list(range(each.first, end))


@given(totals, sizes)
def test_every_item_is_on_a_page_and_all_but_the_newest_page_are_full(
    total: int, size: int
) -> None:
    newest, *full = pages(total, size)
    assert {rank for each in (newest, *full) for rank in ranks(each, total)} == set(range(total))
    assert all(len(ranks(each, total)) == size for each in full)
    assert len(ranks(newest, total)) < 2 * size
    assert len(ranks(newest, total)) >= min(total, size)


@given(totals, st.integers(0, 30), sizes)
def test_full_pages_stay_as_they_are_when_items_are_added(total: int, more: int, size: int) -> None:
    before, after = list(pages(total, size)), list(pages(total + more, size))
    assert after[1 : len(before)] == before[1:]


@given(totals, sizes)
def test_slices_hold_each_item_once(total: int, size: int) -> None:
    found = [rank for each in slices(slice_count(total, size), size) for rank in ranks(each, total)]
    assert found == list(range(total))


@given(st.integers(2, 20))
def test_links_to_older_pages_lead_through_all_full_pages(full: int) -> None:
    def links(number: int) -> str | None:
        return pager(number, full, str).older

    seen, page = [], links(0)
    while page is not None:
        seen.append(int(page))
        page = links(int(page))
    # The listing's own URL shows the newest full page.
    assert seen == list(range(full - 1, 0, -1))


@given(st.integers(1, 20), st.integers(1, 20))
def test_a_full_page_stays_as_it_is_once_the_next_one_is_full(number: int, more: int) -> None:
    later = number + 1
    assert pager(number, later, str) == pager(number, later + more, str)
