"""Jinja filters: pure functions of a value, the site and the page's language."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from html import unescape
from typing import Any

import msgspec
from markupsafe import Markup, escape

from generator.model.article import Card, Image
from generator.model.permalink import slugify
from generator.model.site import Site
from generator.model.timestamp import Timestamp, timestamp_from
from generator.render.misuse import MisuseError
from generator.theme.dates import STYLES, format_moment, format_number, format_period, format_time
from generator.validation.messages import described, nearest, quoted


def _plain_text(value: object) -> str:
    """Return a value that JSON can hold, for text that is marked as HTML."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"JSON can't hold a {type(value).__name__}")


_encode = msgspec.json.Encoder(enc_hook=_plain_text).encode
_NOTHING = Markup("")
_LOADINGS = ("lazy", "eager")


ALIASES = {"when": "time_tag", "tongue": "lang_attrs"}
"""Former names of filters, which templates of portals may use."""


class Filters:
    """The filters of an environment for pages in one language."""

    def __init__(self, site: Site, lang: str) -> None:
        self._site = site
        self._lang = lang

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """Return the filters by name."""
        filters: dict[str, Callable[..., Any]] = {
            "date": self.date,
            "time": self.time,
            "time_tag": self.time_tag,
            "lang_attrs": self.lang_attrs,
            "period": self.period,
            "number": self.number,
            "url": self.url,
            "absurl": self.absurl,
            "picture": picture_tag,
            "json_ld": json_ld,
            "slugify": slugify,
            "plaintext": plaintext,
        }
        return filters | {old: filters[new] for old, new in ALIASES.items()}

    def date(self, value: Timestamp | datetime.date, style: str = "long") -> str:
        """Format a day, with its time if it has one, in the page's language."""
        return _formatted(self._moment(value), style, self._lang)

    def time(self, value: Timestamp | datetime.datetime) -> str:
        """Format a time of day."""
        return format_time(self._moment(value), self._lang)

    def time_tag(self, value: Timestamp | datetime.date, style: str = "medium") -> Markup:
        """Return a `<time>` element."""
        moment = self._moment(value)
        machine, human = moment.isoformat(), escape(_formatted(moment, style, self._lang))
        return Markup(f'<time datetime="{machine}">{human}</time>')

    def lang_attrs(self, story: Card) -> Markup:
        """Return the attributes `lang` and `dir` of a story whose language is not the page's."""
        if story.lang == self._lang:
            return _NOTHING
        return Markup(' lang="{}" dir="{}"').format(story.lang, story.dir)

    def period(self, value: str) -> str:
        """Format a year, month or day of the archive."""
        try:
            int(value[:4])
            return format_period(value, self._lang)
        except ValueError:
            message = f"the filter 'period' needs a period such as 2024-01, not {described(value)}"
            raise MisuseError(message, certain=False) from None

    def number(self, value: int | float) -> str:
        """Format a number with the language's digits and separators."""
        return format_number(value, self._lang)

    def url(self, path: str) -> str:
        """Return the address of a site path from the root of the host; other addresses stay."""
        if _is_absolute(path):
            return path
        end = min(filter(None, (path.find("?") + 1, path.find("#") + 1)), default=len(path) + 1) - 1
        return self._site.href("/" + path[:end].lstrip("/")) + path[end:]

    def absurl(self, address: str) -> str:
        """Return an absolute URL."""
        return absolute_url(self._site, address)

    def _moment(self, value: Timestamp | datetime.date) -> Timestamp:
        return value if isinstance(value, Timestamp) else timestamp_from(value, self._site.zone)


def _formatted(moment: Timestamp, style: str, lang: str) -> str:
    if style in STYLES:
        return format_moment(moment, style, lang)
    # A misspelt name is a pattern too, and would be shown as some digits.
    hint = nearest(style, STYLES) if style.isalpha() else ""
    try:
        shown = "" if hint else format_moment(moment, style, lang)
    except (LookupError, ValueError):
        hint = "write a style such as 'long', or a CLDR pattern such as 'd MMMM'"
    if hint:
        raise MisuseError(f"there is no style of dates {quoted(style)}", hint, style, certain=False)
    return shown


def absolute_url(site: Site, address: str) -> str:
    """Return an absolute URL for an absolute address, one from the host's root, or a site path."""
    if _is_absolute(address):
        return address
    base = site.base_path
    if address.startswith("/") and base and (address + "/").startswith(base + "/"):
        return site.origin + address
    return site.url("/" + address.lstrip("/"))


def picture_tag(picture: Image, sizes: str = "100vw", loading: str = "lazy") -> Markup:
    """Return an `<img>` that reserves its space; `loading="eager"` is for the top picture."""
    if loading not in _LOADINGS:
        hint = nearest(loading, _LOADINGS) or f"choose from {', '.join(_LOADINGS)}"
        raise MisuseError(
            f"a picture has no loading {quoted(loading)}", hint, loading, certain=False
        )
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
    """Return a JSON-LD data block that no text can break out of; empty without data."""
    if not data:
        return _NOTHING
    text = _encode(data).decode()
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/ld+json">{safe}</script>')


def plaintext(html: str | Markup) -> str:
    """Return the text of some HTML, with white space folded."""
    return " ".join(unescape(Markup(html).striptags()).split())


def _is_absolute(address: str) -> bool:
    return address.startswith(("http://", "https://", "mailto:", "tel:", "//", "#"))


__all__ = ["Filters", "absolute_url", "escape", "json_ld", "picture_tag", "plaintext"]
