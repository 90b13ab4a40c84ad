"""Options that name a place to write to: never one where something else lies."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.support.portal import REPOSITORY, BuildResult, Portal, environment, run


def reporting(portal: Portal, file: Path | str) -> BuildResult:
    return run("build", "--root", portal.root, "--jobs", "1", "--report", file)


@pytest.mark.parametrize(
    "name",
    [
        "content/articles/1.md",
        "content/articles/report.json",
        "templates/report.json",
        "output/report.json",
        ".broadsheet/report.json",
        ".git/index",
        "site.toml",
        "notes.json",
        "list.json",
    ],
)
def test_a_report_takes_no_other_files_place(published: Portal, name: str) -> None:
    published.write(
        {"notes.json": '{"sources": "mine"}', "list.json": "[]", ".git/index": "", ".git/HEAD": ""}
    )
    before = published.tree(published.root)

    done = reporting(published, published.root / name)

    assert done.code == 2
    assert done.error.startswith("--report: error: ")
    assert published.tree(published.root) == before


def test_a_link_to_a_source_is_no_place_for_a_report(published: Portal) -> None:
    link = published.root / "report.json"
    link.symlink_to("content/articles/1.md")
    before = published.tree(published.root)
    assert reporting(published, link).code == 2
    assert published.tree(published.root) == before


def test_an_output_elsewhere_is_no_place_for_a_report(published: Portal, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run("build", "--root", published.root, "--output", site, "--report", site / "r.json")
    assert done.code == 2
    assert not site.exists()


def test_a_report_replaces_an_earlier_one_or_an_empty_file(published: Portal) -> None:
    file = published.root / "report.json"
    file.touch()
    for _ in range(2):
        done = reporting(published, file)
        assert done.code == 0
        assert json.loads(file.read_text("utf-8"))["outputs"]["total"] > 0
    assert sorted(path.name for path in published.root.iterdir()) == [
        ".broadsheet",
        "content",
        "output",
        "report.json",
        "site.toml",
    ]


def test_a_report_may_go_down_a_pipe(published: Portal) -> None:
    done = subprocess.run(
        published.command("--quiet", "--report", "/dev/stdout"),
        cwd=REPOSITORY,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(done.stdout)["errors"] == []


def test_a_report_that_is_a_folder_is_wrong_usage(published: Portal) -> None:
    assert reporting(published, published.root / "content").code == 2


@pytest.mark.parametrize(
    "name",
    [
        ".",
        "..",
        "/",
        "content",
        "content/media/site",
        "templates",
        "templates/site",
        ".broadsheet",
        ".git",
        ".git/site",
        "linked",
        "../words",
        "../words/articles",
        "../other",
        REPOSITORY / "templates",
        REPOSITORY / "templates/assets",
    ],
)
def test_a_site_does_not_go_where_one_is_made_from(published: Portal, name: str | Path) -> None:
    """Also not where a symbolic link leads there."""
    words, other = published.root.parent / "words", Portal(published.root.parent / "other")
    (published.root / "content").rename(words)
    (published.root / "content").symlink_to(words)
    (published.root / "linked").symlink_to("content")
    other.settings("")
    other.write({"content/pages/about.md": "---\ntitle: About\n---\n"})
    before = published.tree(published.root.parent)

    done = run("build", "--root", published.root, "--jobs", "1", "--output", published.root / name)

    assert done.code == 2
    assert done.error.startswith("--output: error: ")
    assert published.tree(published.root.parent) == before


def test_new_portals_and_articles_replace_nothing(published: Portal) -> None:
    before = published.tree(published.root)
    assert run("init", published.root).code == 2
    assert run("init", published.root / "site.toml").code == 2
    assert published.tree(published.root) == before
    folder = published.root / "content/articles/2024/02/01"
    folder.mkdir(parents=True)
    (folder / "4-a-headline.md").symlink_to(os.devnull)
    done = run("new", "--root", published.root, "A headline", "--now", "2024-02-01")
    assert done.code == 2
    assert "4-a-headline.md: error: can't be written: File exists" in done.error
