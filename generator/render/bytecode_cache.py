"""Compiled templates, kept between builds: compiling takes longer than making a few pages.

An entry is used only for the very text that it was compiled from, by the same versions. One that
is damaged is ignored, and one that can't be written is done without.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import jinja2

from generator import __version__

_DIGEST = 16
_VERSIONS = f"{__version__} {jinja2.__version__} {sys.version}"
_COMPILER = Path(__file__).with_name("codegen.py")


class Compiled(NamedTuple):
    """A template's code, and the names of the templates that it names.

    `parts` are those whose own code is in it, with digests of their texts.
    """

    code: CodeType
    named: tuple[str, ...]
    parts: dict[str, bytes]


class BytecodeCache:
    """The templates of one theme; in `folder` they are kept, if it is given."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[bytes, Compiled] = {}
        self._compiler = f"{_VERSIONS} {_COMPILER.read_text('utf-8')}"

    def get(
        self,
        name: str,
        filename: str,
        source: str,
        make: Callable[[], Compiled],
        is_current: Callable[[Compiled], bool],
    ) -> Compiled:
        """A template with a text, made if it is not known. Raises what `make` raises.

        `is_current` tells whether the parts of one that was kept are what they were.
        """
        key = _digest(self._compiler, name, filename, source)
        if key not in self._known:
            file = self._folder / _digest(name, filename).hex() if self._folder else None
            compiled = _read(file, key) if file else None
            if compiled is None or not is_current(compiled):
                compiled = make()
                if file:
                    _write(file, key, compiled)
            self._known[key] = compiled
        return self._known[key]


def _digest(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode(), digest_size=_DIGEST).digest()


def _seal(key: bytes, content: bytes) -> bytes:
    return key + blake2b(content, digest_size=_DIGEST).digest()


def _read(file: Path, key: bytes) -> Compiled | None:
    try:
        found = file.read_bytes()
    except OSError:
        return None
    content = found[2 * _DIGEST :]
    if found[: 2 * _DIGEST] != _seal(key, content):
        return None
    return Compiled(*marshal.loads(content))


def _write(file: Path, key: bytes, compiled: Compiled) -> None:
    content = marshal.dumps(tuple(compiled))
    waiting = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        waiting.write_bytes(_seal(key, content) + content)
        os.replace(waiting, file)
