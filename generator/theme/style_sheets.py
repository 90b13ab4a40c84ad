"""What style sheets refer to: pictures, fonts and other style sheets, by `url()` and `@import`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

# Comments and other strings are read over, as they may hold what looks like a reference.
_TOKEN = re.compile(
    r"""
    /\*.*?(?:\*/|\Z)
    | @import\s*(?P<mark>['"])(?P<imported>[^'"\n]*)(?P=mark)
    | (?P<import>@import\s*)?url\(\s*(?:
        (?P<quote>['"])(?P<quoted>[^'"\n]*)(?P=quote) | (?P<plain>[^'"()\s]+)
      )\s*\)
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ANY = re.compile(r"url\(|@import", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
_ADDRESS = re.compile(r"([^?#]*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StyleReference:
    """An address in a style sheet: `start` is where it begins; `is_import` is that of `@import`."""

    address: str
    start: int
    is_import: bool

    @property
    def path(self) -> str:
        """The address without its query and fragment."""
        return _parts(self.address)[0]

    @property
    def is_relative(self) -> bool:
        """Whether it leads to a file beside this style sheet, as far as that can be seen."""
        return not self.address.startswith("/")


def references_in(text: str) -> Iterator[StyleReference]:
    """Yield what a style sheet refers to on the portal's own host."""
    if not _ANY.search(text):
        return
    for found in _TOKEN.finditer(text):
        for group in ("imported", "quoted", "plain"):
            address = found[group]
            if address is not None and not _ELSEWHERE.match(address):
                is_import = group == "imported" or bool(found["import"])
                yield StyleReference(address, found.start(group), is_import)


def with_addresses(text: str, address_of: Callable[[StyleReference], str | None]) -> str:
    """Return a style sheet with other paths in its relative references, where there are any."""
    pieces, end = [], 0
    for each in references_in(text):
        path = address_of(each) if each.is_relative else None
        if path is not None:
            pieces += [text[end : each.start], quote(path), _parts(each.address)[1]]
            end = each.start + len(each.address)
    return "".join([*pieces, text[end:]])


def beside(name: str, path: str) -> tuple[str, bool]:
    """Return the name of an asset that a path in another one leads to.

    Also return whether the path stays among the assets, or leads out and in again.
    """
    parts: list[str] = list(PurePosixPath(name).parent.parts)
    stays = True
    for part in unquote(path).split("/"):
        if part == "..":
            stays = stays and bool(parts)
            del parts[-1:]
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts), stays


def _parts(address: str) -> tuple[str, str]:
    found = _ADDRESS.match(address)
    return (found[1], found[2]) if found else (address, "")
