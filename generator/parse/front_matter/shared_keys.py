"""Keys that mean the same wherever they stand: in articles, pages and authors' profiles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from generator.model.article import ImageSource
from generator.model.permalink import (
    component_error,
    normalize_path,
    output_path,
    path_error,
    slug_error,
    slugify,
)
from generator.validation.fields import Fields, fields_of
from generator.validation.messages import described
from generator.validation.values import Value

# What other generators call some keys.
SYNONYMS: Final[Mapping[str, str]] = {
    "id": "news_id",
    "headline": "title",
    "published": "date",
    "pubdate": "date",
    "lastmod": "updated",
    "modified": "updated",
    "summary": "standfirst",
    "excerpt": "standfirst",
    "subtitle": "standfirst",
    "deck": "standfirst",
    "category": "section",
    "categories": "section",
    "keywords": "tags",
    "language": "lang",
    "cover": "image",
    "picture": "image",
    "featured_image": "image",
    "thumbnail": "image",
    "type": "kind",
    "template": "layout",
    "permalink": "slug",
    "publishdate": "publish_at",
    "expirydate": "expires",
    "redirect_from": "aliases",
    "canonical_url": "canonical",
}

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_TEMPLATE = re.compile(r"(?!.*\.\.)[^\s/\\:]+(?:/[^\s/\\:]+)*\.html")


def slug_of(fields: Fields, made_from: str, lang: str) -> str:
    """The slug as given, or made from the title; empty after reporting that there can be none."""
    value = fields.given("slug")
    if value is not None:
        slug = value.filled() or ""
        if slug and (error := slug_error(slug)):
            value.error(error)
        return slug
    slug = slugify(made_from, lang)
    if made_from and not slug:
        message = "'title' has no letter or digit to make a slug from"
        fields.error("title", message, "add a 'slug'")
    elif slug and (error := component_error(slug)):
        fields.error("title", f"the slug made from 'title' {error}", "add another 'slug'")
    return slug


def picture_of(fields: Fields) -> ImageSource | None:
    """Return the lead picture: a path, or a mapping of `src`, `alt`, `caption` and `credit`."""
    value = fields.given("image")
    if value is None:
        return None
    if isinstance(value.raw, str):
        src = _file(value)
        return ImageSource(src) if src else None
    inner = fields_of(value, "a path, or a mapping of 'src', 'alt', 'caption' and 'credit'")
    if inner is None:
        return None
    src_value = inner.value("src", required=True)
    src = _file(src_value) if src_value else ""
    picture = ImageSource(src, inner.text("alt"), inner.text("caption"), inner.text("credit"))
    inner.finish()
    return picture


def _file(value: Value) -> str:
    path = value.filled() or ""
    if _SCHEME.match(path):
        value.expected("a file of the portal's own", "put it beside the text or in content/media/")
    elif "\\" in path:
        value.error(f"has a backslash: {described(path)}", "write '/' between folders")
    return path


def aliases_of(fields: Fields) -> tuple[str, ...]:
    """Old site paths that redirect here, decoded and composed, each of them once."""
    found: dict[str, str] = {}
    for item in fields.items("aliases"):
        path = _site_path(item)
        if path:
            found.setdefault(output_path(path), path)
    return tuple(found.values())


def _site_path(value: Value) -> str:
    text = value.filled()
    if text is None:
        return ""
    try:
        path = normalize_path(unquote(text, errors="strict"))
    except UnicodeDecodeError:
        value.expected("a path whose %-codes are UTF-8")
        return ""
    if error := path_error(path):
        value.error(f"{error}: {described(text)}")
        return ""
    return path


def layout_of(fields: Fields) -> str:
    """Return the name of a template below the portal's or the theme's `templates/`."""
    value = fields.given("layout")
    if value is None:
        return ""
    name = value.filled()
    if name and not _TEMPLATE.fullmatch(name):
        value.expected("the name of a template such as 'longread.html'")
    return name or ""
