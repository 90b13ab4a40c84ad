"""Edits of a text."""

from __future__ import annotations

import pytest

from generator.model.edit import Edit, apply_edits


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_keep_their_ends_and_new_lines_get_the_same(end: str) -> None:
    text = f"one{end}  two{end}three"
    edits = [Edit(2, 1, 2, "    "), Edit(2, 1, 0, "\n"), Edit(3, 5, 1, "E"), Edit(1, 1, 1, "O")]
    assert apply_edits(text, edits) == f"One{end}{end}    two{end}threE"


def test_no_edit_changes_nothing() -> None:
    assert apply_edits("\ufeffa\r\n\nb", []) == "\ufeffa\r\n\nb"
