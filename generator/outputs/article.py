"""The pages of articles, and the notices that replace retracted ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.queries.articles import ARTICLE
from generator.model.article import Article
from generator.model.output import Output, Scope, Turn
from generator.model.permalink import output_path
from generator.outputs.kind import OutputKind, PlanContext
from generator.render.errors import no_layout
from generator.render.page_meta import article_page
from generator.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class ArticleParams:
    """The article that a page is of."""

    news_id: str


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose a page for every live article."""
    count = context.catalogue.count("site", "")
    for place, source in enumerate(context.catalogue.articles(scope and scope.key), 1):
        yield Output(
            output_path(source.permalink),
            ARTICLE_PAGE.name,
            Scope.source(source.path),
            ArticleParams(source.news_id),
            source.path,
            place / count,
        )


def render(params: ArticleParams, renderer: Renderer) -> bytes:
    """Render the story, or the notice of its retraction."""
    article = renderer.recorder.ask(ARTICLE, news_id=params.news_id)
    if article is None:
        raise LookupError(f"no live article {params.news_id}")
    return renderer.page(
        _templates(article, renderer), article_page(renderer.site, article), article=article
    )


def _templates(article: Article, renderer: Renderer) -> list[str]:
    if article.retraction:
        return ["retracted.html"]
    if article.layout and not renderer.has(article.layout):
        raise no_layout(article.path, article.layout, renderer.theme)
    return [article.layout or "article.html"]


ARTICLE_PAGE = OutputKind("article", ("source",), plan, ArticleParams, render, Turn.STORY)
