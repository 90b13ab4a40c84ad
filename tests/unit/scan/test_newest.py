"""The articles that seem to be the newest, found without reading any."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from generator.scan.newest import newest_articles

NAMES = st.sampled_from(["world", "2023", "2024", "01", "9", "10", "story", "7519"])
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=4).map("/".join), max_size=12)


def made(root: Path, *articles: str) -> list[str]:
    """The articles' paths below `content/articles/`, in the order in which they are found."""
    for article in articles:
        path = root / "content/articles" / f"{article}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = newest_articles(root)
    return [path.removeprefix("content/articles/").removesuffix(".md") for path in found]


def test_the_latest_date_comes_first_and_in_a_day_the_highest_number(tmp_path: Path) -> None:
    assert made(
        tmp_path, "2023/12/31/9", "2024/01/20/9", "2024/01/20/10", "2024/02/01/8", "2024/1/21/7"
    ) == ["2024/02/01/8", "2024/1/21/7", "2024/01/20/10", "2024/01/20/9", "2023/12/31/9"]


def test_sections_are_merged_by_date(tmp_path: Path) -> None:
    articles = ["world/2024/01/3", "sport/2024/02/4", "world/2023/09/1", "sport/2023/12/2"]
    assert made(tmp_path, *articles) == [articles[1], articles[0], articles[3], articles[2]]


def test_dates_and_ids_in_names_count_as_those_of_folders(tmp_path: Path) -> None:
    assert made(tmp_path, "2024-01-20-a-story", "2024-02-01-b", "2023-11-30-c") == [
        "2024-02-01-b",
        "2024-01-20-a-story",
        "2023-11-30-c",
    ]


def test_without_numbers_the_file_that_changed_last_comes_first(tmp_path: Path) -> None:
    made(tmp_path, "a", "b", "c")
    for seconds, name in enumerate(("b", "c", "a")):
        os.utime(tmp_path / f"content/articles/{name}.md", (seconds, seconds))
    assert made(tmp_path) == ["a", "c", "b"]


@given(PATHS, PATHS)
def test_each_article_is_found_once_and_nothing_else(
    articles: list[str], others: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for other in others:
            path = root / "content/articles" / f"{other}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        assert sorted(made(root, *articles)) == sorted(set(articles))


def test_only_folders_that_may_hold_the_newest_are_opened(tmp_path: Path) -> None:
    made(tmp_path, *(f"{year}/01/{day}" for year in (2022, 2023, 2024) for day in range(1, 9)))
    old = tmp_path / "content/articles/2022"
    found = newest_articles(tmp_path)
    assert len(list(islice(found, 8))) == 8
    # Whoever opens a folder after this finds nothing in it.
    old.rename(tmp_path / "aside")
    assert len(list(found)) == 8


def test_links_ignored_files_and_a_missing_folder_are_passed_over(tmp_path: Path) -> None:
    assert made(tmp_path) == []
    made(tmp_path, "1")
    articles = tmp_path / "content/articles"
    (articles / "2.md").symlink_to(articles / "1.md")
    (articles / "loop").symlink_to(articles)
    (articles / ".3.md").touch()
    (articles / "4.md~").touch()
    (articles / "5.txt").touch()
    assert made(tmp_path) == ["1"]
