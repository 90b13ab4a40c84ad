"""The README and the guides are followed to the letter: what they show is what readers see."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from tests.support.follower import Follower
from tests.support.guides import GUIDES, looks_of, parts_of
from tests.support.photographs import photograph
from tests.support.portal import REPOSITORY

NOT_TYPED = {
    "make test": "runs this test",
    "rsync": "needs a host to copy to",
    "*/5 * * * *": "a line for cron",
    "pipx install": "needs pipx, and the network",
    "uv tool install": "needs uv, and the network",
    ".venv/bin/pip wheel": "needs the network",
}
"""How commands begin that can't be typed here, and why."""

# These begin in a clone of the repository, the others in the reader's home.
IN_THE_CLONE = ("README.md", "docs/guides/install.md")
PLAIN = [guide for guide in GUIDES if not any(looks for _, looks in looks_of(parts_of(guide)))]
SHOWN = [guide for guide in GUIDES if guide not in PLAIN]
_LEFT = (".git", ".venv", ".*_cache", ".hypothesis", ".broadsheet", ".bench", "output", "dist")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The reader's home, with pictures and a font."""
    pictures, downloads = tmp_path / "Pictures", tmp_path / "Downloads"
    pictures.mkdir()
    downloads.mkdir()
    (pictures / "bridge.jpg").write_bytes(photograph("JPEG"))
    Image.new("RGB", (64, 64), "navy").save(pictures / "logo.png")
    shutil.copy(REPOSITORY / "content/static/favicon.svg", pictures / "logo.svg")
    (downloads / "Vazirmatn.woff2").write_bytes(b"wOF2")
    return tmp_path


def _clone(home: Path) -> Path:
    """A clone after `make site`, whose environment is that of the tests."""
    clone = home / "src/broadsheet"
    shutil.copytree(REPOSITORY, clone, ignore=shutil.ignore_patterns(*_LEFT))
    environment = clone / ".venv"
    environment.mkdir()
    for each in Path(sys.prefix).iterdir():
        if not each.name.startswith("."):
            (environment / each.name).symlink_to(each)
    for made in (".python", ".site"):
        (environment / made).touch()
    return clone


def _variables(home: Path) -> dict[str, str]:
    """Those of a reader who has the command, and for pip the libraries instead of a network."""
    return {
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": sysconfig.get_path("purelib"),
        **dict.fromkeys(("PIP_NO_DEPS", "PIP_NO_INDEX", "PIP_IGNORE_INSTALLED"), "1"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def _follow(guide: str, home: Path, browser: BrowserContext | None) -> None:
    begin = _clone(home) if guide in IN_THE_CLONE else home
    follower = Follower(begin, _variables(home), browser, left_out=NOT_TYPED)
    try:
        for part, looks in looks_of(parts_of(guide)):
            follower.follow(part, looks)
    finally:
        follower.end()
    assert follower.not_found == []


@pytest.mark.browser
@pytest.mark.parametrize("guide", SHOWN)
def test_a_guide_shows_what_it_says(guide: str, home: Path, tab: Page) -> None:
    _follow(guide, home, tab.context)


@pytest.mark.parametrize("guide", PLAIN)
def test_commands_print_what_a_guide_says(guide: str, home: Path) -> None:
    _follow(guide, home, None)
