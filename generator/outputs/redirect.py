"""Redirect pages: short links, and the old URLs that articles name as aliases.

On any static host, a script that replaces the location and, without scripts, a refresh after
0 seconds are redirects that search engines follow
(https://developers.google.com/search/docs/crawling-indexing/301-redirects). Only the script keeps
the fragment, so the refresh must not run beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.output import Output, Scope, Turn
from generator.model.paths import short_path
from generator.model.permalink import output_path
from generator.outputs.kind import OutputKind, PlanContext
from generator.render.page_meta import site_page
from generator.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class RedirectParams:
    """The site path that a redirect leads to."""

    target: str


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose a short link for every live article, and a redirect for every alias."""
    only = scope and scope.key
    if context.site.outputs.short_links:
        for source in context.catalogue.articles(only):
            yield _redirect(short_path(source.news_id), source.permalink, source.path)
    for alias, permalink, owner in context.catalogue.aliases(only):
        if output_path(alias) != output_path(permalink):
            yield _redirect(alias, permalink, owner)


def _redirect(path: str, target: str, owner: str) -> Output:
    scope = Scope.source(owner)
    return Output(output_path(path), REDIRECT.name, scope, RedirectParams(target), owner)


def render(params: RedirectParams, renderer: Renderer) -> bytes:
    """Render a page that redirects at once, with a link for browsers that do not follow it."""
    site, target = renderer.site, params.target
    return renderer.page(
        ["redirect.html"],
        site_page(site, "redirect", target),
        target=site.url(target),
        target_href=site.href(target),
    )


REDIRECT = OutputKind("redirect", ("source",), plan, RedirectParams, render, Turn.REDIRECT)
