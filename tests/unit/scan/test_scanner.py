"""Scans: one of a few paths, or one with a fork, finds what a scan of all folders does."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Problem
from generator.scan.scanner import Scan, scan

NAMES = ("a.md", "b.md", ".hidden.md", "é.jpg", "draft~", "#auto.md#", "#tag.md")
FOLDERS = (
    "content/articles",
    "content/articles/x",
    "content/articles/x/y",
    "content/articles/xy",
    "content/pages",
    "content/media/m",
    "content/static/.well-known",
    "content/articles/.trash/x",
    "content/static/.hidden",
)
HOUR_NS = 3_600_000_000_000

folders = st.sampled_from(FOLDERS)
changes = st.one_of(
    st.tuples(st.just("write"), folders, st.sampled_from(NAMES)),
    st.tuples(st.just("remove"), folders, st.sampled_from(NAMES)),
    st.tuples(st.just("link"), folders, st.sampled_from(NAMES)),
    st.tuples(st.just("remove folder"), folders, st.just("")),
    st.tuples(st.just("move"), folders, folders),
)


@dataclass(slots=True)
class _Tree:
    """A portal's content, and the paths that somebody who watches it is told of."""

    root: Path
    explanation: set[str] = field(default_factory=set)
    writes: int = 0

    def change(self, what: str, folder: str, other: str) -> None:
        """Do one change, if it can be done."""
        path = self.root / folder / other if other in NAMES else self.root / folder
        if what == "write":
            self._make(path.parent)
            self.writes += 1
            path.unlink(missing_ok=True)
            path.write_text("." * self.writes)
        elif what == "remove":
            if not path.is_file():
                return
            path.unlink()
        elif what == "link":
            self._make(path.parent)
            path.unlink(missing_ok=True)
            path.symlink_to("nowhere")
        elif what == "remove folder":
            shutil.rmtree(path, ignore_errors=True)
        else:
            target = self.root / other
            if target.exists() or not path.exists() or target.is_relative_to(path):
                return
            self._make(target.parent)
            os.rename(path, target)
            self._tell(target)
        self._tell(path)

    def _make(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for each in missing[-1:]:
            self._tell(each)

    def _tell(self, path: Path) -> None:
        self.explanation.add(path.relative_to(self.root).as_posix())


@contextmanager
def tree() -> Iterator[_Tree]:
    """An empty portal."""
    with TemporaryDirectory() as folder:
        yield _Tree(Path(folder))


def detected(
    root: Path, known: dict[str, bytes], among: set[str] | None = None, *, many: int = 1000
) -> Scan:
    """A scan an hour from now, when every file is old enough to be trusted."""
    return scan(root, known, time.time_ns() + HOUR_NS, among, many=many)


def found_in(result: Scan, counts: dict[str, int]) -> tuple[object, ...]:
    """What a scan found, with the files in skipped folders as they were counted."""
    passed = sum(counts[folder] for folder in result.passed)
    return result.seen + passed, result.changed, result.standing, errors(result)


def errors(result: Scan) -> list[Problem]:
    """The errors. A scan of a few folders does not repeat the warnings of the others."""
    return sorted(problem for problem in result.problems if problem.severity == "error")


@settings(max_examples=300, deadline=None)
@given(before=st.lists(changes, max_size=12), after=st.lists(changes, max_size=8))
def test_a_scan_of_what_changed_or_with_a_fork_finds_what_a_scan_of_all_folders_does(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    with tree() as portal:
        for change in before:
            portal.change(*change)
        first = detected(portal.root, {})
        known = {folder.path: folder.signature for folder in first.changed}
        counts = {folder.path: len(folder.files) for folder in first.changed}
        portal.explanation.clear()
        for change in after:
            portal.change(*change)

        all_of_it = detected(portal.root, known)
        every = found_in(all_of_it, counts)
        few = detected(portal.root, known, portal.explanation)
        shared = detected(portal.root, known, many=1)

        assert found_in(few, counts) == every
        assert found_in(shared, counts) == every
        assert sorted(shared.problems) == sorted(all_of_it.problems)


def test_other_folders_are_skipped() -> None:
    with tree() as portal:
        portal.change("write", "content/articles/x/y", "a.md")
        portal.change("write", "content/articles/xy", "a.md")
        first = detected(portal.root, {})
        known = {folder.path: folder.signature for folder in first.changed}
        portal.change("write", "content/articles/xy", "b.md")

        few = detected(portal.root, known, {"content/articles/xy/b.md"})

        assert few.passed == known.keys() - {"content/articles/xy"}
        assert [folder.path for folder in few.changed] == ["content/articles/xy"]


def test_a_folder_in_which_a_file_is_too_new_is_visited_again() -> None:
    with tree() as portal:
        portal.change("write", "content/articles", "a.md")
        first = scan(portal.root, {})
        assert [folder.signature for folder in first.changed] == [b""]
        assert [file.stamp for folder in first.changed for file in folder.files] == [""]

        again = detected(portal.root, {"content/articles": b""}, set())

        assert [folder.path for folder in again.changed] == ["content/articles"]
