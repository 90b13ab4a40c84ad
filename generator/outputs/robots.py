"""robots.txt, which leads crawlers to the sitemaps (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.output import SITE_SCOPE, Output, Scope, Turn
from generator.model.paths import STATIC
from generator.outputs.kind import NoParams, OutputKind, PlanContext
from generator.render.renderer import Renderer

_NAME = "robots.txt"


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose one file, unless the portal has its own."""
    if context.catalogue.file(f"{STATIC}/{_NAME}") is None:
        yield Output(_NAME, ROBOTS.name, SITE_SCOPE, NoParams(), _NAME)


def render(_: NoParams, renderer: Renderer) -> bytes:
    """Render a file that allows everything and names the sitemaps."""
    named = (renderer.site.url(f"/{name}") for name in ("sitemap.xml", "sitemap-news.xml"))
    lines = ["User-agent: *", "Allow: /", "", *(f"Sitemap: {url}" for url in named), ""]
    return "\n".join(lines).encode()


ROBOTS = OutputKind("robots", ("site",), plan, NoParams, render, Turn.SITEMAP)
