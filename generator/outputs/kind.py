"""What a kind of output is: a plan of the files that a portal should have, and how to make one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from generator.index.catalogue import Catalogue
from generator.model.output import Content, Output, Scope
from generator.model.site import Site
from generator.render.renderer import Renderer
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What planning may look at."""

    site: Site
    catalogue: Catalogue
    theme: Theme


class Turn(IntEnum):
    """When files of a kind are moved into the output folder: after the files that they link to.

    New files come first, turn by turn, then files that replace others. Files that the site no
    longer has are removed last, in reverse.
    """

    MARKER = 0
    RESOURCE = 1
    STORY = 2
    REDIRECT = 3
    PAGE = 4
    FEED = 5
    SITEMAP = 6


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
