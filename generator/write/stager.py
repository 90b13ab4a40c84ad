"""Stages what one worker renders: files whose bytes differ from the published ones."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.digest import digest as digest_bytes
from generator.digest import digest_file
from generator.errors import Problem
from generator.model.output import FileCopy, Turn
from generator.write.staging import FIRST, LOOSE, TREE, open_staging

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.write.file_copies import Copier

_KNOWN_FOLDERS = 512


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A rendered file: its number, its path in the output, and when it is moved there.

    `known` is the digest of the published file, None if there is no record of one.
    """

    id: int
    path: str
    turn: Turn
    known: bytes | None


@dataclass(frozen=True)
class Stager:
    """Writes files into `staging` that belong into `output`.

    Files are copied from the portal at `root`; `trusted` ones may have scripts. A stager that has
    not been used yet can be pickled.
    """

    staging: Path
    output: Path
    root: Path
    trusted: bool

    def stage(self, file: OutputFile, content: bytes | FileCopy) -> tuple[bytes, bool] | Problem:
        """Return the content's digest, and whether it was staged because it is not published.

        A problem, if the content is a copy of a file that can't be published.
        """
        if isinstance(content, FileCopy):
            is_published = partial(self._is_published, file)
            return self._copier.copy(content, is_published, partial(self._target, file))
        digest = digest_bytes(content)
        if self._is_published(file, digest):
            return digest, False
        with open(self._target(file), "wb") as target:
            target.write(content)
        return digest, True

    @cached_property
    def _copier(self) -> Copier:
        from generator.write.file_copies import Copier

        return Copier(self.root, self.trusted)

    @cached_property
    def _has_output(self) -> bool:
        return self.output.is_dir() and any(self.output.iterdir())

    def _is_published(self, file: OutputFile, digest: bytes) -> bool:
        if file.known is not None or not self._has_output:
            return digest == file.known
        # The output may have the file already, though there is no record of it.
        target = self.output / file.path
        return target.is_file() and not target.is_symlink() and digest_file(target) == digest

    def _target(self, file: OutputFile) -> str:
        """Return where to write a file, in a folder that exists."""
        target = self._staged_path(file)
        self._make_folder(os.path.dirname(target))
        return target

    def _staged_path(self, file: OutputFile) -> str:
        """All files of a first build are in one tree, which is moved at once.

        Later, a file is staged under its number if the output has its folder, so that no tree has
        to be created and removed. Each worker has a folder of its own for these files, because a
        folder takes one new file at a time.
        """
        if not self._has_output:
            return f"{self.staging}/{TREE}/{FIRST}/{file.path}"
        if os.path.isdir(os.path.dirname(f"{self.output}/{file.path}")):
            return f"{self.staging}/{LOOSE}/{os.getpid()}/{file.id}"
        return f"{self.staging}/{TREE}/{file.turn:d}/{file.path}"

    @cached_property
    def _make_folder(self) -> Callable[[str], None]:
        return lru_cache(maxsize=_KNOWN_FOLDERS)(self._new_folder)

    def _new_folder(self, folder: str) -> None:
        """Create a folder and its parents, each through `_make_folder`, which remembers them."""
        if folder == str(self.staging):
            open_staging(folder)
            return
        self._make_folder(os.path.dirname(folder))
        with suppress(FileExistsError):
            os.mkdir(folder)
