"""All kinds of output, one module each.

To add a kind, write a module with an `OutputKind` and name it in `KINDS`; nothing else needs to
know about it.
"""

from typing import Any

from generator.outputs.archive import ARCHIVE
from generator.outputs.article import ARTICLE_PAGE
from generator.outputs.feeds.rss import RSS
from generator.outputs.files import ASSET, MEDIA_FILE, STATIC_FILE
from generator.outputs.front import FRONT
from generator.outputs.kind import OutputKind, PlanContext
from generator.outputs.listing import LISTING
from generator.outputs.marker import MARKER
from generator.outputs.news_sitemap import NEWS_SITEMAP
from generator.outputs.page import NOT_FOUND, STANDALONE
from generator.outputs.redirect import REDIRECT
from generator.outputs.robots import ROBOTS
from generator.outputs.sitemaps import SITEMAP, SITEMAP_INDEX
from generator.outputs.taxonomy_index import TERMS_PAGE

KINDS: tuple[OutputKind[Any], ...] = (
    ARTICLE_PAGE,
    FRONT,
    LISTING,
    TERMS_PAGE,
    ARCHIVE,
    STANDALONE,
    NOT_FOUND,
    RSS,
    SITEMAP,
    SITEMAP_INDEX,
    NEWS_SITEMAP,
    ROBOTS,
    REDIRECT,
    ASSET,
    MEDIA_FILE,
    STATIC_FILE,
    MARKER,
)

__all__ = ["KINDS", "OutputKind", "PlanContext"]
