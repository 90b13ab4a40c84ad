"""The file that marks an output folder as Broadsheet's, in case its record is lost.

Its bytes never change. Each build that publishes something sets its time, so that files which were
added or edited since then are newer.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.output import SITE_SCOPE, Output, Scope, Turn
from generator.outputs.kind import NoParams, OutputKind, PlanContext
from generator.render.renderer import Renderer
from generator.write.ownership import MARKER_LINE, MARKER_NAME

_MORE = b"Keep this file: without it, the next build may refuse to replace them.\n"


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose one file at the top of the output folder."""
    yield Output(MARKER_NAME, MARKER.name, SITE_SCOPE, NoParams(), MARKER_NAME)


def render(_: NoParams, renderer: Renderer) -> bytes:
    """Return two lines for people who find the file."""
    return MARKER_LINE + _MORE


MARKER = OutputKind("marker", ("site",), plan, NoParams, render, Turn.MARKER)
