"""`broadsheet list`: the stories that an editor looks for, in a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.write.ownership import MARKER_NAME
from tests.support.fixtures import picture
from tests.support.portal import NOW, BuildResult, Portal, environment, run, story
from tests.support.terminal import on_terminal

ZONE = 'timezone = "Asia/Tehran"\n'
STORIES = (
    story(1, "tags: [Iran, 'C++']\nauthors: [leila]", date="2024-01-10", title="A bridge"),
    story(2, "section: culture\nauthors: [Omid]\nkind: opinion", date="2024-01-28", title="A song"),
    story(3, "draft: true\ntags: [iran]", date="2024-01-30", title="A draft"),
    story(4, "publish_at: 2024-02-02T06:00:00Z", date="2024-01-31", title="Tomorrow"),
    story(5, date="2024-03-01", title="Next month"),
    story(6, "expires: 2024-01-25T20:30:00Z", date="2024-01-05", title="It was"),
    story(
        7,
        "corrections: [{date: 2024-01-12, text: A}, {date: 2024-01-30T08:00:00Z, text: B}]",
        date="2023-06-01",
        title="Put right",
    ),
    story(8, "retracted: {date: 2024-01-20, reason: Untrue.}", date="2023-07-01", title="Untrue"),
    story(9, "lang: zh-Hant\nsource: AP\nstandfirst: In short.", date="2023-08-01", title="香港"),
    story(10, "lang: fa", date="2023-09-01", title="نخستین خبر"),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """A portal with a story of each state, built once; tests only read it."""
    portal = Portal(tmp_path_factory.mktemp("archive") / "portal")
    portal.settings("", first=ZONE)
    portal.stories(*STORIES)
    portal.write(
        {
            "content/authors/leila.md": "---\nname: Leila Karimi\n---\n\nA reporter.\n",
            "content/media/hill.png": picture(),
        }
    )
    portal.built()
    return portal


@pytest.fixture
def desk(archive: Portal, tmp_path: Path) -> Portal:
    """The same portal, to edit."""
    shutil.copytree(archive.root, tmp_path / "portal")
    (tmp_path / "portal/output" / MARKER_NAME).touch()
    return Portal(tmp_path / "portal")


def listed(portal: Portal, *options: str) -> BuildResult:
    return run("list", "--root", portal.root, "--now", NOW, *options)


def records(portal: Portal, *options: str) -> list[dict[str, Any]]:
    done = listed(portal, "--format", "json", *options)
    assert done.code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def ids(portal: Portal, *options: str) -> list[str]:
    return [record["news_id"] for record in records(portal, *options)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "5 4 3 2 1 6 10 9 8 7"),
        ("--oldest", "7 8 9 10 6 1 2 3 4 5"),
        ("--limit 2", "5 4"),
        ("--drafts", "3"),
        ("--scheduled", "4 5"),
        ("--scheduled --newest", "5 4"),
        ("--expired", "6"),
        ("--live", "2 1 10 9 8 7"),
        ("--drafts --scheduled --expired", "5 4 3 6"),
        ("--corrected", "7"),
        ("--retracted", "8"),
        ("--corrected --retracted", ""),
        ("--section culture", "2"),
        ("--section culture --section world --live", "2 1 10 9 8 7"),
        ("--section culture --drafts", ""),
        ("--tag Iran", "3 1"),
        ("--tag IRAN --live", "1"),
        ("--tag c-plus-plus", "1"),
        ("--tag C++", "1"),
        ("--author leila", "1"),
        ("--author 'Leila Karimi'", "1"),
        ("--author Omid --author leila", "2 1"),
        ("--source ap", "9"),
        ("--kind opinion", "2"),
        ("--kind opinion --kind feature", "2"),
        ("--lang zh", "9"),
        ("--lang zh_hant", "9"),
        ("--lang z", ""),
        ("--lang en --section culture", "2"),
        ("--since 7d", "5 4 3 2"),
        ("--since 2w --live", "2"),
        ("--since 36h --drafts", ""),
        ("--since 2024-01-10 --live", "2 1"),
        ("--since 2024-01-10T00:00:01 --live", "2"),
        ("--corrected --since 7d", "7"),
        ("--corrected --since 1d", ""),
        ("--retracted --since 2024-01-20", "8"),
        ("--retracted --since 2024-01-21", ""),
        ("--expired --since 2024-01-26T00:00", "6"),
        ("--expired --since 2024-01-26T00:01", ""),
        ("--missing standfirst --missing image --lang zh", "9"),
        ("--missing standfirst --lang zh", ""),
    ],
)
def test_conditions_choose_stories(archive: Portal, options: str, expected: str) -> None:
    assert ids(archive, *shlex.split(options)) == expected.split()


def test_states_are_those_of_the_moment_that_is_asked_about(archive: Portal) -> None:
    assert ids(archive, "--scheduled", "--now", "2024-02-02T06:00:00Z") == ["5"]
    assert ids(archive, "--expired", "--now", "2024-01-25T20:29:59Z") == []


@pytest.mark.parametrize(
    ("front", "body", "lacks"),
    [
        ("image: {src: hill.png, alt: A hill}", "The text.", []),
        ("image: hill.png", "The text.", ["alt"]),
        ("", "![](hill.png)", ["image", "alt"]),
        ("", "![ ](hill.png)", ["image", "alt"]),
        ("", "![A hill](hill.png)", ["image"]),
        ("", "![A hill](hill.png) and\n\n![](hill.png)", ["image", "alt"]),
        ("", "<img src='hill.png'>", ["image", "alt"]),
        ("", '<img alt="a > b" src="hill.png">', ["image"]),
        ("", '<img title="alt=x" src="hill.png">', ["image", "alt"]),
        ("", "{{< figure hill.png >}}", ["image", "alt"]),
        ("", "{{< figure hill.png alt=Hill >}}", ["image"]),
        ("", '{{< factbox title="A" >}}![](hill.png){{< /factbox >}}', ["image", "alt"]),
        ("", "`<img src='hill.png'>`", ["image"]),
    ],
)
def test_a_picture_without_words_is_missing_its_alt(
    desk: Portal, front: str, body: str, lacks: list[str]
) -> None:
    desk.stories(story(20, f"standfirst: In short.\n{front}", body=body))
    desk.built()
    [found] = [each for each in records(desk) if each["news_id"] == "20"]
    assert found["missing"] == lacks
    assert ("20" in ids(desk, "--missing", "alt")) == ("alt" in lacks)


def test_what_a_story_lacks_follows_its_edits(desk: Portal) -> None:
    desk.stories(story(1, body="![](hill.png)", date="2024-01-10"))
    desk.built()
    assert ids(desk, "--missing", "alt") == ["1"]
    desk.stories(story(1, body="![A hill](hill.png)", date="2024-01-10"))
    desk.built()
    assert ids(desk, "--missing", "alt") == []
    desk.stories(story(1, body="![](hill.png)", date="2024-01-10"))
    desk.built()
    desk.remove("content/articles/1.md")
    desk.built()
    assert ids(desk, "--missing", "alt") == []


def test_a_picture_without_words_renders_only_its_own_story_again(desk: Portal) -> None:
    def edited(alt: str) -> list[str]:
        text = f"The lead.\n\n![{alt}](hill.png)"
        desk.stories(story(10, "lang: fa\nfeed: false", date="2023-09-01", body=text))
        changed: list[str] = desk.built().report["changed"]
        return [path for path in changed if path.startswith(("index", "world/index", "archive"))]

    edited("A hill")
    assert edited("") == []
    assert ids(desk, "--missing", "alt") == ["10"]


def test_a_record_has_all_that_programs_may_ask(desk: Portal) -> None:
    desk.stories(
        story(
            30,
            """\
publish_at: 2024-01-29T06:00:00Z
updated: 2024-01-30T06:30:00Z
expires: 2024-06-01
corrections: [{date: 2024-01-31, text: Wrong.}]
section: culture
tags: [Iran, Peru]
authors: [leila, Omid]
source: AP""",
            title="All of it",
            date="2024-01-28",
        )
    )
    desk.built()
    [found] = [each for each in records(desk) if each["news_id"] == "30"]
    assert found == {
        "file": "content/articles/30.md",
        "news_id": "30",
        "title": "All of it",
        "url": "https://news.example/culture/30/all-of-it/",
        "state": "live",
        "date": "2024-01-29T09:30:00+03:30",
        "expires": "2024-06-01",
        "updated": "2024-01-30T10:00:00+03:30",
        "corrected": "2024-01-31",
        "retracted": None,
        "section": "culture",
        "kind": "news",
        "lang": "en",
        "source": "AP",
        "authors": ["Leila Karimi", "Omid"],
        "tags": ["Iran", "Peru"],
        "missing": ["image", "standfirst"],
    }


def test_csv_has_the_same_keys_and_values(archive: Portal) -> None:
    done = listed(archive, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    expected = records(archive)

    def as_text(record: Mapping[str, Any]) -> dict[str, str]:
        joined = {key: "; ".join(v) if isinstance(v, list) else v for key, v in record.items()}
        return {key: "" if value is None else value for key, value in joined.items()}

    assert rows == [as_text(record) for record in expected]
    assert list(rows[0]) == list(expected[0])


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1 degree", "@SUM(1)"])
def test_no_headline_is_a_formula_to_a_spreadsheet(portal: Portal, title: str) -> None:
    portal.stories(story(1, title=f"'{title}'", slug="a"))
    portal.built()
    [row] = csv.DictReader(io.StringIO(listed(portal, "--format", "csv").stdout))
    assert row["title"] == f"'{title}"
    assert records(portal)[0]["title"] == title


def test_spans_may_lead_out_of_the_calendar(archive: Portal) -> None:
    assert len(ids(archive, "--since", "99999w")) == len(STORIES)
    assert len(ids(archive, "--since", "0001-01-01")) == len(STORIES)
    assert ids(archive, "--since", "7d", "--live", "--now", "0001-01-02") == []
    done = run("next", "--root", archive.root, "--now", "9999-12-30", "--within", "99999w")
    assert done.code == 0


def test_nothing_found_is_an_empty_answer(archive: Portal) -> None:
    nothing = ("--section", "culture", "--drafts")
    assert listed(archive, *nothing, "--format", "json").stdout == "[]\n"
    assert len(listed(archive, *nothing, "--format", "csv").stdout.splitlines()) == 1
    done = listed(archive, *nothing)
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr == "no story meets these conditions\n"


def test_a_table_for_programs_is_plain_and_whole(desk: Portal) -> None:
    title = "A very long headline " * 12
    desk.stories(story(5, date="2024-03-01", title=title))
    desk.built()
    done = listed(desk, "--scheduled", "--newest")
    heading, first, second = done.stdout.splitlines()
    assert heading.split() == ["date", "state", "ID", "headline", "file"]
    assert title.strip() in first
    assert not {"\t", "\x1b", "…", "\u2068"} & set(done.stdout)
    assert first.split()[:3] == ["2024-03-01", "scheduled", "5"]
    assert second.split()[:4] == ["2024-02-02", "09:30", "scheduled", "4"]
    assert second.endswith("content/articles/4.md")
    assert second.index("Tomorrow") == first.index("A very")


def test_a_table_says_what_was_asked_for(archive: Portal) -> None:
    done = listed(archive, "--corrected")
    assert done.stdout.splitlines()[1].split("  ") == [
        "2023-06-01",
        "2024-01-30 11:30",
        "live, corrected",
        "7",
        " Put right",
        "content/articles/7.md",
    ]
    assert "2024-01-20  retracted  8" in listed(archive, "--retracted").stdout
    assert "2024-01-26 00:00  expired  6" in listed(archive, "--expired").stdout
    assert "image, standfirst  content/" in listed(archive, "--missing", "image").stdout


@pytest.mark.parametrize("width", [100, 60, 40])
def test_a_table_fits_the_terminal(desk: Portal, width: int) -> None:
    desk.stories(story(2, title="A very long headline " * 9), story(9, title="香港" * 60))
    desk.built()
    lines = on_terminal(
        "list", "--root", desk.root, "--now", NOW, columns=width, env=environment(NO_COLOR="1")
    )
    assert len(lines) == 11
    assert all(line.cells <= width for line in lines)
    assert sum("…" in line.text for line in lines) >= 2
    assert all(line.text.rstrip().endswith(".md") for line in lines[1:])


def test_right_to_left_headlines_are_isolated_on_a_terminal(archive: Portal) -> None:
    lines = on_terminal(
        "list", "--root", archive.root, "--lang", "fa", columns=100, env=environment(NO_COLOR="1")
    )
    assert "  \u2068نخستین خبر\u2069  content/articles/10.md" in lines[1].text
    assert "\u2068" not in listed(archive, "--lang", "fa").stdout


def test_a_terminal_gets_colour_unless_it_is_not_wanted(archive: Portal) -> None:
    command = ("list", "--root", archive.root, "--drafts")
    coloured = on_terminal(*command, columns=100, env=environment())
    plain = on_terminal(*command, columns=100, env=environment(NO_COLOR="1"))
    assert "\x1b[33mdraft\x1b[0m" in coloured[1].raw
    assert [line.text for line in coloured] == [line.text for line in plain]
    assert all("\x1b" not in line.raw for line in plain)


def test_before_the_first_build_there_is_nothing_to_list(portal: Portal) -> None:
    done = listed(portal)
    assert done.code == 2
    assert "nothing was built here yet (run 'broadsheet build' first)" in done.error


def test_an_archive_without_stories_is_said_to_have_none(portal: Portal) -> None:
    portal.built()
    assert listed(portal).stderr == "there is no story\n"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("--section=cultur", "there is no section 'cultur' (did you mean 'culture'?)"),
        ("--since=soon", "'soon' is no span of time and no date"),
        ("--since=7", "'7' is no span of time and no date"),
        ("--kind=essay", "'essay' is not one of 'news'"),
        ("--missing=lead", "'lead' is not one of 'image', 'alt', 'standfirst'"),
        ("--limit=0", "0 is not in the range"),
    ],
)
def test_what_can_not_be_asked_is_wrong_usage(archive: Portal, options: str, error: str) -> None:
    done = listed(archive, options)
    assert (done.code, done.stdout) == (2, "")
    assert error in done.stderr


@pytest.mark.parametrize(
    ("option", "warning"),
    [
        ("--tag=irn", "--tag: warning: no story has the tag 'irn' (did you mean 'iran'?)"),
        ("--author=Leyla", "--author: warning: no story has the author 'Leyla'"),
        ("--source=Reuters", "--source: warning: no story has the source 'Reuters'"),
    ],
)
def test_a_name_that_no_story_has_is_pointed_out(
    archive: Portal, option: str, warning: str
) -> None:
    done = listed(archive, option)
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr.startswith(warning)


def test_a_name_that_some_story_has_is_not(archive: Portal) -> None:
    done = listed(archive, "--tag", "Iran", "--author", "Leila Karimi", "--drafts")
    assert done.stderr == "no story meets these conditions\n"


def _edited(portal: Portal) -> None:
    portal.stories(story(1, title="Edited"))


def _added(portal: Portal) -> None:
    portal.stories(story(40))


def _removed(portal: Portal) -> None:
    portal.remove("content/articles/2.md")


def _with_a_folder(portal: Portal) -> None:
    portal.write({"content/articles/2024/41.md": story(41)})


@pytest.mark.parametrize("change", [_edited, _added, _removed, _with_a_folder])
def test_changes_since_the_last_build_are_pointed_out(desk: Portal, change: Any) -> None:
    desk.built()
    assert listed(desk).stderr == ""
    change(desk)
    done = listed(desk, "--format", "json")
    assert json.loads(done.stdout)
    assert done.stderr.startswith("content/ changed since the last build, at 2")
    assert done.stderr.endswith(": build to see it here\n")
    desk.built()
    assert listed(desk).stderr == ""


def test_a_site_elsewhere_has_a_list_of_its_own(desk: Portal) -> None:
    elsewhere = desk.root / "elsewhere"
    assert listed(desk, "--output", str(elsewhere)).code == 2
    desk.built("--output", elsewhere)
    assert listed(desk, "--output", str(elsewhere)).code == 0
