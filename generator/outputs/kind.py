"""Defines what a kind of output is: a plan of files, and how to render one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from generator.index.catalogue import Catalogue
from generator.model.output import Content, Output, Scope, Turn
from generator.model.site import Site
from generator.render.renderer import Renderer
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What planning may read."""

    site: Site
    catalogue: Catalogue
    theme: Theme


P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class NoParams:
    """The params of a kind of which the portal has one output."""


@dataclass(frozen=True, slots=True)
class OutputKind(Generic[P]):
    """One kind of file.

    `plan` proposes all outputs, or those of one scope; it is called only for scopes of its `parts`.
    `render` is a pure function of an output's params and of what it reads. `params` is the frozen
    dataclass of the params; the index stores them as JSON. `turn` says when files of this kind are
    moved into the output folder.
    """

    name: str
    parts: tuple[str, ...]
    plan: Callable[[PlanContext, Scope | None], Iterator[Output]]
    params: type[P]
    render: Callable[[P, Renderer], Content]
    turn: Turn

    def make(self, output: Output, renderer: Renderer) -> Content:
        """Return the content of an output. Raises what `render` raises."""
        return self.render(msgspec.convert(output.params, self.params), renderer)
