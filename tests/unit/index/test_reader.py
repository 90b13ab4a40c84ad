"""What a reader keeps for later queries never changes an answer."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.index.connection import open_index
from generator.index.list_window import MOST_PLACES, Place
from generator.index.reader import IndexReader

# Longer than a window, so that a window has an edge on either side.
MOST = 300
LISTS = ("iran", "peru", "nobody")


def position(number: int) -> str:
    return f"{number:04d}"


def fill(connection: sqlite3.Connection, lists: dict[str, list[Place]]) -> None:
    """Write some tags' lists into an index that holds nothing else."""
    for number, (slug, places) in enumerate(lists.items(), 1):
        connection.execute(
            "INSERT INTO term (id, taxonomy, slug) VALUES (?, 'tags', ?)", [number, slug]
        )
        connection.executemany(
            "INSERT INTO membership VALUES (?, ?, ?)", [(number, *place) for place in places]
        )


places = st.lists(st.integers(0, MOST), max_size=MOST).map(
    lambda numbers: sorted({(position(number // 2), number) for number in numbers})
)
long_places = st.integers(100, MOST).map(
    lambda size: [(position(number), number) for number in range(size)]
)
questions = st.lists(
    st.tuples(
        st.sampled_from(LISTS),
        st.booleans(),
        st.integers(0, MOST + 1),
        st.integers(0, MOST_PLACES),
    ),
    max_size=40,
)


@given(iran=places | long_places, peru=places, asked=questions)
def test_places_beside_one_are_those_of_the_whole_list(
    iran: list[Place], peru: list[Place], asked: list[tuple[str, bool, int, int]]
) -> None:
    lists = {"iran": iran, "peru": peru}
    with closing(open_index(Path(":memory:"))) as connection:
        fill(connection, lists)
        reader = IndexReader(connection)
        for slug, before, number, count in asked:
            everything, here = lists.get(slug, []), position(number)
            if before:
                end = bisect_left(everything, (here,))
                expected = everything[max(0, end - count) : end]
                assert reader.before("tags", slug, here, count) == expected
            else:
                begin = bisect_right(everything, (here, MOST))
                expected = everything[begin : begin + count]
                assert reader.after("tags", slug, here, count) == expected


def test_pages_in_the_order_of_the_archive_seldom_ask_the_index() -> None:
    everything = [(position(number), number) for number in range(MOST)]
    statements: list[str] = []
    with closing(open_index(Path(":memory:"))) as connection:
        fill(connection, {"iran": everything})
        connection.set_trace_callback(statements.append)
        reader = IndexReader(connection)
        for here, _ in everything:
            reader.before("tags", "iran", here, MOST_PLACES)
            reader.after("tags", "iran", here, 1)
    assert 0 < len(statements) < MOST / 10
