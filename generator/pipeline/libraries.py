"""Identifies the code that builds a site: library versions, and Broadsheet's own modules.

Versions are read without the standard library's slow reading of metadata.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from generator.digest import digest, digest_file

_METADATA = ".dist-info"
_PACKAGE = Path(__file__).resolve().parents[1]
# Debian names the second (https://wiki.debian.org/Python).
_INSTALLED = ("site-packages", "dist-packages")


def version_of(name: str) -> str:
    """Return a library's version, as the folder of its metadata names it."""
    known = _installed().get(_normalized(name))
    if known is None:
        from importlib.metadata import version

        return version(name)
    return known


def code_digest() -> bytes:
    """Return the digest of Broadsheet's own modules, empty for an installed release.

    Modules that are edited in place change without a new version. Those of a release do not; a
    release is inside a folder of installed packages.
    """
    if _PACKAGE.parent.name in _INSTALLED:
        return b""
    return digest(b"".join(digest_file(file) for file in sorted(_PACKAGE.rglob("*.py"))))


@cache
def _installed() -> dict[str, str]:
    """Return versions by normalized name; the first folder on the path with a library counts."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in os.listdir(folder or "."):
                if entry.endswith(_METADATA):
                    name, _, version = entry.removesuffix(_METADATA).partition("-")
                    found.setdefault(_normalized(name), version)
    return found


def _normalized(name: str) -> str:
    """Normalize a name (https://packaging.python.org/en/latest/specifications/name-normalization/)."""
    return re.sub(r"[-_.]+", "-", name).lower()
