"""The archive that builds are timed with, and the command that times them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bench.__main__ import main
from bench.corpus import archive, broadsheet, hugo, story, write


def test_an_archive_is_the_same_each_time() -> None:
    assert list(archive(5)) == list(archive(5))


def test_an_archive_is_the_same_on_every_machine() -> None:
    first = story(1, 10)
    assert (first.title, first.author) == ("Marjan, Corvin split over school talks", "Vera Eriksen")


def test_a_larger_archive_reaches_further_back_and_tells_the_same_stories() -> None:
    small, large = story(3, 10), story(3, 20)
    assert large.date < small.date
    assert large.body == small.body
    assert story(20, 20).date < story(21, 20).date


def test_texts_have_the_length_and_the_parts_of_news() -> None:
    bodies = [each.body for each in archive(300)]
    assert 3400 < sum(map(len, bodies)) / len(bodies) < 4000
    for part in ("\n## ", "\n- ", "\n> ", "|---|", "](https://", "**", "“"):
        assert any(part in body for body in bodies), part
    assert len({each.section for each in archive(300)}) == 8


def test_both_dialects_tell_one_story(tmp_path: Path) -> None:
    told = story(7, 10)
    ours, theirs = (
        write(tmp_path / dialect.__name__, told, dialect) for dialect in (broadsheet, hugo)
    )
    assert ours.relative_to(tmp_path / "broadsheet") == theirs.relative_to(tmp_path / "hugo")
    assert ours.read_text("utf-8").endswith(f"---\n\n{told.body}\n")
    assert theirs.read_text("utf-8").endswith(f"---\n\n{told.body}\n")
    assert f"/{told.section}/7/" in theirs.read_text("utf-8")


def test_the_command_writes_a_table_of_what_it_built(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    options = ["--articles", "4", "--peers", "none"]
    places = ["--folder", str(tmp_path / "sites"), "--results", str(page)]
    done = CliRunner().invoke(main, [*options, *places], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert text.strip() in done.stdout
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| Broadsheet")]
    assert [row[0].strip() for row in rows] == ["Broadsheet", "Broadsheet, every page"] * 2
    lean, every_page = (int(row[-1]) for row in rows[:2])
    assert 4 < lean < every_page
    assert "python -m bench --articles 4 --runs 1 --peers none" in text
    assert str(tmp_path) not in text
    assert not (tmp_path / "sites/sites-4").exists()


def test_sites_can_be_kept(tmp_path: Path) -> None:
    options = ["--articles", "1", "--peers", "none", "--keep", "--folder", str(tmp_path)]
    places = ["--results", str(tmp_path / "results.md")]
    done = CliRunner().invoke(main, [*options, *places], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "sites-1/broadsheet/output/index.html").is_file()
