"""Schemas of the front matter of articles, pages and authors' profiles."""

from __future__ import annotations

from typing import Any

from generator.model.site import Site
from generator.parse.front_matter.article import CORRECTION_KINDS, KINDS
from generator.parse.front_matter.page import HEAVIEST
from generator.scaffold.schemas import values
from generator.scaffold.schemas.names import KnownNames
from generator.scaffold.schemas.values import Schema, described

_NUMBER_DIGITS = 15


def article_schema(site: Site, known: KnownNames) -> Schema:
    """Return the schema of an article's front matter."""
    properties = {
        **_identity(site, known),
        **_grouping(site, known),
        **_presentation(site, known),
        **_time(),
        **_machines(),
        "extra": described(values.anything(), "Anything the portal needs."),
    }
    required = ["news_id", "title", "date"]
    if site.default_source is None:
        required.append("source")
    return _document("An article of " + site.title, properties, required)


def page_schema(site: Site) -> Schema:
    """Return the schema of the front matter of a page outside the news."""
    properties = {
        "title": described(values.text(required=True), "The headline."),
        "slug": described(values.text(), "In place of the last part of the URL."),
        "lang": described(values.language(site.language), "The language of the page."),
        "description": described(values.text(), "For search engines."),
        "seo_title": described(values.text(), "For search engines, in place of the title."),
        "image": _picture("The lead picture."),
        "layout": described(values.text(), "The template in place of page.html."),
        "aliases": _aliases(),
        "draft": described(values.flag(), "A draft is built only with --drafts."),
        "index": described(values.flag(default=True), "Whether search engines may index it."),
        "menu": described(values.flag(default=True), "Whether it is in the menu of pages."),
        "weight": described(
            values.whole(-HEAVIEST, HEAVIEST, default=0), "The order in the menu, lightest first."
        ),
        "extra": described(values.anything(), "Anything the portal needs."),
    }
    return _document("A page of " + site.title, properties, ["title"])


def author_schema(site: Site) -> Schema:
    """Return the schema of the front matter of an author's profile."""
    title = described(values.text(required=True), "Where the link leads.")
    link = values.mapping({"title": title, "url": values.url(required=True)}, ["title", "url"])
    links = {
        "anyOf": [
            {"type": "array", "items": {"anyOf": [values.url(required=True), link]}},
            {"type": "object", "additionalProperties": values.url(required=True)},
            values.NOTHING,
        ]
    }
    properties = {
        "name": described(values.text(required=True), "The author's name as shown."),
        "role": described(values.text(), "What the author does."),
        "email": described(values.email(), "Shown on the profile."),
        "links": described(links, "Where else the author is found."),
        "image": _picture("The author's picture."),
        "aliases": _aliases(),
        "extra": described(values.anything(), "Anything the portal needs."),
    }
    return _document("An author of " + site.title, properties, ["name"])


def _document(title: str, properties: dict[str, Schema], required: list[str]) -> Schema:
    return {
        "$schema": values.DIALECT,
        "title": title,
        **values.mapping(properties, required),
    }


def _identity(site: Site, known: KnownNames) -> dict[str, Schema]:
    source = values.mapping(
        {
            "name": described(values.name(known.of("sources")), "The source."),
            "url": described(values.url(), "The story at its source."),
        },
        ["name"],
    )
    either = {"anyOf": [*_branches(values.name(known.of("sources"))), source]}
    if site.default_source is not None:
        either = values.optional(either)
    return {
        "news_id": described(values.news_id(), "Unique in the portal, and never used again."),
        "title": described(values.text(required=True), "The headline."),
        "date": described(values.moment(required=True), "When the story was first published."),
        "source": described(either, "Where the story comes from."),
        "updated": described(values.moment(), "The last change that readers should know of."),
        "slug": described(values.text(), "The last part of the URL, in place of the title."),
        "lang": described(values.language(site.language), "The language of the story."),
    }


def _grouping(site: Site, known: KnownNames) -> dict[str, Schema]:
    sections = {
        "enum": [section.slug for section in site.sections],
        "enumDescriptions": [section.title for section in site.sections],
        "default": site.sections[0].slug,
    }
    own = {
        taxonomy.key: described(values.names(known.of(taxonomy.name)), taxonomy.title)
        for taxonomy in site.taxonomies
    }
    series = values.optional(values.name(known.of("series")))
    return {
        "section": described(values.optional(sections), "The part of the portal."),
        "kind": described(values.choice(KINDS, default="news"), "What kind of story it is."),
        "tags": described(values.names(known.of("tags")), "What the story is about."),
        "authors": described(
            values.names(known.of("authors")), "Names, or slugs of files in content/authors/."
        ),
        "series": described(series, "The series that the story is part of."),
        **own,
    }


def _presentation(site: Site, known: KnownNames) -> dict[str, Schema]:
    other = values.proposing(
        values.news_id(),
        [_as_written(news_id) for news_id, _ in known.articles],
        [title for _, title in known.articles],
    )
    return {
        "standfirst": described(values.text(), "The summary under the headline."),
        "kicker": described(values.text(), "The short line above the headline."),
        "byline": described(values.text(), "A line in place of the authors' names."),
        "dateline": described(values.text(), "Where the story was written."),
        "image": _picture("The lead picture."),
        "related": described(values.some(other), "News IDs of stories to show beside this one."),
        "translation_of": described(
            values.optional(other), "The News ID of the article that this one translates."
        ),
        "layout": described(values.text(), "The template in place of article.html."),
        "pinned": described(values.flag_until(), "At the top of its lists: always, or until then."),
        "breaking": described(values.flag_until(), "Breaking news: always, or until then."),
        "comments": described(values.flag(default=True), "Whether readers may comment."),
        "corrections": described(values.some(_correction()), "What was wrong in the story."),
        "retracted": described(_retraction(), "When and why the story was withdrawn."),
    }


def _time() -> dict[str, Schema]:
    return {
        "draft": described(values.flag(), "A draft is built only with --drafts."),
        "publish_at": described(values.moment(), "The embargo: no trace of the story until then."),
        "expires": described(values.moment(), "The story is gone from then on."),
    }


def _machines() -> dict[str, Schema]:
    return {
        "aliases": _aliases(),
        "feed": described(values.flag(default=True), "Whether the story is in feeds."),
        "index": described(values.flag(default=True), "Whether search engines may index it."),
        "canonical": described(values.url(), "Where the story was first published, if elsewhere."),
        "description": described(values.text(), "For search engines, in place of the summary."),
        "seo_title": described(values.text(), "For search engines, in place of the headline."),
    }


def _correction() -> Schema:
    kind = values.choice(CORRECTION_KINDS, default="correction")
    return values.mapping(
        {
            "date": described(values.moment(required=True), "When it was corrected."),
            "text": described(values.text(required=True), "What was wrong, and what is right."),
            "kind": described(kind, "What kind of correction it is."),
        },
        ["date", "text"],
    )


def _retraction() -> Schema:
    retraction = values.mapping(
        {
            "date": described(values.moment(required=True), "When it was withdrawn."),
            "reason": described(values.text(required=True), "Why."),
        },
        ["date", "reason"],
    )
    return {"anyOf": [retraction, {"type": "null"}]}


def _picture(what: str) -> Schema:
    file = values.text(required=True)
    parts = values.mapping(
        {
            "src": described(file, "A file beside the text, or one below content/media/."),
            "alt": described(values.text(), "What it shows, for those who do not see it."),
            "caption": described(values.text(), "Shown below the picture."),
            "credit": described(values.text(), "Who made the picture."),
        },
        ["src"],
    )
    return described({"anyOf": [file, parts, values.NOTHING]}, what)


def _aliases() -> Schema:
    return described(values.some(values.text(required=True)), "Old addresses that redirect here.")


def _branches(schema: Schema) -> list[Any]:
    """Return the choices of a schema."""
    return list(schema.get("anyOf", [schema]))


def _as_written(news_id: str) -> int | str:
    """Return a News ID as an editor sees it: a number, unless it would lose a digit as one."""
    plain = news_id.isdecimal() and news_id.isascii() and not news_id.startswith("0")
    return int(news_id) if plain and len(news_id) <= _NUMBER_DIGITS else news_id
