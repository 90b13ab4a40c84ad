"""Whether what was measured reaches the goals, and how that is told."""

from __future__ import annotations

import pytest

from bench.contenders import BROADSHEET, HUGO, HUGO_RELATED, PLAIN_PAGES
from bench.goals import goal_of
from bench.page import summary
from bench.processes import Cost
from bench.timings import BODY, FIRST, NOTHING, STORY, TEMPLATE, Comparison, Timings

_MB = 1_000_000


def compared(size: int, row: str, ours: Cost, theirs: Cost | None = None) -> Comparison:
    """One row of a comparison, with Hugo if it was measured."""
    contenders = [Timings(BROADSHEET, {row: [ours]})]
    if theirs:
        contenders.append(Timings(HUGO, {row: [theirs]}))
    return Comparison(size, contenders=contenders)


def verdict(comparison: Comparison) -> str:
    """What the summary says of the only row."""
    return summary([comparison])[2].strip("| ").rpartition("|")[2].strip()


@pytest.mark.parametrize(
    ("seconds", "megabytes", "said"),
    [(29, 149, "reached"), (31, 149, "not reached"), (29, 151, "not reached")],
)
def test_both_time_and_memory_must_be_reached(seconds: float, megabytes: int, said: str) -> None:
    ours = Cost(seconds, all_processes=megabytes * _MB)
    theirs = Cost(100, all_processes=1000 * _MB)
    assert verdict(compared(100_000, FIRST, ours, theirs)) == said


def test_nothing_is_reached_beside_a_peer_that_was_not_measured() -> None:
    assert verdict(compared(10_000, FIRST, Cost(1))) == "not measured"


def test_a_goal_is_for_one_size() -> None:
    assert verdict(compared(100_000, NOTHING, Cost(0.6))) == "reached"
    assert verdict(compared(100_000, BODY, Cost(1.1))) == "not reached"
    assert goal_of(NOTHING, compared(10_000, NOTHING, Cost(0.6))) is None


def test_the_median_time_counts_and_the_most_files() -> None:
    costs = [Cost(1, written=17), Cost(9, written=41), Cost(1.2, written=17)]
    comparison = Comparison(100_000, contenders=[Timings(BROADSHEET, {STORY: costs})])
    assert "1.20 s, 41 files" in summary([comparison])[2]
    assert verdict(comparison) == "not reached"


@pytest.mark.parametrize(
    ("seconds", "parsed", "said"),
    [(3, 0, "reached"), (4, 0, "not reached"), (3, 1, "not reached")],
)
def test_a_template_is_measured_by_the_first_build(seconds: float, parsed: int, said: str) -> None:
    costs = {TEMPLATE: [Cost(seconds, parsed=parsed)], FIRST: [Cost(9.9)]}
    comparison = Comparison(10_000, contenders=[Timings(BROADSHEET, costs)])
    line = summary([comparison])[3]
    assert line.startswith("| article template edited ")
    assert line.strip("| ").rpartition("|")[2].strip() == said


def test_short_articles_have_a_goal_of_their_own() -> None:
    cost = Cost(5000, largest_process=700 * _MB, all_processes=2100 * _MB)
    comparison = Comparison(1_000_000, short=True)
    comparison.contenders.append(Timings(BROADSHEET, {FIRST: [cost]}))
    assert verdict(comparison) == "not reached"


def test_sites_with_the_same_on_their_pages_have_lines_of_their_own() -> None:
    comparison = compared(10_000, FIRST, Cost(12), Cost(8))
    comparison.contenders.append(Timings(PLAIN_PAGES, {FIRST: [Cost(10)]}))
    assert [line.count("10,000") for line in summary([comparison])] == [0, 0, 1, 1]
    comparison.contenders.append(Timings(HUGO_RELATED, {FIRST: [Cost(48)]}))
    usual, plain, related = (
        [cell.strip() for cell in line.strip("|").split("|")][2:]
        for line in summary([comparison])[2:]
    )
    assert usual == ["8.00 s", "12.00 s", "1.50", "no slower than Hugo", "not reached"]
    assert plain == ["8.00 s", "10.00 s", "1.25", "", ""]
    assert related == ["48.00 s", "12.00 s", "0.25", "", ""]
