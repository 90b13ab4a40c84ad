"""Whoever edits Broadsheet sees it at the next build; a release is known by its version."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.portal import NOW, REPOSITORY, Portal, environment, story


def build(portal: Portal, code: Path) -> str:
    """Build with the package in a folder; returns the summary."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "generator", "build", "--root", portal.root, "--now", NOW],
        env=environment(PYTHONPATH=str(code)),
        cwd=portal.root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the package, as in a clone."""
    folder = tmp_path / "clone"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "generator", folder / "generator", ignore=ignored)
    shutil.copytree(REPOSITORY / "templates", folder / "templates")
    return folder


def edit(code: Path) -> None:
    """Change what the title of an article's page is."""
    file = code / "generator/render/page_meta.py"
    text = file.read_text("utf-8")
    assert "title=article.title" in text
    file.write_text(text.replace("title=article.title", "title=article.title.upper()"))


def test_an_edit_of_the_generator_is_seen_at_the_next_build(portal: Portal, code: Path) -> None:
    portal.stories(story(1, title="A bridge"))
    build(portal, code)
    assert "1 sources, 0 parsed" in build(portal, code)
    assert "A BRIDGE" not in portal.text("world/1/a-bridge/index.html")

    edit(code)
    assert "1 sources, 1 parsed" in build(portal, code)

    assert "A BRIDGE" in portal.text("world/1/a-bridge/index.html")
    incremental = portal.tree()
    shutil.rmtree(portal.root / ".broadsheet")
    shutil.rmtree(portal.output)
    build(portal, code)
    assert portal.tree() == incremental


def test_an_installed_release_is_known_by_its_version(portal: Portal, code: Path) -> None:
    installed = code.rename(code.with_name("site-packages"))
    (installed / "templates").rename(installed / "generator/default_theme")
    portal.stories(story(1, title="A bridge"))
    build(portal, installed)
    edit(installed)
    assert "1 sources, 0 parsed" in build(portal, installed)
