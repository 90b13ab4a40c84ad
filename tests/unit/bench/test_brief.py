"""The lines of the results that the README shows."""

from __future__ import annotations

from bench.brief import brief
from bench.contenders import BROADSHEET, HUGO
from bench.processes import Cost
from bench.timings import FIRST, NOTHING, ROWS, STORY, Comparison, Timings

_MB = 1_000_000


def _archive(size: int, *, short: bool = False, **costs: Cost) -> Comparison:
    rows = {ROWS[name]: [cost] for name, cost in costs.items()}
    return Comparison(size, short, [Timings(BROADSHEET, rows)])


def test_each_archive_is_a_column_and_each_row_a_line() -> None:
    small = _archive(10_000, first=Cost(13, all_processes=400 * _MB), nothing=Cost(0.15))
    small.contenders.append(Timings(HUGO, {FIRST: [Cost(6, all_processes=790 * _MB)]}))
    large = _archive(1_000_000, short=True, first=Cost(1200, all_processes=1300 * _MB))
    head, _, first, by_hugo, nothing, *_ = (
        [cell.strip() for cell in line.strip("|").split("|")] for line in brief([small, large])
    )
    assert head == ["", "10,000 articles", "1,000,000 short articles"]
    assert first == [FIRST, "13.00 s, 400 MB", "1,200.00 s, 1,300 MB"]
    assert by_hugo == [f"{FIRST} by Hugo", "6.00 s, 790 MB", ""]
    assert nothing == [NOTHING, "0.15 s", ""]


def test_rows_that_were_not_measured_are_left_out() -> None:
    lines = brief([_archive(10, story=Cost(1, written=20))])
    assert [line.split("|")[1].strip() for line in lines[2:]] == [STORY]


def test_goals_that_are_not_reached_are_named() -> None:
    lines = brief([_archive(100_000, nothing=Cost(0.3), body=Cost(1.1), first=Cost(1))])
    assert lines[-1] == (
        "Goals reached: 1 of 2. Not reached: one body edited (100,000 articles): under 1 s."
    )


def test_without_goals_nothing_is_said_of_them() -> None:
    assert brief([_archive(10, nothing=Cost(0.3))])[-1].startswith("| nothing changed")
