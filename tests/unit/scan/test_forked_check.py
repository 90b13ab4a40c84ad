"""The check of folders in a fork: what it answers, and what happens when it dies."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from generator.scan.forked_check import forked_check

FOLDERS = [f"content/articles/{number}" for number in range(100_000)]


def test_it_names_the_folders_that_changed() -> None:
    with forked_check(FOLDERS, lambda folder: not folder.endswith("7")) as changed:
        assert changed() == {folder for folder in FOLDERS if folder.endswith("7")}


def test_all_folders_count_as_changed_if_it_dies() -> None:
    def die(_: str) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return True

    with forked_check(FOLDERS, die) as changed:
        assert changed() == set(FOLDERS)


def test_all_folders_count_as_changed_if_it_fails() -> None:
    known = dict.fromkeys(FOLDERS[:-1], True)
    with forked_check(FOLDERS, known.__getitem__) as changed:
        assert changed() == set(FOLDERS)


def test_it_is_gone_when_nobody_waits_for_its_answer(tmp_path: Path) -> None:
    named = tmp_path / "process"

    def tell(folder: str) -> bool:
        if folder == FOLDERS[0]:
            named.write_text(str(os.getpid()))
        return True

    with pytest.raises(KeyError), forked_check(FOLDERS, tell):
        raise KeyError
    with pytest.raises(ChildProcessError):
        os.waitpid(int(named.read_text()), os.WNOHANG)
