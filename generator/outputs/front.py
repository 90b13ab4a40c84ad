"""The front page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.output import SITE_SCOPE, Output, Scope, Turn
from generator.outputs.kind import NoParams, OutputKind, PlanContext
from generator.render.page_meta import site_page
from generator.render.renderer import Renderer


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose the front page."""
    yield Output("index.html", FRONT.name, SITE_SCOPE, NoParams(), "the front page")


def render(_: NoParams, renderer: Renderer) -> bytes:
    """Render the front page; its template queries everything that it shows."""
    site = renderer.site
    view = site_page(site, "front", "/", description=site.description)
    return renderer.page(["front.html"], view)


FRONT = OutputKind("front", ("site",), plan, NoParams, render, Turn.PAGE)
