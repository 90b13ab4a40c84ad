"""The wheel, installed where the repository is out of sight, makes and builds a portal."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.portal import REPOSITORY


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment that has the wheel and its dependencies, and a folder to work in."""

    environment: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> str:
        """What one of the environment's programs prints; AssertionError if it fails."""
        scripts = "Scripts" if os.name == "nt" else "bin"
        return _run(self.environment / scripts / program, *arguments, folder=self.folder)


def _run(program: Path | str, *arguments: str, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    _run(sys.executable, *build, folder=REPOSITORY)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    environment = tmp_path_factory.mktemp("environment")
    folder = tmp_path_factory.mktemp("newsroom")
    venv.create(environment, symlinks=os.name != "nt")
    options = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
    pip = ("-m", "pip", "--python", str(environment), "install", *options)
    _run(sys.executable, *pip, str(wheel), folder=folder)
    _lend_dependencies(environment)
    return Installation(environment, folder)


def _lend_dependencies(environment: Path) -> None:
    """Shows the environment the libraries of the one that runs the tests.

    They are what the lock pins, and no network is needed. A folder that a .pth file names comes
    last on the path and its own .pth files are not read, so neither the repository nor another
    installation of Broadsheet hides the wheel.
    """
    variables = {"base": str(environment), "platbase": str(environment)}
    target = Path(sysconfig.get_path("purelib", "venv", variables))
    lent = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (target / "lent.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def portal(installed: Installation) -> Path:
    installed.run("broadsheet", "init", "portal")
    installed.run("broadsheet", "build", "--root", "portal")
    return installed.folder / "portal"


def test_wheel_carries_the_files_of_the_preview_panel(wheel: Path) -> None:
    files = (REPOSITORY / "generator/serve/assets").iterdir()
    ours = {f"generator/serve/assets/{file.name}" for file in files}
    assert "generator/serve/assets/panel.js" in ours <= set(ZipFile(wheel).namelist())


def test_wheel_carries_the_whole_default_theme(wheel: Path) -> None:
    ours = {
        f"generator/default_theme/{file.relative_to(REPOSITORY / 'templates').as_posix()}"
        for file in (REPOSITORY / "templates").rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }
    assert ours
    assert ours <= set(ZipFile(wheel).namelist())


def test_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {name for name in folders if not name.endswith(".dist-info")} == {"generator"}


def test_installed_theme_is_the_one_in_the_wheel(installed: Installation) -> None:
    question = "from generator.theme.theme import default_theme; print(default_theme())"
    theme = Path(installed.run("python", "-c", question).strip())
    assert theme.is_relative_to(installed.environment.resolve())
    assert (theme / "base.html").is_file()


def test_new_portal_builds_to_a_front_page_and_articles(portal: Path) -> None:
    output = portal / "output"
    assert "</html>" in (output / "index.html").read_text(encoding="utf-8")
    news_ids = [folder.name for folder in (output / "n").iterdir()]
    assert news_ids
    for news_id in news_ids:
        [page] = output.glob(f"*/{news_id}/*/index.html")
        assert "</article>" in page.read_text(encoding="utf-8")


def test_new_portal_has_the_theme_s_assets_without_a_copy_of_the_theme(portal: Path) -> None:
    assert list((portal / "output" / "assets").rglob("*.css"))
    assert not (portal / "templates" / "base.html").exists()
