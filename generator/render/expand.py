"""Expands a body: replaces its marks with links, pictures and the output of shortcodes."""

from __future__ import annotations

import re
from html import escape
from typing import Protocol

from generator.model.article import Image
from generator.model.body import (
    MARK_END,
    MARK_START,
    SHORTCODE_MARK,
    Body,
    Reference,
    ShortcodeCall,
)
from generator.model.html_tags import TAG_REST

TAG = re.compile(
    rf"<(?P<name>a|img|source|video|audio|track)\s{TAG_REST}|</a>",
    re.IGNORECASE,
)
REFERENCE = re.compile(f"{MARK_START}R([0-9]+){MARK_END}")
SIZED = re.compile(r"\s(?:width|height)=")


class Resolver(Protocol):
    """Resolves what the marks of a body stand for."""

    def link(self, reference: Reference) -> str | None:
        """Return the address of an article or page; None while it is not published."""

    def media(self, reference: Reference) -> Image | str | None:
        """Return a picture, or the address of a different file; None if there is none."""

    def shortcode(self, call: ShortcodeCall, inner: str) -> str:
        """Return the HTML of a call; `inner` is already expanded, and empty for a single call."""


def expand(body: Body, resolver: Resolver) -> str:
    """Return the HTML of a body.

    Links to targets that are not published show as plain text.
    """
    if MARK_START not in body.html:
        return body.html
    return _Expansion(body, resolver).expand(body.html)


class _Expansion:
    def __init__(self, body: Body, resolver: Resolver) -> None:
        self.body = body
        self.resolver = resolver

    def expand(self, html: str) -> str:
        if MARK_START not in html:
            return html
        if self.body.references:
            html = _Links(self.body, self.resolver).resolve(html)
        if self.body.shortcodes:
            html = SHORTCODE_MARK.sub(self._shortcode, html)
        return html

    def _shortcode(self, found: re.Match[str]) -> str:
        call = self.body.shortcodes[int(found[1])]
        return self.resolver.shortcode(call, self.expand(call.inner or ""))


class _Links:
    """Resolves the references of one piece of HTML."""

    def __init__(self, body: Body, resolver: Resolver) -> None:
        self.body = body
        self.resolver = resolver
        self.dropped = False

    def resolve(self, html: str) -> str:
        return TAG.sub(self._tag, html)

    def _tag(self, found: re.Match[str]) -> str:
        tag = found[0]
        if tag[1] == "/":
            dropped, self.dropped = self.dropped, False
            return "" if dropped else tag
        marked = REFERENCE.search(tag)
        if marked is None:
            return tag
        name = found["name"].lower()
        if name == "img":
            return self._picture(tag)
        addresses = [self._address(int(number)) for number in REFERENCE.findall(tag)]
        if name == "a" and addresses[0] is None:
            self.dropped = True
            return ""
        given = iter(addresses)
        return REFERENCE.sub(lambda _: escape(next(given) or ""), tag)

    def _address(self, number: int) -> str | None:
        reference = self.body.references[number]
        if reference.kind != "media":
            return self.resolver.link(reference)
        found = self.resolver.media(reference)
        if isinstance(found, Image):
            return found.src
        fragment = f"#{reference.fragment}" if found and reference.fragment else ""
        return found + fragment if found else None

    def _picture(self, tag: str) -> str:
        extra: list[str] = []

        def address(found: re.Match[str]) -> str:
            reference = self.body.references[int(found[1])]
            target = self.resolver.media(reference) if reference.kind == "media" else None
            if not isinstance(target, Image):
                return escape(target or reference.target)
            if not extra and tag.endswith('src="', 0, found.start()):
                extra.extend(attributes(target, tag))
            return escape(target.src)

        resolved = REFERENCE.sub(address, tag)
        return resolved[:-1].rstrip("/ ") + "".join(extra) + ">" if extra else resolved


def attributes(picture: Image, tag: str) -> list[str]:
    """Return attributes that a local picture's `<img>` gets unless its author gave them."""
    given: list[tuple[str, str]] = []
    if picture.width and picture.height and not SIZED.search(tag):
        given += [("width", str(picture.width)), ("height", str(picture.height))]
    if picture.srcset:
        given.append(("srcset", picture.srcset))
    given += [("loading", "lazy"), ("decoding", "async")]
    return [f' {name}="{escape(value)}"' for name, value in given if f" {name}=" not in tag]
