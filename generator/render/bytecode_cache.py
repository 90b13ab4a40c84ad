"""Keeps compiled templates between builds: compiling takes longer than rendering a few pages.

An entry is used only for the text that it was compiled from, by the same versions.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import jinja2

from generator import __version__
from generator.derived_files import DerivedFiles
from generator.digest import digest_parts
from generator.render import codegen

_VERSIONS = f"{__version__} {jinja2.__version__} {sys.version}"
_COMPILER = Path(codegen.__file__)


class Compiled(NamedTuple):
    """A template's code, and the names of the templates that it refers to.

    `parts` are those whose code is inlined, with the digests of their texts.
    """

    code: CodeType
    named: tuple[str, ...]
    parts: dict[str, bytes]


class BytecodeCache:
    """The compiled templates of one theme."""

    def __init__(self, derived: DerivedFiles) -> None:
        self._derived = derived
        self._known: dict[bytes, Compiled] = {}
        self._compiler = f"{_VERSIONS} {codegen.OPTIMIZED} {_COMPILER.read_text('utf-8')}"

    def get(
        self,
        name: str,
        filename: str,
        source: str,
        make: Callable[[], Compiled],
        is_current: Callable[[Compiled], bool],
    ) -> Compiled:
        """Return the compiled form of a template's text. Raises what `make` raises.

        `is_current` says whether the inlined parts of a cached form are unchanged.
        """
        key = digest_parts((self._compiler, name, filename, source))
        if key not in self._known:
            kept = self._derived.get(key)
            compiled = Compiled(*marshal.loads(kept)) if kept is not None else None
            if compiled is None or not is_current(compiled):
                compiled = make()
                self._derived.put(key, marshal.dumps(tuple(compiled)))
            self._known[key] = compiled
        return self._known[key]
