"""Comments widgets as the default theme makes them, for an article given in a few words."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from generator.config.comments import read_comments
from generator.errors import Problems
from generator.model.article import Card
from generator.model.site import Comments, Section, Site
from generator.model.taxonomy import SourceCredit
from generator.model.timestamp import Timestamp
from generator.render.comments import thread
from generator.render.environment import ThemeEnvironment
from generator.theme.theme import Theme, default_theme
from generator.validation import Fields, SourceContext

REQUIRED = {
    "isso": 'url = "https://comments.example/"',
    "giscus": 'repo = "o/r"\nrepo_id = "R_1"\ncategory = "News"\ncategory_id = "DIC_1"',
    "utterances": 'repo = "o/r"',
    "disqus": 'shortname = "courier"',
    "remark42": 'url = "https://comments.example/"',
    "cusdis": 'app_id = "a-1"',
    "comentario": 'url = "https://comments.example/"',
    "hyvor-talk": "website_id = 42",
}
"""What each provider needs at least, as TOML."""


def make_comments(provider: str, more: str = "") -> Comments:
    """The settings of a provider, read from TOML as from a portal's site.toml."""
    text = f'provider = "{provider}"\n{REQUIRED.get(provider, "")}\n{more}'
    problems = Problems()
    fields = Fields(tomllib.loads(text), SourceContext("site.toml", problems), ("comments",))
    comments = read_comments(fields)
    assert comments is not None, problems.errors
    assert not problems.errors
    return comments


def with_settings(comments: Comments, **changed: object) -> Comments:
    """The same provider with some settings changed."""
    return Comments(comments.provider, {**comments.settings, **changed})


def make_site(base_url: str = "https://news.example") -> Site:
    """A portal with one section."""
    return Site(title="The Courier", base_url=base_url, sections=(Section("world", "World"),))


def make_card(  # noqa: PLR0913 - the parts of an article that a thread might depend on
    site: Site,
    news_id: str = "7519",
    *,
    title: str = "The harbour opens",
    slug: str = "the-harbour-opens",
    section: str = "world",
    lang: str = "en",
    direction: str = "ltr",
) -> Card:
    """An article's card, with URLs as the portal would give it."""
    return Card(
        news_id=news_id,
        title=title,
        url=site.url(f"/{section}/{news_id}/{slug}/"),
        short_url=site.url(f"/n/{news_id}/"),
        date=Timestamp(datetime(2024, 1, 20, tzinfo=UTC), has_time=False),
        section=section,
        source=SourceCredit("FARSNEWS", "", "farsnews"),
        lang=lang,
        dir=direction,
    )


def render_widget(comments: Comments, card: Card, site: Site, root: Path | None = None) -> str:
    """The widget under an article, by the default theme or that of the portal at `root`."""
    template = _environment(root).get_template(f"comments/{comments.provider}.html")
    return template.render(
        site=site,
        asset=lambda name: site.href(f"/assets/{name}"),
        t=lambda key, **values: " ".join((key, *map(str, values.values()))),
        thread=thread(card, site),
        settings=comments.settings,
    )


@cache
def _environment(root: Path | None) -> ThemeEnvironment:
    theme = Theme.of(root) if root else Theme((default_theme(),))
    return ThemeEnvironment(theme, lambda name, files: None)
