"""What readers see of a text, as lines, so that two readings of it can be compared."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from generator.model.body import (
    MARK,
    SHORTCODE_MARK,
    Body,
)

_BLOCKS = frozenset(
    "address aside blockquote dd details div dl dt figcaption figure footer header hr li ol p pre "
    "section summary table tr ul h1 h2 h3 h4 h5 h6".split()
)
# Signs of the text itself, which would look like those that are added here.
_SIGNS = re.compile(r"[*`\[]|~~")
_FIRST_SIGNS = re.compile(r"\A(?:[-#>|](?=[-#>| ])|[0-9]+(?=\. ))")
_LIST_SIGNS = ("-", "1.")
_AROUND = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`", "del": "~~", "s": "~~"}


def outline(body: Body) -> list[str]:
    """Return the blocks of a text, a line each, with signs for lists, emphasis and addresses."""
    found = _Outline(body)
    found.feed(SHORTCODE_MARK.sub(lambda call: _expanded(body, int(call[1])), body.html))
    found.close()
    found.end_line()
    return found.lines


def _expanded(body: Body, number: int) -> str:
    call = body.shortcodes[number]
    name = f"{{{{&lt; {call.name} &gt;}}}}"
    if call.inner is None:
        return name
    return f"{name}{SHORTCODE_MARK.sub(lambda inner: _expanded(body, int(inner[1])), call.inner)}"


class _Outline(HTMLParser):
    def __init__(self, body: Body) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._body = body
        self._line = ""
        self._lists: list[str] = []
        self._quotes = 0
        self._code = False
        self._addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        # The first paragraph of an item stands on the line of its sign.
        if (tag in _BLOCKS or tag == "br") and not (
            tag == "p" and self._line.strip() in _LIST_SIGNS
        ):
            self.end_line()
        if tag in ("ul", "ol"):
            self._lists.append("- " if tag == "ul" else "1. ")
        elif tag == "li" and self._lists:
            self._line = self._lists[-1]
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._code = True
        elif tag == "hr":
            self._line = "---"
        elif tag[0] == "h" and tag[1:].isdigit():
            self._line = f"{'#' * int(tag[1])} "
        elif tag in ("td", "th"):
            self._line += "| "
        elif tag == "img":
            self._line += f"![{values.get('alt', '')}]({self._address(values.get('src', ''))})"
        elif tag == "a":
            self._line += "["
            self._addresses.append(self._address(values.get("href", "")))
        elif tag in _AROUND and not self._code:
            self._line += _AROUND[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag == "pre":
            self._code = False
        elif tag == "a" and self._addresses:
            self._line += f"]({self._addresses.pop()})"
        elif tag in _AROUND and not self._code:
            self._line += _AROUND[tag]

    def handle_data(self, data: str) -> None:
        if not self._code:
            escaped = _SIGNS.sub(r"\\\g<0>", re.sub(r"\s+", " ", data))
            if not self._line.strip():
                escaped = _FIRST_SIGNS.sub(r"\\\g<0>", escaped.lstrip())
            self._line += escaped
            return
        first, *rest = data.split("\n")
        self._line += first if self._line else f"    {first}"
        for line in rest:
            self.end_line()
            self._line = f"    {line}" if line else ""

    def end_line(self) -> None:
        """End the line at hand, if there is anything in it."""
        text = self._line.rstrip() if self._code else " ".join(self._line.split())
        self._line = ""
        if text:
            signed = bool(self._lists) and text.startswith(("-", "1."))
            indent = "  " * (len(self._lists) - signed)
            self.lines.append(f"{'> ' * self._quotes}{indent}{text}")

    def _address(self, written: str) -> str:
        """Return an address, or what a mark in its place refers to."""
        return MARK.sub(lambda mark: self._body.references[int(mark[0][2:-1])].target, written)
