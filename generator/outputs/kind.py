"""What a kind of output is: a plan of the files that a portal should have, and how to make one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.index.catalogue import Catalogue
from generator.model.output import Content, Output, Scope, Turn
from generator.model.site import Site
from generator.render.renderer import Renderer
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What planning may look at."""

    site: Site
    catalogue: Catalogue
    theme: Theme


@dataclass(frozen=True, slots=True)
class OutputKind:
    """One kind of file.

    `plan` gives all outputs, or those of one scope; it is asked only for scopes of its `parts`.
    `render` is a pure function of an output's params and of its reads. `turn` is when its files
    are moved into the output folder.
    """

    name: str
    parts: tuple[str, ...]
    plan: Callable[[PlanContext, Scope | None], Iterator[Output]]
    render: Callable[[Output, Renderer], Content]
    turn: Turn
