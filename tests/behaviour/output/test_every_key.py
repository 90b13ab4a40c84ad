"""No key is accepted and then ignored: another value of any key gives another site.

The keys are those that the readers ask for, so a new key without an entry here fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from generator.config.comments import PROVIDERS, Setting
from generator.model.rules import Rule
from tests.support.comments import make_card, make_comments, make_site, render_widget, with_settings
from tests.support.fixtures import picture
from tests.support.keys import article_keys, author_keys, page_keys, site_keys
from tests.support.portal import Portal, story

Tree = dict[str, bytes]

SITE = """\
title = "The Courier"
base_url = "https://news.example"
default_source = "The Courier"
per_page = 30

[[sections]]
slug = "world"
title = "World"

[[sections]]
slug = "culture"
title = "Culture"

[[taxonomies]]
key = "people"
title = "People"

[slugs]

[publisher]

[outputs]

[markdown]
unknown_shortcodes = "drop"

[comments]
provider = "isso"
url = "https://comments.example/"

[extra]
"""

SITE_CHANGES = {
    "title": 'title = "The New Courier"',
    "base_url": 'base_url = "https://new.example"',
    "language": 'language = "de"',
    "timezone": 'timezone = "Asia/Tehran"',
    "description": 'description = "Every day."',
    "default_source": 'default_source = "Staff"',
    "permalink": 'permalink = "/{year}/{news_id}/"',
    "per_page": "per_page = 1",
    "extra": 'favicon = "/favicon.svg"',
    "sections.slug": 'slug = "planet"',
    "sections.title": 'title = "The world"',
    "sections.description": 'description = "Between and within countries."',
    # A second one, as articles name people.
    "taxonomies.key": '''key = "places"
title = "Places"

[[taxonomies]]
key = "people"''',
    "taxonomies.title": 'title = "Persons"',
    "taxonomies.singular": 'singular = "person"',
    "slugs.tags": 'tags = {"Iran" = "persia"}',
    "slugs.sources": 'sources = {"The Courier" = "our-own"}',
    "slugs.series": 'series = {"Water" = "rivers"}',
    "slugs.authors": 'authors = {"Omar Haddad" = "omar"}',
    "publisher.name": 'name = "Courier Media"',
    "publisher.logo": 'logo = "hill.png"',
    "publisher.email": 'email = "desk@news.example"',
    "publisher.founded": "founded = 1978",
    "publisher.links": 'links = ["https://social.example/@courier"]',
    "publisher.masthead": 'masthead = "/about/"',
    "publisher.corrections_policy": 'corrections_policy = "/about/"',
    "publisher.ethics_policy": 'ethics_policy = "/about/"',
    "publisher.unnamed_sources_policy": 'unnamed_sources_policy = "/about/"',
    "publisher.verification_policy": 'verification_policy = "/about/"',
    "publisher.feedback_policy": 'feedback_policy = "/about/"',
    "publisher.diversity_policy": 'diversity_policy = "/about/"',
    "publisher.ownership": 'ownership = "/about/"',
    "publisher.publishing_principles": 'publishing_principles = "/about/"',
    "outputs.short_links": "short_links = false",
    "outputs.authors": "authors = false",
    "outputs.sources": "sources = false",
    "outputs.series": "series = false",
    "outputs.archive": "archive = false",
    "outputs.feeds": "feeds = []",
    "outputs.feed_items": "feed_items = 1",
    "markdown.dialect": 'dialect = "commonmark"',
    "markdown.smart_quotes": "smart_quotes = true",
    "markdown.emoji": "emoji = true",
    "markdown.mark": "mark = true",
    "markdown.subscript": "subscript = true",
    "markdown.superscript": "superscript = true",
    "markdown.math": "math = true",
    "markdown.wiki_links": "wiki_links = true",
    "markdown.trusted_html": "trusted_html = true",
    "markdown.unknown_shortcodes": 'unknown_shortcodes = "text"',
    "comments.provider": 'provider = "remark42"',
}
"""A line for each key, which takes the place of the one in `SITE` or is added to its table."""

OF_THE_SERVER = {"editor.name", "editor.url"}
"""Keys that change nothing of the site: `tests/behaviour/serve` has their tests."""
OF_CHECK = {"check.longest_headline", *(f"check.{rule}" for rule in Rule)}
"""Keys that change nothing of the site: `test_check_style.py` has their tests."""

ARTICLE_CHANGES = {
    "news_id": "news_id: 77",
    "title": "title: A new headline",
    "date": "date: 2024-01-17",
    "source": "source: FARSNEWS",
    "source.name": "source: {name: IRNA}",
    "source.url": "source: {name: FARSNEWS, url: https://source.example/}",
    "updated": "updated: 2024-01-21",
    "standfirst": "standfirst: In short.",
    "section": "section: culture",
    "tags": "tags: [Iran, Pakistan]",
    "authors": "authors: [Omar Haddad]",
    "byline": "byline: From our staff",
    "dateline": "dateline: TEHRAN",
    "kicker": "kicker: Diplomacy",
    "series": "series: Water",
    "image": "image: hill.png",
    "image.src": "image: {src: valley.png}",
    "image.alt": "image: {src: hill.png, alt: A hill}",
    "image.caption": "image: {src: hill.png, caption: The hill.}",
    "image.credit": "image: {src: hill.png, credit: Nour}",
    "kind": "kind: opinion",
    "slug": "slug: another",
    "lang": "lang: fa",
    "translation_of": "translation_of: 2",
    "related": "related: [3]",
    "pinned": "pinned: true",
    "breaking": "breaking: true",
    "draft": "draft: true",
    "publish_at": "publish_at: 2024-03-01",
    "expires": "expires: 2024-01-31",
    "corrections": "corrections: [{date: 2024-01-22, text: The sum.}]",
    "corrections.date": "corrections: [{date: 2024-01-23, text: The sum.}]",
    "corrections.text": "corrections: [{date: 2024-01-22, text: The place.}]",
    "corrections.kind": "corrections: [{date: 2024-01-22, text: The sum., kind: update}]",
    "retracted": "retracted: {date: 2024-01-25, reason: It was invented.}",
    "retracted.date": "retracted: {date: 2024-01-26, reason: It was invented.}",
    "retracted.reason": "retracted: {date: 2024-01-25, reason: It was a joke.}",
    "aliases": "aliases: [/old/]",
    "comments": "comments: false",
    "feed": "feed: false",
    "index": "index: false",
    "canonical": "canonical: https://first.example/",
    "description": "description: For search engines.",
    "seo_title": "seo_title: For search engines",
    "layout": "layout: longread.html",
    "extra": "extra: {motto: Second}",
}

PAGE_CHANGES = {
    "title": "title: Who we are",
    "slug": "slug: us",
    "lang": "lang: fa",
    "description": "description: For search engines.",
    "seo_title": "seo_title: For search engines",
    "image": "image: hill.png",
    "layout": "layout: longread.html",
    "aliases": "aliases: [/old/]",
    "draft": "draft: true",
    "index": "index: false",
    "menu": "menu: false",
    "weight": "weight: 9",
    "extra": "extra: {motto: Second}",
}

AUTHOR_CHANGES = {
    "name": "name: L. Karimi",
    "role": "role: Editor",
    "email": "email: leila@news.example",
    "links": "links: [https://social.example/@leila]",
    "image": "image: hill.png",
    "aliases": "aliases: [/old/]",
    "extra": "extra: {motto: Second}",
}

OTHER_VALUES: Mapping[str, object] = {
    "text": "other",
    "server": "https://other.example",
    "url": "https://other.example/style.css",
    "path": "/daily",
    "language": "de",
    "number": 77,
    "texts": ("ab", "cd"),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """A portal in which every key has something to act on."""
    portal = Portal(tmp_path_factory.mktemp("keys") / "portal")
    text = 'He said "no" -- twice. <b onclick="x()">Loud.</b> {{< unknown >}}\n- a list\n\n'
    text += "==New==: H~2~O, x^2^ :tada: [[2]] $y$"
    labels = "series: Water\ntags: [Iran]\npeople: [Ada]\nauthors: [Omar Haddad]"
    motto = '{%% block body_end %%}<p>{{ %s.extra.get("motto") }}</p>{%% endblock %%}'
    portal.write(
        {
            "site.toml": SITE,
            "content/media/hill.png": picture(),
            "content/media/valley.png": picture(),
            "content/pages/contact.md": "---\ntitle: Contact\n---\n",
            "templates/article.html": '{% extends "!article.html" %}' + motto % "article",
            "templates/page.html": '{% extends "!page.html" %}' + motto % "document",
            "templates/author.html": '{% extends "!author.html" %}'
            + motto % "(listing.profile or site)",
            "templates/longread.html": "Long.",
        }
    )
    for path, front in DOCUMENTS.items():
        portal.write({path: _document(front)})
    portal.stories(*(story(number, labels, body=text) for number in (2, 3)))
    return portal


DOCUMENTS = {
    "content/articles/1.md": {
        "news_id": "news_id: 1",
        "title": "title: A headline",
        "date": "date: 2024-01-20",
        "authors": "authors: [leila]",
    },
    "content/pages/about.md": {"title": "title: About"},
    "content/authors/leila.md": {"name": "name: Leila Karimi"},
}
"""The front matter of each file that is changed, by key."""


def _document(front: Mapping[str, str]) -> str:
    return "\n".join(["---", *front.values(), "---", "", "The text.", ""])


@pytest.fixture(scope="module")
def unchanged(portal: Portal) -> dict[str, bytes]:
    """What the portal gives before any change."""
    return _tree(portal)


def _tree(portal: Portal, path: str = "", text: str = "") -> dict[str, bytes]:
    """The output with another text in one source; the source is then as before."""
    before = (portal.root / path).read_text("utf-8") if path else ""
    if path:
        portal.write({path: text})
    done = portal.build()
    if path:
        portal.write({path: before})
    assert done.code == 0, done.stderr
    return portal.tree()


def _front_matter_is_used(
    portal: Portal, unchanged: Tree, path: str, changes: Mapping[str, str], key: str
) -> None:
    """A key in a mapping is compared with the same mapping without it."""

    def changed(line: str) -> Tree:
        return _tree(portal, path, _document(DOCUMENTS[path] | {line.partition(":")[0]: line}))

    table, dot, _ = key.partition(".")
    before = changed(changes[table]) if dot else unchanged
    assert changed(changes[key]) != before


def _dotted(keys: Mapping[str, set[str]]) -> set[str]:
    """All keys but the names of the tables, whose own keys are `table.key`."""
    return {f"{table}.{key}".lstrip(".") for table in keys for key in keys[table]} - set(keys)


def test_every_key_has_a_change_to_try() -> None:
    front_matter = article_keys()
    assert set(ARTICLE_CHANGES) == _dotted(front_matter) | set(front_matter) - {""}
    assert set(PAGE_CHANGES) == page_keys()
    assert set(AUTHOR_CHANGES) == author_keys()
    assert set(SITE_CHANGES) | OF_THE_SERVER | OF_CHECK == _dotted(site_keys())


@pytest.mark.parametrize("key", ARTICLE_CHANGES)
def test_every_key_of_an_article_changes_the_site(
    portal: Portal, unchanged: Tree, key: str
) -> None:
    _front_matter_is_used(portal, unchanged, "content/articles/1.md", ARTICLE_CHANGES, key)


@pytest.mark.parametrize("key", PAGE_CHANGES)
def test_every_key_of_a_page_changes_the_site(portal: Portal, unchanged: Tree, key: str) -> None:
    _front_matter_is_used(portal, unchanged, "content/pages/about.md", PAGE_CHANGES, key)


@pytest.mark.parametrize("key", AUTHOR_CHANGES)
def test_every_key_of_an_author_changes_the_site(portal: Portal, unchanged: Tree, key: str) -> None:
    _front_matter_is_used(portal, unchanged, "content/authors/leila.md", AUTHOR_CHANGES, key)


@pytest.mark.parametrize("key", SITE_CHANGES)
def test_every_key_of_site_toml_changes_the_site(portal: Portal, unchanged: Tree, key: str) -> None:
    line = SITE_CHANGES[key]
    table = "extra" if key == "extra" else key.rpartition(".")[0]
    changed = _with_line(line, table)
    assert _tree(portal, "site.toml", changed) != unchanged


@pytest.mark.parametrize("key", SITE_CHANGES)
def test_a_changed_key_of_site_toml_gives_what_a_clean_build_gives(
    portal: Portal, unchanged: Tree, key: str
) -> None:
    """Whatever read the key is rendered again, however it read it."""
    assert _tree(portal) == unchanged
    table = "extra" if key == "extra" else key.rpartition(".")[0]
    portal.write({"site.toml": _with_line(SITE_CHANGES[key], table)})
    try:
        assert portal.build().code == 0
        incremental = portal.tree()
        assert portal.build("--clean").code == 0
        assert portal.tree() == incremental
    finally:
        portal.write({"site.toml": SITE})


def _with_line(line: str, table: str) -> str:
    """`SITE` with a line in a table in the place of the line with its key, if there is one."""
    tables = re.split(r"^(?=\[)", SITE, flags=re.MULTILINE)
    at = next(i for i, text in enumerate(tables) if not table or f"[{table}]" in text)
    key = line.partition(" ")[0]
    kept = [each for each in tables[at].splitlines() if not each.startswith(f"{key} ")]
    tables[at] = "\n".join([kept[0], line, *kept[1:], "", ""] if table else [line, *kept, "", ""])
    return "".join(tables)


@pytest.mark.parametrize(
    ("provider", "setting"),
    [(name, setting) for name, settings in PROVIDERS.items() for setting in settings],
    ids=lambda value: value if isinstance(value, str) else value.key,
)
def test_every_setting_of_a_provider_changes_its_widget(provider: str, setting: Setting) -> None:
    site = make_site()
    card = make_card(site)
    comments = make_comments(provider)
    changed = with_settings(comments, **{setting.key: _other(setting)})
    assert render_widget(comments, card, site) != render_widget(changed, card, site)


def _other(setting: Setting) -> object:
    """A value that is not the default."""
    if setting.type == "flag":
        return not setting.default
    if setting.type == "choice":
        return next(choice for choice in setting.choices if choice != setting.default)
    return OTHER_VALUES[setting.type]
