"""Highlighted, subscript and superscript text, for a portal that turns them on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model.site import Markup
from generator.parse.markdown import notations
from generator.parse.markdown.commonmark.text_rules import element, replace_in_texts, text

_SUBSCRIPT = re.compile(notations.SUBSCRIPT)
_SUPERSCRIPT = re.compile(notations.SUPERSCRIPT)
_MARK = re.compile(r"(?<!=)==(?!=)")


def add(markdown: MarkdownIt, markup: Markup) -> None:
    """Add to a parser what the settings turn on."""
    rules = markdown.core.ruler
    if markup.subscript:
        markdown.options["strikethrough_single_tilde"] = False
        rules.after("inline", "subscript", lambda state: _script(state, _SUBSCRIPT, "sub"))
    if markup.superscript:
        rules.after("inline", "superscript", lambda state: _script(state, _SUPERSCRIPT, "sup"))
    if markup.mark:
        rules.after("inline", "mark", _mark)


def _script(state: StateCore, pattern: re.Pattern[str], tag: str) -> None:
    replace_in_texts(
        state, pattern, lambda found, level: element(tag, {}, found[1], level), in_links=True
    )


def _mark(state: StateCore) -> None:
    for block in state.tokens:
        children = block.children or []
        if any(child.type == "text" and "==" in child.content for child in children):
            block.children = _marked(children)


@dataclass(slots=True)
class _Opened:
    """Two equals signs that may begin highlighted text: their token, and its level."""

    token: Token
    level: int


def _marked(children: list[Token]) -> list[Token]:
    """Return the tokens of a paragraph with each pair of signs at one level made an element."""
    pieces = [piece for child in children for piece in _pieces(child)]
    opened: _Opened | None = None
    for at, piece in enumerate(pieces):
        if opened and piece.level < opened.level:
            opened = None
        if piece.type != "mark_sign" or (opened and piece.level > opened.level):
            continue
        before = pieces[at - 1] if at else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if opened and before is not opened.token and _is_filled(before, -1):
            opened.token.type, opened.token.nesting = "mark_open", 1
            piece.type, piece.nesting = "mark_close", -1
            opened = None
        elif _is_filled(after, 0):
            opened = _Opened(piece, piece.level)
    return [_finished(piece) for piece in pieces]


def _pieces(token: Token) -> list[Token]:
    if token.type != "text" or "==" not in token.content:
        return [token]
    found: list[Token] = []
    position = 0
    for sign in _MARK.finditer(token.content):
        found.append(text(token.content[position : sign.start()], token.level))
        found.append(Token("mark_sign", "mark", 0, content="==", level=token.level))
        position = sign.end()
    found.append(text(token.content[position:], token.level))
    return [piece for piece in found if piece.content]


def _is_filled(token: Token | None, edge: int) -> bool:
    """Whether a token beside a sign has no blank next to it."""
    if token is None or token.type in ("softbreak", "hardbreak"):
        return False
    return not (token.type == "text" and token.content[edge].isspace())


def _finished(piece: Token) -> Token:
    if piece.type == "mark_sign":
        return text(piece.content, piece.level)
    if piece.tag == "mark":
        piece.content = ""
    return piece
