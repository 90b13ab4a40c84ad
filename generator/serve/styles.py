"""Finds out whether two versions of a page differ in their style sheets alone.

The address of a style sheet of the theme has a hash of its bytes, so an edit of it changes every
page. Here the hashes are left out of the comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from generator.digest import digest
from generator.pipeline.report import Report

_STYLE = re.compile(rb"""([^\s"'<>()=]*/assets/[^\s"'<>()?#]+?)\.[0-9a-f]{10}(\.css)\b""")
_ASSETS = "assets/"
_STYLE_SHEET = ".css"
_PAGES = frozenset((".html", ".htm"))


def digest_without_styles(page: bytes) -> str:
    """Return a digest that is the same for pages whose style sheets alone differ."""
    return digest(_STYLE.sub(rb"\1\2", page)).hex()


def style_addresses(page: bytes) -> list[str]:
    """Return the addresses of the theme's style sheets that a page names."""
    found = (match[0].decode("utf-8", "replace") for match in _STYLE.finditer(page))
    return list(dict.fromkeys(found))


def may_change_styles_only(report: Report) -> bool:
    """Return whether a build may have changed nothing but style sheets of a page.

    It depends on the page: each has to be compared. No page need be compared after a build that
    changed other files, such as pictures, which pages show under the same address.
    """
    files = [*report.changed, *report.gone]
    return _has_style(files) and all(map(_is_told_by_pages, files))


def _has_style(files: Iterable[str]) -> bool:
    return any(name.endswith(_STYLE_SHEET) for name in files)


def _is_told_by_pages(name: str) -> bool:
    """Return whether a page whose bytes stay shows nothing new of a file that changed."""
    suffix = PurePosixPath(name).suffix.lower()
    return name.startswith(_ASSETS) or suffix in _PAGES or suffix == _STYLE_SHEET
