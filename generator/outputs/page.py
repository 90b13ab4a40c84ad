"""Standalone pages, and the page that hosts show for unknown addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.queries.documents import PAGE
from generator.model.output import SITE_SCOPE, Output, Scope, Turn
from generator.model.permalink import output_path
from generator.outputs.kind import NoParams, OutputKind, PlanContext
from generator.render.errors import no_layout
from generator.render.page_meta import site_page, standalone_page
from generator.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class PageParams:
    """The source of a standalone page."""

    path: str


def plan_pages(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose a page for every file in content/pages/."""
    for source in context.catalogue.pages(scope and scope.key):
        yield Output(
            output_path(source.permalink),
            STANDALONE.name,
            Scope.source(source.path),
            PageParams(source.path),
            source.path,
        )


def render_page(params: PageParams, renderer: Renderer) -> bytes:
    """Render a standalone page."""
    document = renderer.recorder.ask(PAGE, path=params.path)
    if document is None:
        raise LookupError(f"no page {params.path}")
    if document.layout and not renderer.has(document.layout):
        raise no_layout(document.path, document.layout, renderer.theme)
    view = standalone_page(renderer.site, document)
    return renderer.page([document.layout or "page.html"], view, document=document)


def plan_not_found(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose one 404.html at the root, where static hosts expect it."""
    yield Output(
        "404.html", NOT_FOUND.name, SITE_SCOPE, NoParams(), "the page for what is not found"
    )


def render_not_found(_: NoParams, renderer: Renderer) -> bytes:
    """Render the page for unknown addresses."""
    return renderer.page(["404.html"], site_page(renderer.site, "404", "/404.html"))


STANDALONE = OutputKind("page", ("source",), plan_pages, PageParams, render_page, Turn.PAGE)
NOT_FOUND = OutputKind("404", ("site",), plan_not_found, NoParams, render_not_found, Turn.PAGE)
