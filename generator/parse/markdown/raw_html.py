"""Readies an author's raw HTML for the sanitizer, which must take away markup and never words.

A parser of HTML reads on to the end of a text where `<title>` or `<iframe>` is not closed, and
drops what is no element. So tags that only name something become text, and elements that are not
published lose their tags here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from generator.parse.markdown.limits import check_open_elements
from generator.parse.markdown.raw_tags import PICTURE, address_of, modernized
from generator.parse.markdown.sanitizer import TAGS

# Elements that a text may hold, published or not
# (https://html.spec.whatwg.org/multipage/indices.html#elements-3, and its obsolete features).
ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big "
    "blink blockquote body br button canvas caption center cite code col colgroup data datalist "
    "dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form "
    "frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex "
    "kbd keygen label legend li link main map mark marquee math menu menuitem meta meter nav nobr "
    "noframes noscript object ol optgroup option output p param picture pre progress q rb rp rt "
    "rtc ruby s samp script search section select slot small source span strike strong style sub "
    "summary sup svg table tbody td template tfoot th thead time tr track tt u ul var video "
    "wbr".split()
)
# Those of SVG and MathML, where a text has any; elsewhere `<path>` is a word.
FOREIGN_ELEMENTS = frozenset(
    "animate animatemotion animatetransform circle clippath defs desc ellipse fegaussianblur "
    "filter foreignobject g image line lineargradient marker mask metadata path pattern polygon "
    "polyline radialgradient rect set stop switch symbol text textpath tspan use view annotation "
    "annotation-xml mfrac mi mn mo mover mroot mrow ms mspace msqrt mstyle msub msubsup msup "
    "mtable mtd mtext mtr munder munderover semantics".split()
)
# Elements that an author would miss.
REPORTED = frozenset("embed form iframe input math object svg".split())
CODE = ("script", "style")
# Elements without an end, and those that the next of their kind ends.
_ENDED_BY_OTHERS = frozenset(
    "a br col dd dt hr img li p rp rt source tbody td tfoot th thead tr track wbr".split()
)
MARKUP = re.compile(r"</?([A-Za-z][^\s/>]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>|<!--")
COMMENT_END = "-->"


@dataclass(frozen=True, slots=True)
class RemovedElement:
    """An element whose markup is not published; `words` is how many words of code went with it."""

    tag: str
    words: int = 0


def prepare(html: str) -> tuple[str, list[RemovedElement]]:
    """Return the HTML with every word that is not code kept as text, and what was removed.

    Raises `TooIntricateError`.
    """
    if "<" not in html:
        return html, []
    preparation = _Preparation(html)
    return preparation.run(), preparation.removed


class _Preparation:
    def __init__(self, html: str) -> None:
        self.html = html
        self.removed: list[RemovedElement] = []
        self.open_elements = 0
        # The last end of each, so that an opener without one does not search the rest.
        lowered = html.lower()
        self.lowered = lowered if len(lowered) == len(html) else html
        self.last_end = {tag: self.lowered.rfind(f"</{tag}") for tag in (*CODE, "noscript")}
        self.shown: set[str] = set()
        self.last_comment = html.rfind(COMMENT_END)
        foreign = "<svg" in lowered or "<math" in lowered
        self.elements = ELEMENTS | FOREIGN_ELEMENTS if foreign else ELEMENTS

    def run(self) -> str:
        parts: list[str] = []
        position = 0
        while found := MARKUP.search(self.html, position):
            parts.append(_text(self.html[position : found.start()]))
            kept, position = self._kept(found)
            parts.append(kept)
        return "".join([*parts, _text(self.html[position:])])

    def _kept(self, found: re.Match[str]) -> tuple[str, int]:
        """Return what becomes of a tag, and where the text goes on."""
        tag, end = found[0], found.end()
        if tag == "<!--":
            return self._comment(found.start(), end)
        name, closes = found[1].lower(), tag[1] == "/"
        if name in CODE:
            return "", end if closes else self._code_end(name, end)
        if name in TAGS:
            if name not in _ENDED_BY_OTHERS:
                self.open_elements = max(0, self.open_elements + (-1 if closes else 1))
                check_open_elements(self.open_elements)
            return self._published(name, tag), end
        if name == "noscript" and not closes and (after := self._repeated(end)):
            return "", after
        if name not in self.elements:
            return escape(tag, quote=False), end
        if name in REPORTED and not closes:
            self.removed.append(RemovedElement(name))
        return "", end

    def _comment(self, start: int, end: int) -> tuple[str, int]:
        if start < self.last_comment:
            return "", self.html.index(COMMENT_END, start) + len(COMMENT_END)
        return escape(self.html[start:end]), end

    def _published(self, name: str, tag: str) -> str:
        kept = modernized(name, tag)
        if name == "img":
            self.shown.add(address_of(kept))
        return kept

    def _repeated(self, end: int) -> int:
        """Where a `<noscript>` ends that only repeats pictures which are shown already; or 0."""
        if end > self.last_end["noscript"]:
            return 0
        closing = self.lowered.index("</noscript", end)
        inside = self.html[end:closing]
        pictures = PICTURE.findall(inside)
        if not pictures or PICTURE.sub("", inside).strip():
            return 0
        if not all(address_of(modernized("img", each)) in self.shown for each in pictures):
            return 0
        return self.html.find(">", closing) + 1

    def _code_end(self, name: str, end: int) -> int:
        """Where a script or style ends: behind its tag if it is never closed or closes itself."""
        if self.html[end - 2] == "/" or end > self.last_end[name]:
            self.removed.append(RemovedElement(name))
            return end
        closing = self.lowered.index(f"</{name}", end)
        self.removed.append(RemovedElement(name, len(self.html[end:closing].split())))
        after = self.html.find(">", closing)
        return after + 1 if after >= 0 else len(self.html)


def _text(between: str) -> str:
    """Return what stands between tags: any `<` in it begins none."""
    return between.replace("<", "&lt;")
