"""The Markdown that most news texts are written in, turned into HTML without a tree of elements.

Paragraphs, headings, flat lists, tables and quotations, and in them links and emphasis. A text that
has anything else is left to the parser of its dialect, which takes several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from generator.model.body import MARK_START
from generator.parse.markdown.headings import MAX_LEVEL

OPTIMIZED = True
"""Whether plain texts are converted here, in each dialect; the HTML is the same if not."""

# A line that begins as only a paragraph's can, with a letter, a quote or a shortcode: all block
# processors of Broadsheet's set but that of paragraphs need a line that begins otherwise.
_LINE = (
    r"(?:\*{0,2}[^\W\d_]|\d+(?![\d.])|"
    f"[\"'(\u201c\u201d\u2018\u2019\u00ab\u201e\u2014\u2013{MARK_START}])"
    r"[^\n]*(?:\n|\Z)"
)
PARAGRAPH = re.compile(f"(?:{_LINE})+")

_HEADING = re.compile(r"(#{1,6}) *([^\W_](?:[^\W_]|[ ,.?!;:'’“”–—-])*)(?<! )")
_ITEM = re.compile(r"([-*+]|[0-9]+\.) +(?=\S)")
_RULE = re.compile(r"(:?)-+(:?)")
_ALIGNED = {(":", ""): "left", ("", ":"): "right", (":", ":"): "center"}

LINK = re.compile(r"\[([^\[\]*_&>!]+)\]\(([^\s()<>\"'\[\]*&]+)\)")
_EMPHASIS = re.compile(
    r"(?<!\S)(\*\*?)([^\s*](?:[^*]*[^\s*])?)\1(?=[\s.,;:!?)\"'\u201d\u2019\u00bb\u060c\u061b]|\Z)"
)
_EMPHASIZED = {"*": "em", "**": "strong"}
_ENTITY = re.compile(r"&#|&[0-9A-Za-z]+;")
_LONE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# Parts of what is not converted here, and white space where it would have a meaning.
_FOREIGN = ("<", "`", "\\", "~", "{", "![", " \n", "\n ", "\t", "\r", "\x02", "\x03", "\n\n\n")

# Notes a heading by its level and title, and gives its id.
NoteHeading = Callable[[int, str], str]


class _UnsupportedError(Exception):
    """Something in a text is not converted here."""


def convert(text: str, note_heading: NoteHeading) -> str | None:
    """Return the HTML of a text, or None if it holds anything that is not converted here.

    Headings are put below the page's own `h1`, and noted only if the whole text is converted.
    """
    text = text.strip("\n")
    if (
        not OPTIMIZED
        or not text
        or text != text.strip()
        or any(foreign in text for foreign in _FOREIGN)
    ):
        return None
    try:
        blocks = [_block(block) for block in text.split("\n\n")]
    except _UnsupportedError:
        return None
    tags = [tag for tag, _ in blocks]
    # Of two lists or quotations in a row, the second would go on with the first.
    if any(tag == after and tag in ("list", "blockquote") for tag, after in pairwise(tags)):
        return None
    lowered = int("h1" in tags)
    return "\n".join(
        _heading(int(tag[1]) + lowered, content, note_heading) if tag[0] == "h" else content
        for tag, content in blocks
    )


def _block(block: str) -> tuple[str, str]:
    """Return the name of a block's element with its HTML; of a heading with its title."""
    first = block[0]
    if first == "#":
        return _title(block)
    if first == ">":
        quoted = "\n".join(_within(line, "> ") for line in block.split("\n"))
        return "blockquote", f"<blockquote>\n<p>{_text(quoted)}</p>\n</blockquote>"
    if first == "|":
        return "table", _table([_cells(line) for line in block.split("\n")])
    if PARAGRAPH.fullmatch(block):
        return "p", f"<p>{_inline(block)}</p>"
    return "list", _list(block.split("\n"))


def _title(block: str) -> tuple[str, str]:
    found = _HEADING.fullmatch(block)
    if found is None:
        raise _UnsupportedError
    return f"h{len(found[1])}", found[2]


def _heading(level: int, title: str, note_heading: NoteHeading) -> str:
    level = min(level, MAX_LEVEL)
    return f'<h{level} id="{note_heading(level, title)}">{title}</h{level}>'


def _list(lines: list[str]) -> str:
    """Items of a line each, all with one sign, or numbered from 1."""
    items, signs = [], set()
    for line in lines:
        found = _ITEM.match(line)
        if found is None:
            raise _UnsupportedError
        signs.add(found[1] if found[1] in "-*+" else "1.")
        items.append(f"<li>{_text(line[found.end() :])}</li>\n")
    tag = "ol" if lines[0].startswith("1.") else "ul"
    if len(signs) > 1 or (tag == "ul" and "1." in signs):
        raise _UnsupportedError
    return f"<{tag}>\n{''.join(items)}</{tag}>"


def _cells(line: str) -> list[str]:
    return [cell.strip(" ") for cell in _within(line, "|", "|").split("|")]


def _table(rows: list[list[str]]) -> str:
    """Return a head, a rule and rows, each with as many cells as the others, and at least two."""
    columns = len(rows[0])
    if columns == 1 or not rows[2:] or any(len(row) != columns for row in rows):
        raise _UnsupportedError
    head, rule, *body = rows
    opening = [_cell_class(cell) for cell in rule]
    parts = ["<table>\n<thead>\n", _row("th", head, opening), "</thead>\n<tbody>\n"]
    parts += [_row("td", row, opening) for row in body]
    return f"{''.join(parts)}</tbody>\n</table>"


def _cell_class(rule: str) -> str:
    found = _RULE.fullmatch(rule)
    if found is None:
        raise _UnsupportedError
    aligned = _ALIGNED.get((found[1], found[2]))
    return f' class="align-{aligned}"' if aligned else ""


def _row(tag: str, cells: list[str], classes: list[str]) -> str:
    shown = (
        f"<{tag}{given}>{_inline(cell)}</{tag}>\n"
        for cell, given in zip(cells, classes, strict=True)
    )
    return f"<tr>\n{''.join(shown)}</tr>\n"


def _within(line: str, start: str, end: str = "") -> str:
    if len(line) <= len(start) or not (line.startswith(start) and line.endswith(end)):
        raise _UnsupportedError
    return line[len(start) : len(line) - len(end)]


def _text(text: str) -> str:
    """Return the inside of a paragraph that is part of something else."""
    if PARAGRAPH.fullmatch(text) is None:
        raise _UnsupportedError
    return _inline(text)


def _inline(text: str) -> str:
    if "[" not in text:
        return _marked(text)
    # Text, a link's text and its address, again and again, and text.
    pieces = LINK.split(text)
    last = len(pieces) - 1
    for place in range(0, len(pieces), 3):
        piece = pieces[place]
        beside_link = (place and piece[:1] == "*") or (place != last and piece[-1:] == "*")
        if "[" in piece or beside_link:
            raise _UnsupportedError
        pieces[place] = _marked(piece)
    for place in range(1, last, 3):
        pieces[place : place + 2] = (f'<a href="{pieces[place + 1]}">', f"{pieces[place]}</a>")
    return "".join(pieces)


def _marked(text: str) -> str:
    """Return text without links."""
    if "_" in text and _LONE_UNDERSCORE.search(text):
        raise _UnsupportedError
    if "&" in text:
        if _ENTITY.search(text):
            raise _UnsupportedError
        text = text.replace("&", "&amp;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "*" in text:
        if "*" in _EMPHASIS.sub("", text):
            raise _UnsupportedError
        text = _EMPHASIS.sub(_emphasis, text)
    return text


def _emphasis(found: re.Match[str]) -> str:
    tag = _EMPHASIZED[found[1]]
    return f"<{tag}>{found[2]}</{tag}>"
