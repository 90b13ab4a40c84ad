"""Tables: aligned for every script, as wide as the terminal at most, and one line a row."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from generator.commands.formats.columns import Column, table_lines

COLUMNS = (
    Column("when"),
    Column("headline", least=10, prose=True),
    Column("file", least=8, cut="start"),
)
CELLS = st.text(max_size=60)


def lines(*rows: tuple[str, str, str], width: int | None = None) -> list[str]:
    return list(table_lines(COLUMNS, rows, width=width))


def test_columns_are_aligned_for_wide_letters() -> None:
    assert lines(("1", "Rain", "a.md"), ("22", "香港", "b.md")) == [
        "when  headline  file",
        "1     Rain      a.md",
        "22    香港      b.md",
    ]


def test_headlines_are_cut_before_files_and_files_at_their_beginning() -> None:
    row = ("1", "A headline that is long", "content/articles/1.md")
    assert lines(row, width=45)[1] == "1     \u2068A headline that…\u2069  content/articles/1.md"
    assert lines(row, width=30)[1].endswith("\u2069  …ticles/1.md")


def test_what_controls_a_terminal_is_not_sent_to_it() -> None:
    [_, row] = lines(("1", "Red \x1b[31mline\nand\ttab\u2028end", "a\x07.md"))
    assert row == "1     Red [31mline and tab end  a .md"


def test_a_headline_can_not_end_its_own_isolate() -> None:
    [_, row] = lines(("1", "a\u2069b\u202ec", "f.md"), width=80)
    assert row == "1     \u2068abc\u2069       f.md"


def test_letters_that_join_and_have_no_width_stay() -> None:
    assert "می\u200cشود" in lines(("1", "می\u200cشود", "f.md"), width=80)[1]


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), st.integers(9, 80))
def test_any_text_fits_any_width_on_a_line_of_its_own(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    shown = lines(*rows, width=width)
    assert len(shown) == len(rows) + 1
    for line in shown:
        assert cell_len(line.replace("\u2068", "").replace("\u2069", "")) <= width
        assert not any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in line)
