"""Attributes of an author's raw HTML that mean something else today, as current ones.

`<a name>` is an `id` (https://html.spec.whatwg.org/multipage/obsolete.html). WordPress and its
plugins put a picture's address into `data-src`, for a script to load it later.
"""

from __future__ import annotations

import re
from html import unescape

ATTRIBUTE = re.compile(
    r"\s+(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?"
)
PICTURE = re.compile(r"<img(?=[\s/])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>", re.IGNORECASE)
# In the order in which they are tried.
_LAZY = {
    "src": ("data-src", "data-lazy-src", "data-original"),
    "srcset": ("data-srcset", "data-lazy-srcset"),
}
_PLACEHOLDERS = ("", "about:blank", "#")


def modernized(name: str, tag: str) -> str:
    """A start tag of the element `name` with attributes that browsers use without a script."""
    if name == "a" and " name" in tag.lower():
        return _with_id(tag)
    if name in ("img", "source") and "data-" in tag.lower():
        return _loaded(tag)
    return tag


def address_of(tag: str) -> str:
    """Return the address of a picture, empty if it has none."""
    return unescape(_attributes(tag).get("src", "").strip("\"'")).strip()


def _with_id(tag: str) -> str:
    if "id" in _attributes(tag):
        return tag

    def renamed(found: re.Match[str]) -> str:
        if found["name"].lower() != "name" or not found["value"]:
            return found[0]
        return f" id={found['value']}"

    return ATTRIBUTE.sub(renamed, tag)


def _loaded(tag: str) -> str:
    given = _attributes(tag)
    added = ""
    for name, lazy in _LAZY.items():
        value = next((given[each] for each in lazy if given.get(each)), "")
        if value and _is_placeholder(given.get(name, "")):
            added += f" {name}={value}"
            tag = ATTRIBUTE.sub(lambda found, old=name: _without(found, old), tag)  # type: ignore[misc]
    end = 2 if tag.endswith("/>") else 1
    return f"{tag[:-end].rstrip()}{added}>" if added else tag


def _without(found: re.Match[str], name: str) -> str:
    return "" if found["name"].lower() == name else found[0]


def _is_placeholder(value: str) -> bool:
    address = value.strip("\"'").strip().lower()
    return address in _PLACEHOLDERS or address.startswith("data:")


def _attributes(tag: str) -> dict[str, str]:
    """The values of a tag's attributes as they are written, by their names in small letters."""
    found: dict[str, str] = {}
    for attribute in ATTRIBUTE.finditer(tag):
        found.setdefault(attribute["name"].lower(), attribute["value"] or "")
    return found
