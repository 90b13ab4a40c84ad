"""`broadsheet next`: what the site's next builds will change by themselves, and when."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.portal import NOW, BuildResult, Portal, run, story

ZONE = 'timezone = "Asia/Tehran"\n'


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """A portal in which much is to come, built once; tests only read it."""
    portal = Portal(tmp_path_factory.mktemp("diary") / "portal")
    portal.settings("", first=ZONE)
    portal.stories(
        story(1, title="Long ago", date="2023-01-20"),
        story(2, "expires: 2024-02-10", title="It ends"),
        story(3, "pinned: 2024-02-01T18:00:00Z\nbreaking: 2024-02-01T14:00:00Z", title="Marked"),
        story(4, "pinned: true\nbreaking: true", title="Marked for ever"),
        story(5, date="2024-02-01T06:00:00Z", title="It is news"),
        story(6, "kind: sponsored", date="2024-02-01T06:00:00Z", title="It is no news"),
        story(7, "publish_at: 2024-02-02T06:00:00Z\nkind: sponsored", title="Tomorrow"),
        story(
            8,
            """\
publish_at: 2024-02-05T06:00:00Z
pinned: 2024-02-05T12:00:00Z
breaking: 2024-02-04T12:00:00Z
expires: 2024-02-08T06:00:00Z""",
            title="A short life",
        ),
        story(9, "publish_at: 2024-02-03T00:00:00Z\ndraft: true", title="A draft"),
        story(10, "expires: 2024-01-25", title="It is over"),
        story(11, "pinned: 2024-02-20\nexpires: 2024-02-12T00:00:00Z", title="Ends pinned"),
        story(12, "pinned: 2024-01-25", title="Was pinned"),
    )
    portal.built()
    return portal


def upcoming(portal: Portal, *options: str) -> BuildResult:
    return run("next", "--root", portal.root, "--now", NOW, *options)


def records(portal: Portal, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(upcoming(portal, "--format", "json", *options).stdout)
    return found


def test_all_that_time_changes_is_listed_in_its_order(diary: Portal) -> None:
    found = [(each["at"], each["change"], each["news_id"]) for each in records(diary)]
    assert found == [
        ("2024-02-01T17:30:00+03:30", "breaking-ends", "3"),
        ("2024-02-01T21:30:00+03:30", "pin-ends", "3"),
        ("2024-02-02T09:30:00+03:30", "appears", "7"),
        ("2024-02-03T09:30:00+03:30", "leaves-news-sitemap", "5"),
        ("2024-02-05T09:30:00+03:30", "appears", "8"),
        ("2024-02-05T15:30:00+03:30", "pin-ends", "8"),
        ("2024-02-07T09:30:00+03:30", "leaves-news-sitemap", "8"),
        ("2024-02-08T09:30:00+03:30", "expires", "8"),
        ("2024-02-10T00:00:00+03:30", "expires", "2"),
        ("2024-02-12T03:30:00+03:30", "expires", "11"),
    ]
    assert not any(each["overdue"] for each in records(diary))


def test_each_moment_is_the_one_that_a_build_names_next(diary: Portal, tmp_path: Path) -> None:
    """Followed from one moment to the next, builds find the same moments and no others."""
    portal = Portal(tmp_path / "portal")
    portal.write({name: data for name, data in diary.tree(diary.root).items() if "/" in name})
    portal.write({"site.toml": (diary.root / "site.toml").read_bytes()})
    moments = list(dict.fromkeys(each["at"] for each in records(diary)))
    met, now = [], NOW
    while now:
        after = portal.built(now=now).report["next_change_at"]
        met += [after] if after else []
        now = after
    assert [datetime.fromisoformat(at) for at in met] == [
        datetime.fromisoformat(at) for at in moments
    ]


def test_a_table_has_words_for_each_change(diary: Portal) -> None:
    heading, *lines = upcoming(diary).stdout.splitlines()
    assert heading.split() == ["when", "what", "ID", "headline", "file"]
    assert [line.partition("content")[0].rstrip() for line in lines[:5]] == [
        "2024-02-01 17:30  is no longer breaking    3   Marked",
        "2024-02-01 21:30  is no longer pinned      3   Marked",
        "2024-02-02 09:30  appears                  7   Tomorrow",
        "2024-02-03 09:30  leaves the news sitemap  5   It is news",
        "2024-02-05 09:30  appears                  8   A short life",
    ]
    assert lines[0].endswith("  content/articles/3.md")


def test_a_span_and_a_limit_shorten_the_list(diary: Portal) -> None:
    assert [each["news_id"] for each in records(diary, "--within", "12h")] == ["3", "3"]
    assert [each["news_id"] for each in records(diary, "--limit", "3")] == ["3", "3", "7"]
    done = upcoming(diary, "--within", "1h")
    assert (done.code, done.stdout, done.stderr) == (0, "", "nothing changes by itself\n")


def test_csv_has_the_keys_of_json(diary: Portal) -> None:
    rows = list(csv.DictReader(io.StringIO(upcoming(diary, "--format", "csv").stdout)))
    [first] = records(diary, "--limit", "1")
    assert rows[0] == {key: "false" if value is False else value for key, value in first.items()}
    assert first == {
        "at": "2024-02-01T17:30:00+03:30",
        "change": "breaking-ends",
        "overdue": False,
        "news_id": "3",
        "title": "Marked",
        "url": "https://news.example/world/3/marked/",
        "file": "content/articles/3.md",
    }


def test_what_no_build_has_done_is_overdue(diary: Portal) -> None:
    late = "2024-02-02T06:00:00Z"
    found = records(diary, "--now", late)
    assert [each["change"] for each in found if each["overdue"]] == [
        "breaking-ends",
        "pin-ends",
        "appears",
    ]
    done = upcoming(diary, "--now", late)
    assert "  overdue, appears " in done.stdout
    assert done.stderr == "3 changes should be on the site by now: build\n"


def test_drafts_count_where_drafts_were_built(portal: Portal) -> None:
    portal.stories(story(1), story(2, "draft: true\npublish_at: 2024-02-03T00:00:00Z"))
    portal.built()
    assert records(portal) == []
    portal.built("--drafts")
    assert [each["change"] for each in records(portal)] == ["appears", "leaves-news-sitemap"]


def test_the_end_of_the_calendar_is_no_error(portal: Portal) -> None:
    portal.stories(story(1, date="9999-12-31T23:59:59Z"), story(2, date="0001-01-01"))
    portal.built()
    assert upcoming(portal).code == 0
    assert run("list", "--root", portal.root, "--now", NOW).code == 0


def test_before_the_first_build_nothing_is_known(portal: Portal) -> None:
    done = upcoming(portal)
    assert done.code == 2
    assert "nothing was built here yet (run 'broadsheet build' first)" in done.error


@pytest.mark.parametrize("span", ["soon", "7", "2024-02-03", "1y"])
def test_a_span_of_time_has_a_unit(diary: Portal, span: str) -> None:
    done = upcoming(diary, "--within", span)
    assert done.code == 2
    assert f"'{span}' is no span of time; write it as in 36h, 7d or 2w" in done.stderr
