"""Chooses what an excerpt of a portal consists of: the newest articles, and what was asked for."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from generator.model.paths import (
    ARTICLES,
    AUTHORS,
    MEDIA,
    PAGES,
    RESERVED,
    STATIC,
    media_candidates,
    ref_name,
)
from generator.scan.ignore import is_ignored
from generator.scan.newest import newest_articles

# A whole portal of no more files than this is built as soon as an excerpt of it would be.
SMALL = 300
_NEWEST = 200
# Of each other kind of source and of saved ones, and of articles meant by one part of an address.
_MOST = 200
_MOST_MEANT = 20
_LARGEST_STATIC_BYTES = 1_000_000
_ALL_PICTURES_BYTES = 32_000_000
_LONGEST = 256
_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}(?![A-Za-z0-9])")
_LAST_WORD = re.compile(r"""[^\s"'()<>\[\]{}|=,;]*$""")
_MEDIA_FOLDERS = tuple(f"{folder}/" for folder in (ARTICLES, PAGES, AUTHORS, MEDIA))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an excerpt should have besides the newest articles.

    `addresses` are paths of URLs that browsers asked for, `saved` sources that authors saved.
    """

    addresses: frozenset[str] = frozenset()
    saved: frozenset[str] = frozenset()


def is_small(root: Path) -> bool:
    """Return whether the portal is built at once, so that an excerpt would save no time."""
    return sum(1 for _ in islice(_files(root, "content"), SMALL + 1)) <= SMALL


def excerpt_of(root: Path, wanted: Wanted) -> frozenset[str]:
    """Return the sources to build, among them the pictures that the chosen texts name."""
    articles = list(islice(newest_articles(root), _NEWEST))
    pages, authors = (list(_texts(root, folder)) for folder in (PAGES, AUTHORS))
    asked = list(_meant(root, wanted.addresses))
    texts = [*sorted(wanted.saved)[:_MOST], *asked, *articles, *pages, *authors]
    return frozenset((*texts, *_static(root, wanted.addresses), *_pictures(root, texts)))


def _texts(root: Path, folder: str) -> Iterator[str]:
    return islice(filter(_is_text, _files(root, folder)), _MOST)


def _static(root: Path, addresses: Collection[str]) -> Iterator[str]:
    """Yield small static files, as icons are, and those that were asked for."""
    for path in islice(_files(root, STATIC), _MOST):
        if _size(root / path) <= _LARGEST_STATIC_BYTES:
            yield path
    for address in addresses:
        path = posixpath.normpath(f"{STATIC}/{unquote(address)}")
        if path.startswith(f"{STATIC}/") and os.path.isfile(root / path):
            yield path


def _meant(root: Path, addresses: Collection[str]) -> Iterator[str]:
    """Yield the articles whose file, or folder, has a name that is part of an address."""
    names = {name for address in addresses for name in _names(address)}
    if not names:
        return
    articles = filter(_is_text, _files(root, ARTICLES))
    meant = (path for path in articles if ref_name(path) in names)
    yield from islice(meant, _MOST_MEANT * len(names))


def _names(address: str) -> Iterator[str]:
    """Yield the parts of an address that may name an article."""
    parts = [unquote(part) for part in address.split("/") if part]
    if not parts or (parts[0] in RESERVED and parts[0] != "n") or "page" in parts:
        return
    if address[-1] == "/":
        yield from parts
    elif "." not in (last := parts.pop().removesuffix(".html")):
        yield from (*parts, last)


def _pictures(root: Path, texts: Iterable[str]) -> Iterator[str]:
    """Yield the pictures that texts name, in the order of the texts, while they are not too many.

    One that is missed is missing on its page until the whole portal is built.
    """
    left = _ALL_PICTURES_BYTES
    seen: set[str] = set()
    for owner in texts:
        for path in _named_files(root, owner):
            if path in seen:
                continue
            seen.add(path)
            left -= _size(root / path)
            if left < 0:
                return
            yield path


def _named_files(root: Path, owner: str) -> Iterator[str]:
    try:
        text = (root / owner).read_text("utf-8", "replace")
    except OSError:
        return
    for name in dict.fromkeys(_names_in(text)):
        candidates = media_candidates(owner, unquote(name))
        found = (each for each in candidates if each.startswith(_MEDIA_FOLDERS))
        yield from islice((each for each in found if os.path.isfile(root / each)), 1)


def _names_in(text: str) -> Iterator[str]:
    """Yield what may be the name of a file that is no text."""
    for ending in _ENDING.finditer(text):
        nearest = max(0, ending.start() - _LONGEST)
        line = text[max(nearest, text.rfind("\n", nearest, ending.start()) + 1) : ending.end()]
        _, _, value = line.rpartition(": ")
        word = _LAST_WORD.search(line)
        for name in (word[0] if word else "", value.lstrip(" \"'")):
            if 0 < len(name) < _LONGEST and "//" not in name and not _is_text(name):
                yield name


def _files(root: Path, top: str) -> Iterator[str]:
    """Yield the files in a folder and in those inside it, without symbolic links."""
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    if is_ignored(folder, entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{folder}/{entry.name}")
                    elif entry.is_file(follow_symlinks=False):
                        yield f"{folder}/{entry.name}"
        except OSError:
            continue


def _is_text(path: str) -> bool:
    return path.lower().endswith(".md")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
