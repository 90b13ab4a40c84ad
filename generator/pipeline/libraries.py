"""Versions of installed libraries, without the standard library's slow reading of metadata."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache

_METADATA = ".dist-info"


def version_of(name: str) -> str:
    """A library's version, as the folder of its metadata says it."""
    known = _installed().get(_normalized(name))
    if known is None:
        from importlib.metadata import version

        return version(name)
    return known


@cache
def _installed() -> dict[str, str]:
    """Versions by normalized name; the first folder on the path that has a library counts."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in os.listdir(folder or "."):
                if entry.endswith(_METADATA):
                    name, _, version = entry.removesuffix(_METADATA).partition("-")
                    found.setdefault(_normalized(name), version)
    return found


def _normalized(name: str) -> str:
    """As https://packaging.python.org/en/latest/specifications/name-normalization/ says."""
    return re.sub(r"[-_.]+", "-", name).lower()
