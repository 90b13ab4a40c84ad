"""Remembers which addresses of other hosts worked, so that they are not asked for each time.

The file is a cache and no more: it may be deleted, and it may have been copied from anywhere. Only
addresses that worked are kept, so one that failed is asked for again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

import msgspec

from generator.errors import Problem
from generator.pipeline.state import explain_folder

_DAY = 24 * 60 * 60
_NAME = "external-links.json"


@dataclass(frozen=True)
class _Stored:
    """The file; `worked` has when each address was asked, in seconds since the epoch."""

    version: Literal[1]
    worked: Mapping[str, float] = field(default_factory=dict)


class LinkCache:
    """The addresses that worked in the last `days`. `base` is the portal's `.broadsheet/`."""

    def __init__(self, base: Path, days: float) -> None:
        self._file = base / _NAME
        self._days = days
        self._worked: dict[str, float] = {}
        self.problems: list[Problem] = []

    def load(self) -> None:
        """Read the file; one that is damaged counts as missing, with a warning."""
        try:
            stored = msgspec.json.decode(self._file.read_bytes(), type=_Stored)
        except FileNotFoundError:
            return
        except OSError as error:
            self._warn(f"can't be read: {error.strerror}")
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._warn(f"is damaged and was discarded: {error}")
        else:
            now = time.time()
            oldest = now - self._days * _DAY
            self._worked = {
                address: asked for address, asked in stored.worked.items() if oldest < asked <= now
            }

    def has(self, address: str) -> bool:
        """Return whether an address worked not long ago."""
        return address in self._worked

    def save(self, worked: Iterable[str]) -> None:
        """Write the file with further addresses that worked just now, as a whole or not at all."""
        self._worked |= dict.fromkeys(worked, round(time.time()))
        data = msgspec.json.encode(_Stored(1, self._worked), order="sorted")
        try:
            explain_folder(self._file.parent)
            with NamedTemporaryFile(dir=self._file.parent, prefix=_NAME, delete=False) as file:
                waiting = Path(file.name)
                try:
                    file.write(data)
                    file.close()
                    os.replace(waiting, self._file)
                except BaseException:
                    with suppress(OSError):
                        waiting.unlink()
                    raise
        except OSError as error:
            self._warn(f"can't be written, so all links are asked for again: {error.strerror}")

    def _warn(self, message: str) -> None:
        self.problems.append(Problem(str(self._file), 0, 0, message, severity="warning"))
