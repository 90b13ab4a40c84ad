"""SVG that can run nothing and load nothing, written again from what an XML parser found.

The result is UTF-8 without document type, comments and processing instructions, so that no
browser can read it otherwise than it was read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from generator.media.pieces import MediaError
from generator.media.svg_css import safe_declarations, safe_sheet, safe_value
from generator.media.svg_names import ANIMATIONS, ATTRIBUTES, ELEMENTS, PREFIXES, SILENT

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

LARGEST = 20 << 20
_DEEPEST = 200
_MOST_EXPANDED = 1 << 20
_SVG = "http://www.w3.org/2000/svg"
_HTML = "http://www.w3.org/1999/xhtml"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_XML_NAMES = ("space", "lang", "id")
_LOCAL = re.compile(r"#[^\s]*")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*")
_WEB = re.compile(r"(?:https?:|mailto:|tel:|#|[^:]*\Z)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f]")
_PICTURES = ("image", "feImage")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_TEXT = str.maketrans(_ESCAPES)
_ATTRIBUTE = str.maketrans(_ESCAPES | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


@dataclass(frozen=True, slots=True)
class Removal:
    """A part of a drawing that is not published, and its position."""

    what: str
    line: int
    column: int


class DamagedDrawing(MediaError):
    """A drawing is not well-formed XML; `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def sanitized(data: bytes) -> tuple[bytes, list[Removal]]:
    """Return a drawing that is safe on any origin, and what was taken out of it, each kind once.

    What no reader sees, such as an editor's own data, is not among that. Raises `MediaError`.
    """
    if len(data) > LARGEST:
        raise MediaError(f"is an SVG file of more than {LARGEST >> 20} MB", "simplify its paths")
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    drawing = _Drawing(data, parser)
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.text
    parser.EntityDeclHandler = drawing.entity
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        message = f"is damaged: {ErrorString(error.code)}"
        raise DamagedDrawing(message, error.lineno, error.offset + 1) from error
    return "".join(drawing.written).encode() + b"\n", list(drawing.removed.values())


@dataclass(slots=True)
class _Drawing:
    """What was read of a drawing so far; `skipped` counts the open elements that are left out."""

    data: bytes
    parser: XMLParserType
    written: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    skipped: int = 0
    removed: dict[str, Removal] = field(default_factory=dict)
    sheet: list[str] | None = None
    expanded: int = 0

    def entity(self, name: str, parameter: bool, value: str | None, *_: object) -> None:
        """Take names for texts, as Illustrator declares them, and nothing that could grow."""
        if parameter or value is None:
            return
        if "&" in value or "<" in value:
            self._fail("has an entity that is made of others")
        self.expanded += self.data.count(f"&{name};".encode()) * len(value)
        if self.expanded > _MOST_EXPANDED:
            self._fail("has entities that expand without end")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Write an element that draws, with its attributes, or skip it with what is in it."""
        namespace, _, local = name.rpartition(" ")
        self._check(namespace, local)
        if self.skipped or not self._is_kept(namespace, local, attributes):
            self.skipped += 1
            return
        shown = self._attributes(local, attributes)
        if not self.open:
            shown = f' xmlns="{_SVG}" xmlns:xlink="{_XLINK}"' + shown
        self.written.append(f"<{local}{shown}>")
        self.open.append(local)
        if local == "style":
            self.sheet = []

    def end(self, _: str) -> None:
        """Close an element that was written."""
        if self.skipped:
            self.skipped -= 1
            return
        if self.sheet is not None:
            text, cut = safe_sheet("".join(self.sheet))
            if cut:
                self._remove("a style that loads or runs something")
            self.written.append(text.translate(_TEXT))
            self.sheet = None
        self.written.append(f"</{self.open.pop()}>")

    def text(self, text: str) -> None:
        """Write text that belongs to what was written."""
        if self.skipped:
            return
        if self.sheet is not None:
            self.sheet.append(text)
        elif self.open:
            self.written.append(text.translate(_TEXT))

    def _check(self, namespace: str, local: str) -> None:
        if not self.open and not self.skipped and (namespace not in ("", _SVG) or local != "svg"):
            self._fail(f"is no drawing: its outermost element is <{local}>, not <svg>")
        if len(self.open) + self.skipped >= _DEEPEST:
            self._fail(f"has elements that are more than {_DEEPEST} deep")

    def _is_kept(self, namespace: str, local: str, attributes: dict[str, str]) -> bool:
        if namespace == _HTML or (namespace in ("", _SVG) and local not in (*ELEMENTS, *SILENT)):
            # Illustrator hides its own file in one that no browser shows.
            if local != "foreignObject" or "requiredExtensions" not in attributes:
                self._remove(f"<{local}>")
            return False
        if namespace not in ("", _SVG) or local in SILENT or self.sheet is not None:
            return False
        target = attributes.get("attributeName", "").rpartition(":")[2].strip().lower()
        if local in ANIMATIONS and (target == "href" or target.startswith("on")):
            self._remove(f'<{local} attributeName="{target}">')
            return False
        return True

    def _attributes(self, element: str, attributes: dict[str, str]) -> str:
        written = ""
        for name, value in attributes.items():
            namespace, _, local = name.rpartition(" ")
            shown = _prefixed(namespace, local)
            if shown is None:
                if not namespace:
                    self._remove(local)
                continue
            kept = self._value(element, local, value)
            if kept is not None:
                written += f' {shown}="{kept.translate(_ATTRIBUTE)}"'
        return written

    def _value(self, element: str, name: str, value: str) -> str | None:
        if name == "href":
            if _is_safe_address(element, value):
                return value
            self._remove(f"{name} of <{element}>")
            return None
        if name == "style":
            value, cut = safe_declarations(value)
            if cut:
                self._remove(f"part of the style of <{element}>")
        elif not name.startswith(PREFIXES) and "(" in value and not safe_value(value):
            self._remove(f"{name} of <{element}>")
            return None
        return value

    def _remove(self, what: str) -> None:
        place = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.removed.setdefault(what, Removal(what, *place))

    def _fail(self, message: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        raise DamagedDrawing(message, line, column)


def _prefixed(namespace: str, local: str) -> str | None:
    """Return how an attribute is written; None for one that is left out."""
    if namespace == _XML:
        return f"xml:{local}" if local in _XML_NAMES else None
    if namespace == _XLINK:
        return "xlink:href" if local == "href" else None
    if namespace:
        return None
    return local if local in ATTRIBUTES or local.startswith(PREFIXES) else None


def _is_safe_address(element: str, address: str) -> bool:
    plain = _INVISIBLE.sub("", address)
    if element == "a":
        return _WEB.match(plain) is not None
    if element in _PICTURES and _PICTURE.fullmatch(address.strip()):
        return True
    return _LOCAL.fullmatch(address.strip()) is not None
