"""The lines around an error, as the browser shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.serve.shown_problems import Excerpt, shown

FORM = "x://{file}:{line}:{column}"


def excerpt(root: Path, text: str, line: int, column: int = 1) -> Excerpt | None:
    """The excerpt for an error in a file with a text."""
    (root / "a.md").write_bytes(text.encode())
    [one] = shown([Problem("a.md", line, column, "is wrong")], root, FORM)
    return one.excerpt


def test_the_line_stands_between_those_around_it(tmp_path: Path) -> None:
    text = "one\ntwo\r\nthree\nfour\nfive\nsix\n"
    assert excerpt(tmp_path, text, 4, 2) == Excerpt(
        2, ("two", "three", "four", "five", "six"), 4, 2
    )
    assert excerpt(tmp_path, text, 1) == Excerpt(1, ("one", "two", "three"), 1, 1)
    assert excerpt(tmp_path, text, 6) == Excerpt(4, ("four", "five", "six"), 6, 1)
    assert excerpt(tmp_path, text, 9) is None


def test_of_a_long_line_the_part_with_the_error_is_shown(tmp_path: Path) -> None:
    line = "a" * 5000 + "!" + "b" * 5000
    found = excerpt(tmp_path, f"first\n{line}\nlast", 2, 5001)
    assert found is not None
    assert len(found.lines[1]) < 300
    assert found.lines[1][found.column - 1] == "!"
    assert found.lines[0::2] == ("first", "last")


@given(length=st.integers(1, 2000), at=st.data())
def test_the_column_keeps_its_character(
    tmp_path_factory: pytest.TempPathFactory, length: int, at: st.DataObject
) -> None:
    line = "".join(chr(0x4E00 + number) for number in range(length))
    column = at.draw(st.integers(1, length))
    found = excerpt(tmp_path_factory.mktemp("excerpt"), line, 1, column)
    assert found is not None
    assert found.lines[0][found.column - 1] == line[column - 1]


@pytest.mark.parametrize("path", ["", "gone.md", "127.0.0.1:8000", "folder", "a\0b", "a" * 5000])
def test_an_error_of_no_file_is_shown_alone(tmp_path: Path, path: str) -> None:
    (tmp_path / "folder").mkdir()
    [one] = shown([Problem(path, 1, 1, "is wrong")], tmp_path, FORM)
    assert (one.file, one.link, one.excerpt) == ("", "", None)


def test_bytes_that_are_no_text_are_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbftitle: \xff\x00\n")
    [one] = shown([Problem("a.md", 1, 8, "is wrong")], tmp_path, FORM)
    assert one.excerpt == Excerpt(1, ("title: \ufffd\0",), 1, 8)


def test_an_error_without_a_line_has_a_link_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    [one] = shown([Problem("a.md", 0, 0, "is wrong")], tmp_path, FORM)
    assert one.link == f"x://{tmp_path}/a.md:1:1"
    assert one.excerpt is None
