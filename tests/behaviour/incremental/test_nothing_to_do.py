"""Builds with nothing to do do nothing; whatever there is to do is noticed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from generator.config import load_site
from generator.pipeline.build import Build
from generator.pipeline.options import BuildOptions
from generator.pipeline.report import Report
from tests.support.portal import NOW, REPOSITORY, SITE, Portal, environment, story

SLOW = {"PIL", "babel", "frontmatter", "jinja2", "markdown", "multiprocessing", "nh3", "yaml"}
WITHOUT_USE = {
    "generator.index.article_state",
    "generator.index.queries",
    "generator.index.views",
    "generator.index.visibility_update",
    "generator.index.writer",
    "generator.model.article",
    "generator.outputs",
    "generator.parse",
    "generator.render",
}
STORIES = (
    story(1, "tags: [Iran]"),
    story(2, "tags: [Iran]\nexpires: 2024-03-01", date="2024-01-21"),
    story(3, "publish_at: 2024-02-10T08:00:00Z"),
    story(4, "pinned: 2024-02-20T08:00:00Z"),
    story(5, "draft: true"),
)

IDLE = """
import json, sys, time
from datetime import datetime
from pathlib import Path
from generator.pipeline.options import BuildOptions
from generator.pipeline.build import Build
from generator.config import load_site

root = Path(sys.argv[1]).resolve()
options = BuildOptions(
    root=root, output=root / "output", staging=root / ".staging",
    now=datetime.fromisoformat("2024-02-01T12:00:00+00:00"),
    clock=time.time_ns() + 3600 * 10**9, jobs=2,
)
report = Build(load_site(root), options).run()
print(json.dumps([report.sources.parsed, sorted(sys.modules)]))
"""


def build(portal: Portal, *, now: str = NOW, **options: object) -> Report:
    """A build as if an hour had passed, so that all files are old enough to be trusted."""
    root = portal.root.resolve()
    chosen = BuildOptions(
        root=root,
        output=root / "output",
        staging=root / ".staging",
        now=datetime.fromisoformat(now),
        clock=time.time_ns() + 3600 * 10**9,
    )
    return Build(load_site(root), replace(chosen, **options)).run()  # type: ignore[arg-type]


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A portal that was built, with drafts, an embargo, an end and a pin."""
    portal = Portal(tmp_path)
    portal.settings("")
    portal.stories(*STORIES)
    portal.write({"content/static/a.txt": "a", "templates/own.html": "own"})
    build(portal)
    return portal


def test_nothing_is_done_and_the_report_says_what_is_there(portal: Portal) -> None:
    tree = portal.tree()
    report = build(portal)
    assert (report.sources.seen, report.sources.parsed) == (6, 0)
    assert report.outputs.total == len(tree)
    assert (report.outputs.rendered, report.changed, report.gone) == (0, (), ())
    assert report.next_change_at == "2024-02-10T08:00:00+00:00"
    assert set(report.seconds) == {"scan", "parse", "plan", "render", "write"}
    assert portal.tree() == tree


def test_nothing_that_works_on_sources_or_pages_is_imported(portal: Portal) -> None:
    found = subprocess.run(
        [sys.executable, "-c", IDLE, str(portal.root)],
        cwd=REPOSITORY,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    done, modules = json.loads(found.stdout)
    assert done == 0
    assert "sqlite3" in modules
    assert {name.partition(".")[0] for name in modules}.isdisjoint(SLOW)
    assert not WITHOUT_USE.intersection(modules)


def test_a_template_that_a_portal_adds_is_noticed(portal: Portal) -> None:
    portal.write({"templates/article.html": "{{ article.title }}, ours"})
    build(portal)
    assert portal.text("world/1/story-1/index.html") == "Story 1, ours"


@pytest.mark.parametrize(
    "now",
    [
        "2024-02-10T08:00:00Z",
        "2024-02-20T08:00:00Z",
        "2024-03-01T00:00:00Z",
        "2024-01-20T12:00:00Z",
    ],
)
def test_time_that_passed_or_was_set_back_is_noticed(portal: Portal, now: str) -> None:
    build(portal, now=now)
    assert portal.tree() == portal.clean_tree(now=now)


@pytest.mark.parametrize(
    "files",
    [
        {"content/articles/1.md": story(1, "tags: [Peru]")},
        {"content/articles/1.md": story(1, "tags: [Iran]", body="The tale.")},
        {"content/articles/new/6.md": story(6)},
        {"content/static/a.txt": "b"},
        {"site.toml": SITE.replace("per_page = 3", "per_page = 4")},
    ],
)
def test_a_change_is_noticed(portal: Portal, files: dict[str, str]) -> None:
    portal.write(files)
    build(portal)
    assert portal.tree() == portal.clean_tree()


def test_files_and_folders_that_are_gone_are_noticed(portal: Portal) -> None:
    portal.remove("content/articles/2.md")
    shutil.rmtree(portal.root / "content/static")
    report = build(portal)
    assert report.sources.removed == 2
    assert portal.tree() == portal.clean_tree()


def test_drafts_are_shown_and_hidden_again(portal: Portal) -> None:
    build(portal, drafts=True)
    assert portal.says("Story 5")
    build(portal)
    assert portal.says("Story 5") == []


def test_an_output_folder_that_is_gone_is_noticed(portal: Portal) -> None:
    tree = portal.tree()
    shutil.rmtree(portal.output)
    build(portal)
    assert portal.tree() == tree


def test_a_file_that_somebody_changed_is_mended_when_asked_for(portal: Portal) -> None:
    tree = portal.tree()
    portal.write({"output/index.html": "mine"})
    assert build(portal).changed == ()
    assert build(portal, verify=True).changed == ("index.html",)
    assert portal.tree() == tree
