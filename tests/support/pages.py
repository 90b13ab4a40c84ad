"""Finished pages as trees, read by the rules that browsers follow."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

# Attributes that hold one address; `srcset` holds several, and `meta` hides one in its content.
_ADDRESSES = ("href", "src", "poster", "action", "cite", "data")


class Html:
    """A page. Paths are those of ElementTree, as in `.//a[@rel='author']`."""

    def __init__(self, root: Element) -> None:
        self.root = root

    def all(self, path: str) -> list[Element]:
        """Every element at a path."""
        return self.root.findall(path)

    def texts(self, path: str) -> list[str]:
        """The text of every element at a path, with runs of blanks made one."""
        return [text_of(element) for element in self.all(path)]

    def values(self, path: str, name: str) -> list[str]:
        """An attribute of every element at a path."""
        return [element.get(name, "") for element in self.all(path)]

    def only(self, path: str) -> Element:
        """The one element at a path."""
        [element] = self.all(path)
        return element

    def classed(self, name: str) -> list[str]:
        """The text of every element of a class."""
        return [
            text_of(element)
            for element in self.root.iter()
            if name in element.get("class", "").split()
        ]

    def meta(self, name: str) -> str | None:
        """The content of a meta element, None if there is none."""
        for key in ("name", "property", "http-equiv"):
            for element in self.all(f".//meta[@{key}='{name}']"):
                return element.get("content", "")
        return None

    def addresses(self) -> Iterator[str]:
        """Every address that the page has in an attribute."""
        for element in self.root.iter():
            for name in _ADDRESSES:
                if value := element.get(name):
                    yield value
            for part in element.get("srcset", "").split(","):
                if part.strip():
                    yield part.split()[0]
            if element.get("http-equiv", "").lower() == "refresh":
                yield element.get("content", "").partition("url=")[2]

    def links(self) -> list[str]:
        """Where the page's anchors lead."""
        return self.values(".//a[@href]", "href")

    def headlines(self) -> list[str]:
        """The headlines of the cards on the page, in order."""
        return self.classed("headline")


def text_of(element: Element) -> str:
    """All text within an element, with runs of blanks made one."""
    return " ".join("".join(element.itertext()).split())


def read_html(text: str) -> Html:
    """A page from its text."""
    return Html(html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False))
