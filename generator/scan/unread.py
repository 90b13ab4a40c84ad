"""Finds files in `content/` that are in none of its folders, so that no build reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.errors import did_you_mean
from generator.model.paths import ARTICLES, ROOTS
from generator.model.source import UnreadFile
from generator.scan.ignore import is_ignored

CONTENT = "content"
MOST = 1000
_FOLDERS = frozenset(folder.removeprefix(f"{CONTENT}/") for folder in ROOTS)


def unread_files(root: Path) -> list[UnreadFile]:
    """Return the files that lie beside the folders of sources, the first of them if very many."""
    found: list[UnreadFile] = []
    for path in _paths(f"{root}/{CONTENT}", CONTENT, _FOLDERS):
        if len(found) == MOST:
            break
        found.append(UnreadFile(path, _hint(path)))
    return found


def _paths(folder: str, name: str, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the files in a folder by path, without those in known folders."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if is_ignored(name, entry.name) or entry.name in known:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _paths(f"{folder}/{entry.name}", path)
        else:
            yield path


def _hint(path: str) -> str:
    _, first, *rest = path.split("/")
    if not rest:
        return f"did you mean {ARTICLES}/{first}?" if first.lower().endswith(".md") else ""
    nearest = did_you_mean(first, _FOLDERS)
    if nearest:
        return nearest.replace("'", f"{CONTENT}/", 1).replace("'", "/", 1)
    return f"stories belong in {ARTICLES}/" if path.lower().endswith(".md") else ""
