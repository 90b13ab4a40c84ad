"""`broadsheet build`: its options, exit codes, report, and what it says."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fixtures import picture
from tests.support.portal import REPOSITORY, BuildResult, Portal, environment, run, story

FAULTY = story(1, "sorce: X", title="Faulty now")


def test_the_report_has_the_shape_that_machines_count_on(published: Portal) -> None:
    published.stories(story(1, "tags: [Iran]", date="2024-01-18", body="Edited."))
    published.stories(story(9, "publish_at: 2024-03-01T08:00:00+01:00"))
    published.remove("content/articles/3.md")

    report = published.built().report

    seconds = report.pop("seconds")
    assert set(seconds) == {"scan", "parse", "plan", "render", "write", "total"}
    assert report.pop("peak_rss_bytes") > 10_000_000
    changed, gone = report.pop("changed"), report.pop("gone")
    assert {"world/1/story-1/index.html", "feed.xml"} <= set(changed)
    assert gone == [
        "archive/2024/01/20/index.html",
        "culture/3/story-3/index.html",
        "n/3/index.html",
        "sources/the-courier/page/1/index.html",
    ]
    outputs = report.pop("outputs")
    assert outputs["total"] == len(published.tree())
    assert (outputs["written"], outputs["removed"]) == (len(changed), len(gone))
    assert outputs["unchanged"] == outputs["rendered"] - outputs["written"]
    assert report == {
        "sources": {"seen": 7, "parsed": 2, "removed": 1},
        "errors": [],
        "warnings": [],
        "left_out": {
            "drafts": 0,
            "scheduled": 1,
            "next_at": "2024-03-01T07:00:00+00:00",
            "expired": 0,
            "unread": [],
        },
        "moved_urls": [],
        "next_change_at": "2024-03-01T07:00:00+00:00",
    }


def test_errors_are_in_the_report_with_their_places(published: Portal) -> None:
    published.stories(FAULTY)
    [error] = published.build().report["errors"]
    assert error == {
        "path": "content/articles/1.md",
        "line": 5,
        "column": 1,
        "message": "unknown key 'sorce'",
        "hint": "did you mean 'source'? or put it under 'extra'",
        "severity": "error",
        "code": "",
    }


def test_nothing_is_written_when_nothing_changed(published: Portal) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.output.rglob("*")}

    report = published.built().report

    assert (report["sources"]["parsed"], report["changed"], report["gone"]) == (0, [], [])
    assert {path: path.stat().st_mtime_ns for path in published.output.rglob("*")} == before


def test_keep_going_publishes_the_rest_and_leaves_the_faulty_as_it_was(published: Portal) -> None:
    published.stories(FAULTY, story(4, "tags: [Iran]", date="2024-01-21"))

    done = published.build("--keep-going")

    assert done.code == 1
    assert done.error.startswith("content/articles/1.md:5:1: error: unknown key 'sorce'")
    assert "world/4/story-4/index.html" in published.tree()
    assert published.page("/tags/iran/").headlines() == ["Story 4", "Story 2", "Story 1"]
    assert published.says("Faulty now") == []
    assert "The text." in published.text("world/1/story-1/index.html")
    assert published.page("/world/1/story-1/").texts(".//h1") == ["Story 1"]


def test_keep_going_keeps_both_of_two_that_clash_as_they_were(published: Portal) -> None:
    published.write({"content/articles/other.md": story(1, title="An impostor")})

    done = published.build("--keep-going")

    assert done.code == 1
    assert "News ID '1' is also that of" in done.error
    assert published.says("impostor") == []
    assert published.page("/world/1/story-1/").texts(".//h1") == ["Story 1"]


def test_keep_going_leaves_out_a_file_where_pages_need_a_folder(published: Portal) -> None:
    before = published.tree()
    published.write({"content/static/tags": "In the way."})

    done = published.build("--keep-going")

    assert done.code == 1
    assert "the file /tags stands where" in done.error
    assert published.tree() == before


def test_what_gave_way_to_another_is_published_once_that_is_gone(published: Portal) -> None:
    published.write({"content/static/team": "First."})
    published.built()
    page = "---\ntitle: Team\n---\n\nWho we are.\n"
    published.write({"content/pages/team.md": page, "content/pages/b.md": page})
    done = published.build("--keep-going")
    assert (done.code, published.text("team")) == (1, "First.")
    assert "b/index.html" in published.tree()

    published.remove("content/static/team")
    published.built()

    assert published.tree() == published.clean_tree()


def test_keep_going_leaves_a_page_whose_template_fails_as_it_was(published: Portal) -> None:
    before = published.text("404.html")
    published.write({"templates/404.html": "{{ nothing }}"})
    published.stories(story(4))

    done = published.build("--keep-going")

    assert (done.code, len(done.errors)) == (1, 1)
    assert published.text("404.html") == before
    assert "world/4/story-4/index.html" in published.tree()


def test_a_build_reports_the_same_errors_after_one_that_kept_going(published: Portal) -> None:
    published.write({"content/media/hill.png": picture()})
    published.stories(
        story(4, body="A hill.\n\n{{< figure hill.png alt=Hill >}}\n\n![h](hill.png)")
    )
    published.built()
    published.remove("content/media/hill.png")
    first = published.build("--keep-going")
    assert first.code == 1

    second = published.build()

    assert second.errors == published.build("--clean").errors


def test_a_faulty_story_that_keep_going_left_is_published_once_it_is_fixed(
    published: Portal,
) -> None:
    published.stories(FAULTY)
    published.build("--keep-going")
    published.stories(story(1, title="Mended"))

    published.built()

    assert published.tree() == published.clean_tree()


def test_a_new_story_with_a_fault_is_left_out_by_keep_going(published: Portal) -> None:
    before = published.tree()
    published.stories(story(9, "sorce: X", title="New"))
    assert published.build("--keep-going").code == 1
    assert published.tree() == before


def test_verify_mends_files_that_somebody_edited_or_deleted(published: Portal) -> None:
    before = published.tree()
    (published.output / "index.html").write_text("edited")
    (published.output / "world/1/story-1/index.html").unlink()

    report = published.built("--verify").report

    assert report["changed"] == ["index.html", "world/1/story-1/index.html"]
    assert published.tree() == before


def test_files_of_others_in_the_output_are_never_touched(published: Portal) -> None:
    published.write({"output/CNAME": "news.example\n", "output/world/mine/index.html": "mine"})
    published.remove("content/articles/1.md", "content/articles/2.md")
    before = published.tree()

    for options in ((), ("--clean",), ("--verify",)):
        done = published.build(*options)
        assert done.code == 0
        assert "holds 2 files that Broadsheet did not write, and left alone" in done.stderr
        assert done.stderr.endswith(": CNAME, world/mine/index.html\n")
        published.built()

    assert published.text("CNAME") == before["CNAME"].decode()
    assert published.text("world/mine/index.html") == "mine"


def test_folders_go_with_their_last_file(published: Portal) -> None:
    published.remove("content/articles/3.md")
    published.built()
    assert not (published.output / "culture/3").exists()
    assert not (published.output / "n/3").exists()
    assert not (published.output / "archive/2024/01/20").exists()


def test_clean_reads_every_source_again(published: Portal) -> None:
    before = published.tree()
    report = published.built("--clean").report
    assert report["sources"]["parsed"] == report["sources"]["seen"]
    assert published.tree() == before


def test_quiet_says_nothing_but_errors(published: Portal) -> None:
    done = published.build("--quiet")
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    published.stories(FAULTY)
    done = published.build("--quiet")
    assert (done.code, done.stdout, len(done.errors)) == (1, "", 1)


def test_a_build_says_in_one_line_what_it_did(published: Portal) -> None:
    assert published.built().stdout.startswith(
        "7 sources, 0 parsed; 49 files, 0 written, 0 removed"
    )


def test_base_url_takes_the_place_of_the_one_in_the_settings(published: Portal) -> None:
    published.built("--base-url", "https://staging.example/daily/")
    assert published.says("https://news.example") == []
    assert "https://staging.example/daily/world/1/story-1/" in published.text("feed.xml")


@pytest.mark.parametrize(
    "options",
    [
        ("--now", "yesterday"),
        ("--jobs", "0"),
        ("--jobs", "many"),
        ("--no-such-option",),
        ("--base-url", "news"),
        ("--output", "content"),
        ("--output", "templates/x"),
        ("--output", "."),
    ],
)
def test_wrong_usage_ends_with_two(
    published: Portal, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(published.root)
    before = published.tree(published.root)

    done = run("build", *options)

    assert done.code == 2
    assert done.stderr.rstrip().splitlines()[-1].lower().count("error") == 1
    assert published.tree(published.root) == before


def test_a_time_without_an_offset_is_in_the_portals_time_zone(portal: Portal) -> None:
    portal.settings("", first='timezone = "Asia/Tehran"')
    portal.stories(story(1, date="2024-01-20T08:00:00+03:30"))
    portal.built(now="2024-01-20T07:59")
    assert portal.says("Story 1") == []
    portal.built(now="2024-01-20T08:00")
    assert "world/1/story-1/index.html" in portal.tree()


def test_the_state_is_ignored_by_git_and_explains_itself(published: Portal) -> None:
    assert (published.root / ".broadsheet/.gitignore").read_text() == "*\n"
    assert "deleted at any time" in (published.root / ".broadsheet/README").read_text()


def on_a_terminal(portal: Portal, **variables: str) -> BuildResult:
    """A build whose errors go to a terminal; the outcome's `stderr` is what that shows."""
    here, there = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "--root", str(portal.root), "--jobs", "1"],
        cwd=REPOSITORY,
        env=environment(TERM="xterm", **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=there,
    ) as process:
        os.close(there)
        shown = b"".join(iter(lambda: _read(here), b""))
    os.close(here)
    return BuildResult(process.returncode, "", shown.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_errors_are_coloured_on_a_terminal_and_progress_is_shown(published: Portal) -> None:
    published.stories(FAULTY)
    done = on_a_terminal(published)
    assert done.code == 1
    assert "\x1b[31m" in done.stderr
    assert "Reading" in done.stderr


def test_no_color_is_honoured_on_a_terminal(published: Portal) -> None:
    published.stories(FAULTY)
    done = on_a_terminal(published, NO_COLOR="1")
    line = (
        "content/articles/1.md:5:1: error: unknown key 'sorce' "
        "(did you mean 'source'? or put it under 'extra')"
    )
    assert line in done.stderr
    assert "\x1b[3" not in done.stderr


def test_the_report_is_plain_json(published: Portal, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    published.write({"content/articles/نه.md": story(9, "sorce: ی")})
    run("build", "--root", published.root, "--jobs", "1", "--report", file)
    assert "نه.md" in file.read_text("utf-8")
    assert json.loads(file.read_bytes())["errors"][0]["path"] == "content/articles/نه.md"


def in_locale(portal: Portal, **variables: str) -> subprocess.CompletedProcess[str]:
    """A build in a process with these variables of the locale."""
    env = environment(**variables)
    command = portal.command("--verbose")
    return subprocess.run(
        command, cwd=REPOSITORY, env=env, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "xx"}])
def test_names_in_every_script_are_built_in_any_locale(
    portal: Portal, variables: dict[str, str]
) -> None:
    portal.write({"content/articles/خبر.md": story(1, "tags: [ایران]", title="خبر")})
    done = in_locale(portal, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tags/ایران/index.html" in portal.tree()
    assert "tags/ایران/index.html" in done.stdout


def test_where_names_can_not_be_utf8_the_command_says_what_to_set(portal: Portal) -> None:
    done = in_locale(portal, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 2
    assert "PYTHONUTF8=1" in done.stderr
    assert "Traceback" not in done.stderr
