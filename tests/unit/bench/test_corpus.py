"""The archive that builds are timed with."""

from __future__ import annotations

from pathlib import Path

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
    parts = (
        *("\n## ", "\n- ", "\n1. ", "\n    - ", "\n> ", "|---|", "](https://", "**", "“"),
        *("![", "/media/harbour.png", "[^1]: ", "][source]", "<sub>", "<br>", "`", ' "'),
    )
    for part in parts:
        assert any(part in body for body in bodies), part
    assert len({each.section for each in archive(300)}) == 8


def test_short_articles_have_short_texts_and_the_same_headlines() -> None:
    short, long = (list(archive(300, short=short)) for short in (True, False))
    assert 300 < sum(len(each.body) for each in short) / 300 < 500
    assert [each.title for each in short] == [each.title for each in long]


def test_both_dialects_tell_one_story(tmp_path: Path) -> None:
    explanation = story(7, 10)
    ours, theirs = (
        write(tmp_path / dialect.__name__, explanation, dialect) for dialect in (broadsheet, hugo)
    )
    assert ours.relative_to(tmp_path / "broadsheet") == theirs.relative_to(tmp_path / "hugo")
    assert ours.read_text("utf-8").endswith(f"---\n\n{explanation.body}\n")
    assert theirs.read_text("utf-8").endswith(f"---\n\n{explanation.body}\n")
    assert f"/{explanation.section}/7/" in theirs.read_text("utf-8")
