"""Text in XML documents: feeds and sitemaps."""

from __future__ import annotations

import re
from typing import Final

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_Entities = tuple[tuple[str, str], ...]

NAMED: Final[_Entities] = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ("'", "&apos;"),
    ('"', "&quot;"),
)
"""The five entities that the sitemap protocol asks for (https://www.sitemaps.org/protocol.html)."""

NUMERIC: Final[_Entities] = (("&", "&#x26;"), ("<", "&#x3C;"), (">", "&#x3E;"))
"""References that most feed readers understand (https://www.rssboard.org/rss-profile)."""

QUOTED: Final[_Entities] = (*NUMERIC, ('"', "&#x22;"))
"""The same for the value of an attribute."""


def escaped(text: str, entities: _Entities) -> str:
    """Return text as character data or an attribute's value, written with these entities."""
    text = allowed(text)
    # Several calls of `replace` are faster than one of `translate`; the ampersand comes first.
    for character, reference in entities:
        text = text.replace(character, reference)
    return text


def allowed(text: str) -> str:
    """Return text without the characters that XML 1.0 forbids (section 2.2)."""
    return _NOT_XML.sub("", text)
