"""The tasks that workers are given, and the context in which each worker runs them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from generator.index.connection import open_for_reading, read_lock
from generator.model.output import Output
from generator.model.site import Site
from generator.model.source import SourceFile
from generator.pipeline.options import BuildOptions
from generator.pipeline.state import derived_folder, index_path
from generator.write.stager import Stager

if TYPE_CHECKING:
    from generator.outputs import OutputKind
    from generator.parse.parser import SourceReader
    from generator.render.renderer import Renderer


@dataclass(frozen=True)
class ParseTask:
    """A source to read; `known` is the digest of its bytes, None if it must be parsed anyway.

    `new` says that the index does not have it.
    """

    source: SourceFile
    known: bytes | None
    new: bool = False


@dataclass(frozen=True)
class RenderTask:
    """An output to render; `known` is the digest of the published file, if there is one."""

    id: int
    output: Output
    known: bytes | None


class WorkerContext:
    """What a worker needs, each part created when first used.

    It is built from values that can be pickled.
    """

    def __init__(self, site: Site, options: BuildOptions, stager: Stager) -> None:
        self.site = site
        self.options = options
        self.stager = stager

    @cached_property
    def reader(self) -> SourceReader:
        """The reader of sources."""
        from generator.parse.parser import SourceReader

        root = self.options.root

        def shortcodes() -> frozenset[str]:
            from generator.theme.theme import Theme

            return Theme.of(root).shortcodes()

        checking = self.options.checking
        return SourceReader(root, self.site, checking=checking, shortcodes=shortcodes)

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer of pages."""
        from generator.index.recorder import Recorder
        from generator.render.renderer import Renderer
        from generator.theme.theme import Theme

        recorder = Recorder(self._connection)
        derived = derived_folder(self.options.state_folder)
        return Renderer(self.site, Theme.of(self.options.root), recorder, derived)

    @cached_property
    def kinds(self) -> dict[str, OutputKind[Any]]:
        """The kinds of output by name."""
        from generator.outputs import KINDS

        return {kind.name: kind for kind in KINDS}

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        return open_for_reading(index_path(self.options.state_folder))

    @contextmanager
    def index_held(self) -> Iterator[None]:
        """Lock the index once for the block, and not for each query."""
        with read_lock(self._connection):
            yield

    def close(self) -> None:
        """Close the index."""
        if "_connection" in self.__dict__:
            self._connection.close()


def context_factory(site: Site, options: BuildOptions) -> Callable[[], WorkerContext]:
    """Return a function that builds the context in a worker, and can be sent to it."""
    trusted = site.markdown.trusted_html
    stager = Stager(options.staging, options.output, options.root, trusted)
    return partial(WorkerContext, site, options, stager)
