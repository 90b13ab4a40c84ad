"""The lock files pin all that is asked for, and tell nothing of where they were made."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.portal import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
ASKED_FOR = {
    "requirements.lock": RUNTIME,
    "requirements-dev.lock": RUNTIME + PROJECT["dependency-groups"]["dev"],
}


def _lines(name: str) -> list[str]:
    return (REPOSITORY / name).read_text(encoding="utf-8").splitlines()


def _pins(name: str) -> dict[str, str]:
    found = (re.match(r"([\w.-]+)==([^ ;]+)", line) for line in _lines(name))
    return {canonicalize_name(pin[1]): pin[2] for pin in found if pin}


@pytest.mark.parametrize("name", ASKED_FOR)
def test_lock_meets_every_requirement(name: str) -> None:
    pins = _pins(name)
    wanted = [Requirement(text) for text in ASKED_FOR[name]]
    unmet = [
        str(one)
        for one in wanted
        if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))
    ]
    assert unmet == []


def test_both_locks_agree_on_every_version() -> None:
    runtime, everything = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert {name: everything.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("name", ASKED_FOR)
def test_lock_pins_every_package_by_hash(name: str) -> None:
    entries = re.split(r"^(?=[A-Za-z])", (REPOSITORY / name).read_text("utf-8"), flags=re.M)[1:]
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ASKED_FOR)
def test_lock_names_no_host_and_no_folder(name: str) -> None:
    assert [line for line in _lines(name) if "://" in line or "/" in line or "index" in line] == []
