"""What one worker has at hand, and how what it makes is staged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from typing import TYPE_CHECKING

from generator.errors import Problem
from generator.index.connection import open_for_reading, read_lock
from generator.index.recorder import DIGEST_BYTES
from generator.model.output import FileCopy, Output
from generator.model.site import Site
from generator.model.source import SourceFile
from generator.pipeline.options import BuildOptions
from generator.pipeline.state import derived_folder, index_path
from generator.write.staging import FIRST, LOOSE, TREE, open_staging

if TYPE_CHECKING:
    from generator.outputs import OutputKind
    from generator.parse.parser import SourceReader
    from generator.render.renderer import Renderer
    from generator.write.file_copies import Copier

_KNOWN_FOLDERS = 512


@dataclass(frozen=True, slots=True)
class ParseTask:
    """A source to read; `known` is the digest of its bytes, None if it must be parsed anyway.

    `new` tells that the index has never heard of it.
    """

    source: SourceFile
    known: bytes | None
    new: bool = False


@dataclass(frozen=True, slots=True)
class RenderTask:
    """An output to make; `known` is the digest of the file that is published, if one is."""

    id: int
    output: Output
    known: bytes | None


class WorkerContext:
    """A worker's tools, each made when first needed."""

    def __init__(self, site: Site, options: BuildOptions) -> None:
        self.site = site
        self.options = options
        self._staging = str(options.staging)
        self._has_output = options.output.is_dir() and any(options.output.iterdir())
        self._make_folder = lru_cache(maxsize=_KNOWN_FOLDERS)(self._new_folder)

    @cached_property
    def reader(self) -> SourceReader:
        """Reads sources."""
        from generator.parse.parser import SourceReader

        return SourceReader(self.options.root, self.site)

    @cached_property
    def renderer(self) -> Renderer:
        """Renders pages from the index."""
        from generator.index.recorder import Recorder
        from generator.render.renderer import Renderer
        from generator.theme.theme import Theme

        recorder = Recorder(self._connection)
        derived = derived_folder(self.options.state_folder)
        return Renderer(self.site, Theme.of(self.options.root), recorder, derived)

    @cached_property
    def kinds(self) -> dict[str, OutputKind]:
        """The kinds of output by name."""
        from generator.outputs import KINDS

        return {kind.name: kind for kind in KINDS}

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        return open_for_reading(index_path(self.options.state_folder))

    @contextmanager
    def index_held(self) -> Iterator[None]:
        """Within, the index is locked once and not for each question."""
        with read_lock(self._connection):
            yield

    def close(self) -> None:
        """Let go of the index."""
        if "_connection" in self.__dict__:
            self._connection.close()

    def place(self, task: RenderTask, content: bytes | FileCopy) -> tuple[bytes, bool] | Problem:
        """The content's digest, and whether it had to be staged as it is not published yet.

        A problem, if it is to be the copy of a file that can't be published.
        """
        if isinstance(content, FileCopy):
            is_published = partial(self._is_published, task)
            return self._copier.copy(content, is_published, partial(self._target, task))
        digest = blake2b(content, digest_size=DIGEST_BYTES).digest()
        if self._is_published(task, digest):
            return digest, False
        with open(self._target(task), "wb") as file:
            file.write(content)
        return digest, True

    @cached_property
    def _copier(self) -> Copier:
        from generator.write.file_copies import Copier

        return Copier(self.options.root, self.site.markdown.trusted_html)

    def _is_published(self, task: RenderTask, digest: bytes) -> bool:
        return digest == task.known or (task.known is None and self._stands(task, digest))

    def _target(self, task: RenderTask) -> str:
        """Where an output is to be staged, in a folder that exists."""
        target = self._staged(task)
        self._make_folder(os.path.dirname(target))
        return target

    def _staged(self, task: RenderTask) -> str:
        """Where the file waits: under its number if its folder is there already, which spares
        the file system the making and removing of a whole tree. Each worker has a folder for
        these, as a folder takes in one file at a time. All files of a first build are in one
        tree, which is moved at once."""
        path = task.output.path
        if not self._has_output:
            return f"{self._staging}/{TREE}/{FIRST}/{path}"
        if os.path.isdir(os.path.dirname(f"{self.options.output}/{path}")):
            return f"{self._staging}/{LOOSE}/{os.getpid()}/{task.id}"
        return f"{self._staging}/{TREE}/{self.kinds[task.output.kind].turn:d}/{path}"

    def _stands(self, task: RenderTask, digest: bytes) -> bool:
        """Whether the output has the file already, though there is no record of it."""
        if not self._has_output:
            return False
        from generator.parse.parser import file_fingerprint

        file = self.options.output / task.output.path
        return file.is_file() and not file.is_symlink() and file_fingerprint(file) == digest

    def _new_folder(self, folder: str) -> None:
        """Make a folder and those that it lies in; asked again, `_make_folder` knows of it."""
        if folder == self._staging:
            open_staging(folder)
            return
        self._make_folder(os.path.dirname(folder))
        with suppress(FileExistsError):
            os.mkdir(folder)
