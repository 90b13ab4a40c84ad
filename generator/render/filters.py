"""Jinja filters: pure functions of a value, the site and the page's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import msgspec
from markupsafe import Markup, escape

from generator.model.article import Card, Picture
from generator.model.moment import Moment, moment_from
from generator.model.permalink import slugify
from generator.model.site import Site
from generator.render.dates import format_moment, format_number, format_period, format_time


def _plain_text(value: object) -> str:
    """JSON's form of what templates may hold beyond plain data: text that is marked as HTML."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"JSON can't hold a {type(value).__name__}")


_encode = msgspec.json.Encoder(enc_hook=_plain_text).encode
_NOTHING = Markup("")


def filters_for(site: Site, lang: str) -> dict[str, Callable[..., Any]]:
    """The filters of an environment whose pages are in `lang`."""

    def as_moment(value: Moment | date) -> Moment:
        return value if isinstance(value, Moment) else moment_from(value, site.zone)

    def date_filter(value: Moment | date, style: str = "long") -> str:
        return format_moment(as_moment(value), style, lang)

    def time_filter(value: Moment | datetime) -> str:
        return format_time(as_moment(value), lang)

    def number(value: int | float) -> str:
        return format_number(value, lang)

    def when(value: Moment | date, style: str = "medium") -> Markup:
        moment = as_moment(value)
        machine, human = moment.isoformat(), escape(format_moment(moment, style, lang))
        return Markup(f'<time datetime="{machine}">{human}</time>')

    def tongue(story: Card) -> Markup:
        if story.lang == lang:
            return _NOTHING
        return Markup(' lang="{}" dir="{}"').format(story.lang, story.dir)

    def period(value: str) -> str:
        return format_period(value, lang)

    def url(path: str) -> str:
        if _is_absolute(path):
            return path
        end = min(filter(None, (path.find("?") + 1, path.find("#") + 1)), default=len(path) + 1) - 1
        return site.href("/" + path[:end].lstrip("/")) + path[end:]

    def absurl(address: str) -> str:
        return absolute_url(site, address)

    return {
        "date": date_filter,
        "time": time_filter,
        "when": when,
        "tongue": tongue,
        "period": period,
        "number": number,
        "url": url,
        "absurl": absurl,
        "picture": picture_tag,
        "json_ld": json_ld,
        "slugify": slugify,
        "plaintext": plaintext,
    }


def absolute_url(site: Site, address: str) -> str:
    """An absolute URL from one that may be absolute, from the host's root, or a site path."""
    if _is_absolute(address):
        return address
    base = site.base_path
    if address.startswith("/") and base and (address + "/").startswith(base + "/"):
        return site.origin + address
    return site.url("/" + address.lstrip("/"))


def picture_tag(picture: Picture, sizes: str = "100vw", loading: str = "lazy") -> Markup:
    """An `<img>` that reserves its space; `loading="eager"` is for the picture on top."""
    attributes = {"src": picture.src, "alt": picture.alt}
    if picture.width and picture.height:
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
    if picture.srcset:
        attributes |= {"srcset": picture.srcset, "sizes": sizes}
    attributes |= (
        {"fetchpriority": "high"}
        if loading == "eager"
        else {"loading": "lazy", "decoding": "async"}
    )
    inside = Markup(" ").join(Markup('{}="{}"').format(*item) for item in attributes.items())
    return Markup("<img {}>").format(inside)


def json_ld(data: Any) -> Markup:
    """A JSON-LD data block that no text can break out of; nothing for nothing."""
    if not data:
        return _NOTHING
    text = _encode(data).decode()
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/ld+json">{safe}</script>')


def plaintext(html: str | Markup) -> str:
    """The text of some HTML, with white space folded."""
    return " ".join(unescape(Markup(html).striptags()).split())


def _is_absolute(address: str) -> bool:
    return address.startswith(("http://", "https://", "mailto:", "tel:", "//", "#"))


__all__ = ["absolute_url", "escape", "filters_for", "json_ld", "picture_tag", "plaintext"]
