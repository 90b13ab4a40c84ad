"""Finds the files under `content/`, and says what each of them is by where it lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.errors import Problem
from generator.model.places import ARTICLES, AUTHORS, MEDIA, PAGES, STATIC
from generator.model.source import SourceFile, SourceKind

_MARKDOWN: dict[str, SourceKind] = {ARTICLES: "article", PAGES: "page", AUTHORS: "author"}
_LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))


def scan(root: Path) -> tuple[list[SourceFile], list[Problem]]:
    """All files of the portal's content, sorted by path, and what can't be read of it."""
    found: list[SourceFile] = []
    problems: list[Problem] = []
    for folder in (ARTICLES, PAGES, AUTHORS, MEDIA, STATIC):
        for entry, path in _walk(root / folder, folder, root, problems):
            if kind := _kind(folder, entry.name):
                found.append(SourceFile(path, kind))
    return sorted(found, key=lambda source: source.path), problems


def _kind(folder: str, name: str) -> SourceKind | None:
    if name in _LITTER or name.endswith("~"):
        return None
    if folder == STATIC:
        return "static"
    if name.startswith((".", "#")):
        return None
    if folder != MEDIA and name.lower().endswith(".md"):
        return _MARKDOWN[folder]
    return "media"


def _walk(
    folder: Path, relative: str, root: Path, problems: list[Problem]
) -> Iterator[tuple[os.DirEntry[str], str]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as fault:
        problems.append(Problem(relative, 0, 0, f"can't be read: {fault.strerror}"))
        return
    for entry in entries:
        path = f"{relative}/{entry.name}"
        if problem := _entry_problem(entry, path, root):
            problems.append(problem)
        elif entry.is_dir():
            yield from _walk(folder / entry.name, path, root, problems)
        else:
            yield entry, path


def _entry_problem(entry: os.DirEntry[str], path: str, root: Path) -> Problem | None:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        return Problem(shown, 0, 0, "the file's name is not UTF-8", "rename it")
    if entry.is_symlink():
        return _link_problem(entry, path, root)
    if not entry.is_file() and not entry.is_dir():
        return Problem(path, 0, 0, "is neither a file nor a folder")
    return None


def _link_problem(entry: os.DirEntry[str], path: str, root: Path) -> Problem | None:
    target = Path(os.path.realpath(entry.path))
    content = Path(os.path.realpath(root / "content"))
    if content not in target.parents:
        hint = "copy the file into content/, as nothing outside it is published"
        return Problem(path, 0, 0, "is a symbolic link out of content/", hint)
    if not target.exists():
        return Problem(path, 0, 0, "is a symbolic link to nothing")
    if target.is_dir():
        return Problem(path, 0, 0, "is a symbolic link to a folder", "link to files, or move it")
    return None
