"""A reader of a site that lies in a folder: follows links from page to page, and misses nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from tests.support.pages import read_html

HOST = "news.example"
_ABSOLUTE = re.compile(rb"https://news\.example[^\s\"'<>)\]]*")
_STYLED = re.compile(rb"url\(([^)]+)\)")


def broken_links(output: Path, starts: Collection[str]) -> list[str]:
    """What a reader who begins with any of these files finds missing, as `page -> address`.

    Links are followed in pages, styles, feeds and sitemaps, into whatever they lead to.
    """
    seen, waiting, broken = set(starts), list(starts), []
    while waiting:
        path = waiting.pop()
        for address in sorted(_addresses(path, _read(output / path))):
            target = _file(output, path, address)
            if target is None:
                broken.append(f"{path} -> {address}")
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
    return broken


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.suffix in (".html", ".xml", ".css", ".txt", ".json") else b""


@lru_cache(maxsize=4096)
def _addresses(path: str, content: bytes) -> frozenset[str]:
    """The addresses on the portal's own host."""
    return frozenset(_own(path, content))


def _own(path: str, content: bytes) -> Iterator[str]:
    if path.endswith(".html"):
        found = list(read_html(content.decode()).addresses())
    elif path.endswith(".css"):
        found = [match.decode().strip("'\"") for match in _STYLED.findall(content)]
    else:
        found = [match.decode().replace("&amp;", "&") for match in _ABSOLUTE.findall(content)]
    for address in found:
        parts = urlsplit(address)
        if parts.scheme in ("", "https") and parts.netloc in ("", HOST):
            yield address


def _file(output: Path, page: str, address: str) -> str | None:
    """The file that a host would answer with, None if there is none."""
    path = unquote(urlsplit(urljoin(f"https://{HOST}/{page}", address)).path).lstrip("/")
    for name in (path, f"{path.rstrip('/')}/index.html".lstrip("/")):
        if (output / name).is_file():
            return name
    return None
