"""Prepares HTML for feeds: every address absolute, and nothing that readers would refuse."""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape, unescape
from urllib.parse import urljoin

import nh3

from generator.model.html_tags import TAG_REST
from generator.parse.markdown.sanitizer import (
    ATTRIBUTES,
    DROPPED_WITH_CONTENT,
    SCHEMES,
    TAGS,
)

TAG = re.compile(rf"<[A-Za-z][A-Za-z0-9-]*\s{TAG_REST}")
ADDRESS = re.compile(
    r"(\s(?:href|src|poster|cite))\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
SRCSET = re.compile(r"(\ssrcset)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
CANDIDATE = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])([^,]*,?\s*)")
_NOT_IN_FEEDS = {
    "tags": frozenset("data h1 header".split()),
    "attributes": frozenset(
        "abbr aria-describedby aria-hidden aria-label default download headers loop muted open "
        "playsinline preload role span translate".split()
    ),
}
"""What a page may hold and a feed leaves out: parts of a page, and hints for its interaction."""


def absolutize(html: str, base: str) -> str:
    """Return the HTML with absolute addresses; `base` is the URL of its page."""
    if "=" not in html:
        return html
    join = partial(_joined, base)

    def address(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(join(_value(found)))}"'

    def candidates(found: re.Match[str]) -> str:
        each = CANDIDATE.sub(lambda one: join(one[1]) + one[2], _value(found))
        return f'{found[1]}="{escape(each)}"'

    def tag(found: re.Match[str]) -> str:
        changed = ADDRESS.sub(address, found[0])
        return SRCSET.sub(candidates, changed) if "srcset" in changed.lower() else changed

    return TAG.sub(tag, html)


def _value(found: re.Match[str]) -> str:
    return unescape(found[2] if found[2] is not None else found[3])


def _joined(base: str, address: str) -> str:
    if address.startswith(("https://", "http://")):
        return address.strip()
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def feed_safe(html: str) -> str:
    """Return the HTML without scripts, frames, forms, styles and unsafe addresses."""
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS - _NOT_IN_FEEDS["tags"]),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes={
            tag: set(names.split()) - _NOT_IN_FEEDS["attributes"]
            for tag, names in ATTRIBUTES.items()
        },
        link_rel=None,
        url_schemes=set(SCHEMES - {"news"}),
    )
