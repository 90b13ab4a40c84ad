"""The schema of site.toml."""

from __future__ import annotations

from typing import get_args
from zoneinfo import available_timezones

from generator.config.checks import LEVELS, MOST_CHARACTERS
from generator.config.comments import CUSTOM, PROVIDERS, Setting
from generator.config.editor import EDITORS
from generator.config.loader import MOST_PER_PAGE, PER_PAGE
from generator.config.tables import FEED_ITEMS, FEEDS, MOST_FEED_ITEMS, POLICIES
from generator.model.rules import LONGEST_HEADLINE, SUMMARIES, Rule
from generator.model.site import MarkdownDialect, UnknownShortcodes
from generator.model.taxonomy import BUILT_IN
from generator.scaffold.schemas import values
from generator.scaffold.schemas.values import Schema, described

_TEXT = values.text(typed=True)
_NAME = values.text(required=True, typed=True)
_ADDRESS: Schema = {"type": "string", "pattern": r"^$|^/|://"}
_MARKUP_FLAGS = {
    "smart_quotes": "Straight quotes and hyphens become curly quotes and dashes.",
    "emoji": "`:tada:` becomes an emoji.",
    "mark": "`==new==` becomes highlighted.",
    "subscript": "`H~2~O` has a subscript.",
    "superscript": "`x^2^` has a superscript.",
    "wiki_links": "`[[file]]` becomes a link.",
    "math": "`$a^2$` becomes a formula.",
    "trusted_html": "Raw HTML in articles is not sanitized.",
}


def site_schema() -> Schema:
    """Return the schema of site.toml."""
    properties = {
        **_portal(),
        "sections": {"type": "array", "minItems": 1, "items": _section()},
        "taxonomies": {"type": "array", "items": _taxonomy()},
        "slugs": _slugs(),
        "publisher": _publisher(),
        "outputs": _outputs(),
        "markdown": _markdown(),
        "check": _check(),
        "editor": _editor(),
        "comments": _comments(),
        "extra": described({"type": "object"}, "Anything the portal needs."),
    }
    return {
        "$schema": values.DIALECT,
        "title": "The settings of a portal",
        **values.mapping(properties, ["title", "base_url", "sections"]),
    }


def _portal() -> dict[str, Schema]:
    source = values.mapping({"name": _NAME, "url": _TEXT}, ["name"])
    zone = {"anyOf": [{"enum": sorted(available_timezones())}, {"const": ""}], "default": "UTC"}
    language = {**values.language("en"), "type": "string"}
    per_page = values.whole(1, MOST_PER_PAGE, default=PER_PAGE, typed=True)
    return {
        "title": described(_NAME, "The portal's name."),
        "base_url": described(values.url(required=True), "Where the portal is."),
        "language": described(language, "A language tag such as en or fa."),
        "timezone": described(zone, "The time zone in which dates are read and shown."),
        "description": described(_TEXT, "For search engines and feeds."),
        "default_source": described(
            {"anyOf": [_TEXT, source]}, "The source of articles that name none."
        ),
        "permalink": {
            **described(_TEXT, "The address of an article."),
            "default": "/{section}/{news_id}/{slug}/",
        },
        "per_page": described(per_page, "Articles on one page of a listing."),
    }


def _section() -> Schema:
    return values.mapping(
        {
            "slug": described(_NAME, "The section's URL, and what articles write."),
            "title": described(_NAME, "The section's name."),
            "description": described(_TEXT, "For the section's page and feed."),
        },
        ["slug", "title"],
    )


def _taxonomy() -> Schema:
    word: Schema = {"type": "string", "pattern": "^ *[a-z][a-z0-9_]* *$"}
    singular: Schema = {"type": "string", "pattern": "^ *([a-z][a-z0-9_]*)? *$"}
    return values.mapping(
        {
            "key": described(word, "The front matter key, and the beginning of the URLs."),
            "title": described(_NAME, "The heading of the overview."),
            "singular": described(singular, "The argument of `latest`; the key if left out."),
        },
        ["key", "title"],
    )


def _slugs() -> Schema:
    chosen: Schema = {"type": "object", "additionalProperties": _NAME}
    built_in = {taxonomy.name: chosen for taxonomy in BUILT_IN}
    slugs: Schema = {"type": "object", "properties": built_in, "additionalProperties": chosen}
    return described(slugs, "Slugs of terms, where the one made from the name won't do.")


def _publisher() -> Schema:
    policies = {
        key: described(_ADDRESS, f"The URL or path of schema.org's {name}.")
        for key, name in POLICIES.items()
    }
    founded: Schema = {
        "anyOf": [
            {"type": "integer", "minimum": 1},
            {"type": "string", "pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"},
        ]
    }
    links: Schema = {"type": "array", "items": values.url(required=True)}
    publisher = values.mapping(
        {
            "name": described(_TEXT, "The organisation's name."),
            "logo": described(_TEXT, "A picture below content/media/."),
            "email": described({**values.email(), "type": "string"}, "How to reach it."),
            "founded": described(founded, "A year or date."),
            "links": described(links, "Its pages elsewhere."),
            **policies,
        }
    )
    return described(publisher, "Who is behind the portal.")


def _outputs() -> Schema:
    on = values.flag(default=True, typed=True)
    feeds: Schema = {"type": "array", "items": {"enum": list(FEEDS)}}
    items = values.whole(1, MOST_FEED_ITEMS, default=FEED_ITEMS, typed=True)
    outputs = values.mapping(
        {
            "short_links": described(on, "/n/NEWS_ID/, which redirects to the article."),
            "authors": described(on, "Pages of authors."),
            "sources": described(on, "Pages of sources."),
            "series": described(on, "Pages of series."),
            "archive": described(on, "The archive by date."),
            "feeds": described(feeds, "Which kinds of feed are built."),
            "feed_items": described(items, "Articles in one feed."),
        }
    )
    return described(outputs, "Kinds of page that a portal can do without.")


def _markdown() -> Schema:
    dialect = values.choice(get_args(MarkdownDialect), default="python-markdown", typed=True)
    unknown = values.choice(get_args(UnknownShortcodes), default="error", typed=True)
    off = values.flag(typed=True)
    markdown = values.mapping(
        {
            "dialect": described(dialect, "Which Markdown authors write."),
            **{key: described(off, what) for key, what in _MARKUP_FLAGS.items()},
            "unknown_shortcodes": described(
                unknown, "A shortcode that the theme does not have is an error, or left out."
            ),
        }
    )
    return described(markdown, "How Markdown is read.")


def _check() -> Schema:
    level = values.choice(LEVELS, default="warning", typed=True)
    longest = values.whole(1, MOST_CHARACTERS, default=LONGEST_HEADLINE, typed=True)
    rules = {str(rule): described(level, SUMMARIES[rule]) for rule in Rule}
    check = values.mapping(
        {**rules, "longest_headline": described(longest, "The most characters of a headline.")}
    )
    return described(check, "What `broadsheet check` reports.")


def _editor() -> Schema:
    name = {"anyOf": [values.choice(tuple(EDITORS), typed=True), {"const": ""}]}
    editor = values.mapping(
        {
            "name": described(name, "An editor that Broadsheet knows."),
            "url": described(_TEXT, "The form of an editor's links, with {file} and {line}."),
        }
    )
    return described(editor, "What `broadsheet serve` opens files with.")


def _comments() -> Schema:
    own = _provider(CUSTOM, {"template": _NAME, "settings": {"type": "object"}}, ["template"])
    providers = [
        _provider(
            name,
            {setting.key: _setting(setting) for setting in settings},
            [setting.key for setting in settings if setting.required],
        )
        for name, settings in PROVIDERS.items()
    ]
    return described({"anyOf": [*providers, own]}, "The comments widget.")


def _provider(name: str, keys: dict[str, Schema], required: list[str]) -> Schema:
    return values.mapping({"provider": {"const": name}, **keys}, ["provider", *required])


def _setting(setting: Setting) -> Schema:
    types: dict[str, Schema] = {
        "flag": {"type": "boolean"},
        "number": {"type": "integer", "minimum": int(setting.required)},
        "choice": {"enum": list(setting.choices)},
        "texts": {"anyOf": [{"type": "array", "items": _NAME}, {"type": "string"}]},
        "server": values.url(required=True),
    }
    schema = types.get(setting.type, _NAME if setting.required else _TEXT)
    return schema if setting.required else {**schema, "default": setting.default}
