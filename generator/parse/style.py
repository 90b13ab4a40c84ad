"""The rules of style that one source can break by itself; only `check` evaluates them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from generator.errors import Problem
from generator.model.article import FrontMatter
from generator.model.body import MARK_END, MARK_START, Body
from generator.model.rules import Rule
from generator.model.site import Checks
from generator.parse.document import Document

_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')
_SRC = re.compile(r'\bsrc="([^"]*)"')
_REFERENCE = re.compile(f"{MARK_START}R([0-9]+){MARK_END}")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_FIGURE = "figure"

# What says "here" or "more" and nothing else, in the languages of many newsrooms.
_VAGUE = frozenset(
    text.strip()
    for texts in """
        here | click here | this | this link | this page | this article | link
        more | read more | see more | learn more | find out more
        hier | hier klicken | mehr | weiterlesen
        ici | cliquez ici | plus | lire la suite | en savoir plus
        aquí | haz clic aquí | más | leer más | aqui | clique aqui | leia mais | saiba mais
        qui | clicca qui | leggi | leggi di più | klik hier | meer | lees meer
        här | läs mer | tutaj | kliknij tutaj | więcej | здесь | тут | подробнее
        buraya | buraya tıklayın | devamı
        اینجا | اینجا کلیک کنید | بیشتر | ادامه | هنا | اضغط هنا | المزيد | اقرأ المزيد
        כאן | לחצו כאן | יותר | یہاں | یہاں کلک کریں
        यहाँ | यहां | और पढ़ें | 这里 | 点击这里 | 點擊這裡 | 更多 | こちら | ここ | 여기
    """.split("\n")
    for text in texts.split("|")
    if text.strip()
)


def article_style(
    document: Document, front: FrontMatter, body: Body, checks: Checks
) -> Iterator[Problem]:
    """Yield the warnings about an article."""
    length = len(front.title)
    if length > checks.longest_headline:
        place = document.values.positions.value(("title",))
        message = f"the headline has {length} characters, more than {checks.longest_headline}"
        hint = "cut it, or raise 'longest_headline' under [check] in site.toml"
        yield _warning(document, place, message, hint, Rule.LONG_HEADLINE)
    if not front.standfirst and front.retracted is None:
        place = document.values.positions.key(("title",))
        hint = "write 'standfirst: …'; lists and search engines show it"
        yield _warning(document, place, "there is no standfirst", hint, Rule.NO_STANDFIRST)
    yield from text_style(document, body)


def text_style(document: Document, body: Body) -> Iterator[Problem]:
    """Yield the warnings about the picture and the text of a source of any kind."""
    yield from _lead_picture(document)
    text = _Text(document)
    yield from _pictures(text, body)
    yield from _links(text, body)


def _lead_picture(document: Document) -> Iterator[Problem]:
    image = document.values.get("image")
    if image and not (isinstance(image, dict) and "alt" in image):
        place = document.values.positions.key(("image",))
        message = "the picture has no 'alt', the text for those who can't see it"
        hint = 'write image: {src: …, alt: …}, or alt: "" for decoration'
        yield _warning(document, place, message, hint, Rule.MISSING_ALT)


class _Text:
    """Finds places in the text of a source, each of them once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._from: dict[str, int] = {}

    def find(self, *candidates: str) -> tuple[int, int]:
        """Return the line and column of the next occurrence of one of some texts."""
        body = self.document.body
        for wanted in candidates:
            at = body.find(wanted, self._from.get(wanted, 0))
            if at >= 0:
                self._from[wanted] = at + 1
                line_start = body.rfind("\n", 0, at) + 1
                return self.document.body_line + body.count("\n", 0, at), at - line_start + 1
        return self.document.body_line, 0


def _pictures(text: _Text, body: Body) -> Iterator[Problem]:
    message = "the picture has no text for those who can't see it"
    texts = (body.html, *(call.inner or "" for call in body.shortcodes))
    for tag in (found[0] for markup in texts for found in _IMAGE.finditer(markup)):
        alt = _ALT.search(tag)
        if alt is None or not alt[1].strip():
            place, hint = _picture_place(text, body, tag), "write it as in ![A bridge](bridge.jpg)"
            yield _warning(text.document, place, message, hint, Rule.MISSING_ALT)
    for call in body.shortcodes:
        if call.name == _FIGURE and "alt" not in call.named and not call.error:
            place, hint = (call.line, call.column), 'write alt="…", or alt="" for decoration'
            yield _warning(text.document, place, message, hint, Rule.MISSING_ALT)


def _picture_place(text: _Text, body: Body, tag: str) -> tuple[int, int]:
    src = _SRC.search(tag)
    if src and (found := _REFERENCE.search(src[1])):
        reference = body.references[int(found[1])]
        return reference.line, reference.column
    return text.find(html.unescape(src[1]) if src else "<img", "<img", "![](")


def _links(text: _Text, body: Body) -> Iterator[Problem]:
    texts = (body.html, *(call.inner or "" for call in body.shortcodes))
    for inner in (found[1] for markup in texts for found in _LINK.finditer(markup)):
        shown = html.unescape(_TAG.sub("", inner))
        if _EDGES.sub("", " ".join(shown.split()).casefold()) in _VAGUE:
            place = text.find(f"[{shown}]", f">{shown}<", shown)
            message = f"the text of the link, '{shown.strip()}', does not tell where it leads"
            hint = "name what is there, as people also read links out of their sentences"
            yield _warning(text.document, place, message, hint, Rule.VAGUE_LINK)


def _warning(
    document: Document, place: tuple[int, int], message: str, hint: str, rule: Rule
) -> Problem:
    return Problem(document.path, *place, message, hint, "warning", rule)
