"""Bare addresses, which `python-markdown` prints as text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.token import Token

from generator.model.edit import Edit
from generator.model.html_tags import TAG_REST
from generator.parse.markdown.code_spans import Span, outside_code
from generator.parse.markdown.misreadings.misreading import Misreading

_SIGNS = ("://", "www.", "@")
_START = re.compile(r"(?<![\w.+:/@-])(?:[a-z]+:|www\.|[\w.+-]+@)", re.IGNORECASE)
# Where an address stands, but is not bare: links and their definitions, tags.
_TAKEN = re.compile(
    rf"\[[^\[\]\n]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\]|:[^\n]*)"
    rf"|<[A-Za-z/]{TAG_REST}|<[^<>\s]+>"
)


def may_have_addresses(text: str) -> bool:
    """Return whether a text has anything that an address needs."""
    return any(sign in text for sign in _SIGNS)


def find_addresses(
    source: str, tokens: Sequence[Token], code_blocks: Sequence[Span]
) -> Iterator[Misreading]:
    """Yield the bare addresses of a text, of which `tokens` are all that CommonMark reads."""
    bare = set(_bare(tokens))
    longest_first = sorted({len(address) for address in bare}, reverse=True)
    taken = [found.span() for found in _TAKEN.finditer(source)]
    starts = [start for start, _ in taken]
    line_starts = [0, *(found.end() for found in re.finditer("\n", source))]
    end = 0
    for position in outside_code(source, _START, code_blocks):
        at = bisect_right(starts, position) - 1
        if position < end or (at >= 0 and position < taken[at][1]):
            continue
        written = (source[position : position + length] for length in longest_first)
        address = next((each for each in written if each in bare), None)
        if address:
            end = position + len(address)
            line = bisect_right(line_starts, position)
            yield _misreading(line, position - line_starts[line - 1] + 1, address)


def _bare(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the texts of links that lead to where the text itself says."""
    for block in tokens:
        for link, text in pairwise(block.children or ()):
            if link.type == "link_open" and text.type == "text":
                href = unquote(str(link.attrs.get("href", "")))
                if text.content and href.endswith(unquote(text.content)):
                    yield text.content


def _misreading(line: int, column: int, address: str) -> Misreading:
    written = f"<{address}>"
    if address.lower().startswith("www."):
        written = f"[{address}](http://{address})"
    message = f"the address {address} is no link"
    edit = Edit(line, column, len(address), written)
    return Misreading("address", line, column, message, f"write {written}", (edit,))
