"""Whose a picture is, as its XMP and IPTC data say it, in an XMP packet of our own making.

Names are those of the XMP specification, part 1 (ISO 16684-1), and of the IPTC Photo Metadata
Standard; these five are what search engines show (https://developers.google.com/search/docs/
appearance/structured-data/image-license-metadata).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_LARGEST = 4 << 20
_LONGEST = 2000
_HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}"><rdf:Description '
    f'rdf:about="" xmlns:dc="{_DC}" xmlns:photoshop="{_PHOTOSHOP}" xmlns:xmpRights="{_RIGHTS}">'
)
_TAIL = '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'


@dataclass(frozen=True, slots=True)
class Credits:
    """Who made a picture, the credit line, its copyright, and under what terms it is used."""

    creators: tuple[str, ...] = ()
    credit: str = ""
    copyright: str = ""
    statement: str = ""
    terms: str = ""

    def or_else(self, other: Credits) -> Credits:
        """These, and where they say nothing, the others."""
        return Credits(
            self.creators or other.creators,
            self.credit or other.credit,
            self.copyright or other.copyright,
            self.statement or other.statement,
            self.terms or other.terms,
        )


def read_xmp(packet: bytes) -> Credits:
    """Return the credits in an XMP packet: none, if it can't be read."""
    from xml.etree import ElementTree as Tree

    text = packet.decode("utf-8", "replace").strip("\0 \r\n\t\ufeff")
    # Entities are for nothing in XMP, and for expanding without end elsewhere.
    if not text or len(packet) > _LARGEST or "<!" in text:
        return Credits()
    try:
        root = Tree.fromstring(text)
    except Tree.ParseError:
        return Credits()
    return Credits(
        creators=tuple(_texts(root, _DC, "creator")),
        credit=next(_texts(root, _PHOTOSHOP, "Credit"), ""),
        copyright=next(_texts(root, _DC, "rights"), ""),
        statement=next(_texts(root, _RIGHTS, "WebStatement"), ""),
        terms=next(_texts(root, _RIGHTS, "UsageTerms"), ""),
    )


def written_xmp(credits: Credits) -> bytes:
    """Return an XMP packet that says no more than these; empty if they say nothing."""
    if credits == Credits():
        return b""
    creators = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in credits.creators)
    parts = (
        f"<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>" if creators else "",
        _element("photoshop:Credit", credits.credit),
        _alternative("dc:rights", credits.copyright),
        _element("xmpRights:WebStatement", credits.statement),
        _alternative("xmpRights:UsageTerms", credits.terms),
    )
    return f"{_HEAD}{''.join(parts)}{_TAIL}".encode()


def _texts(root: Element, namespace: str, name: str) -> Iterator[str]:
    """Yield a property's values, which is an attribute, an element, or a list of elements."""
    full = f"{{{namespace}}}{name}"
    for description in root.iter(f"{{{_RDF}}}Description"):
        values = [description.get(full, "")]
        for element in description.findall(full):
            items = list(element.iter(f"{{{_RDF}}}li"))
            values += [each.text or "" for each in (items or [element])]
        yield from (text for value in values if (text := " ".join(value.split())[:_LONGEST]))


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _alternative(name: str, value: str) -> str:
    item = f'<rdf:li xml:lang="x-default">{escape(value)}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>" if value else ""
