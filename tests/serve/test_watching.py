"""Which files count as a change."""

from __future__ import annotations

import pytest

from generator.serve.watching import is_litter


@pytest.mark.parametrize(
    "name",
    [
        ".7519.md.swp",
        ".7519.md.swx",
        "7519.md~",
        "7519.md.tmp",
        "4913",
        "#7519.md#",
        ".#7519.md",
        ".7519.md.kate-swp",
        "7519.md___jb_tmp___",
        ".goutputstream-X1Y2Z3",
        "photo.jpg.crswap",
        ".DS_Store",
    ],
)
def test_what_editors_leave_beside_a_file_is_no_change(name: str) -> None:
    assert is_litter(name)


@pytest.mark.parametrize(
    "name",
    ["7519.md", "4913.md", "bridge #2.md", ".htaccess", "swp.md", "article.html"],
)
def test_sources_are_changes(name: str) -> None:
    assert not is_litter(name)
