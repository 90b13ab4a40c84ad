"""Task lists of GFM: `- [ ] open` and `- [x] done`.

The box is a sign and not an `<input>`: a reader can't tick it, and feeds show it, too.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_SIGNS = {" ": "\u2610", "x": "\u2611", "X": "\u2611"}


def add(markdown: MarkdownIt) -> None:
    """Add task lists to a parser."""
    markdown.core.ruler.before("inline", "task_lists", _mark_tasks)


def _mark_tasks(state: StateCore) -> None:
    tokens = state.tokens
    for index, token in enumerate(tokens[2:], 2):
        item = tokens[index - 2]
        if token.type != "inline" or item.type != "list_item_open":
            continue
        if box := _BOX.match(token.content):
            item.attrJoin("class", "task")
            token.content = f"{_SIGNS[box[1]]} {token.content[box.end() :]}"
