"""Extracts from a text's HTML what its summary needs: the lead and the number of words."""

from __future__ import annotations

import html
import re
import unicodedata

from generator.model.body import MARK, MARK_START
from generator.model.html_tags import COMMENT, TAG_REST

LEAD_LETTERS = 300
MIN_SENTENCE = 120

HIDDEN = re.compile(
    rf"{COMMENT}|<(script|style)\b.*?(?:</\1\s*>|\Z)"
    r'|<sup id="fnref[^>]*+>.*?(?:</sup>|\Z)|<a class="footnote-backref"[^>]*+>.*?(?:</a>|\Z)',
    re.DOTALL,
)
BREAK = re.compile(r"</(?:t[dhr]|li|d[tdl]|p|div|h[1-6]|figcaption|summary|pre)>|<br[^>]*+(?:>|\Z)")
TAG = re.compile(rf"</?[A-Za-z]{TAG_REST}")
STEP = re.compile(
    r"<(/?)(p|blockquote|ul|ol|dl|table|figure|aside|details|pre|footer|header)(?=[\s>])"
    r"[^>]*+(?:>|\Z)"
)
SENTENCE_END = re.compile(
    r"(?:(?<=\w{3})\.|[!?…؟۔।])[\"'\u2019\u201d»)\]]*(?=\s)|[。！？][\u2019\u201d」』）]*"
)
LONE_SIGNS = ("\u2014", "\u2013", "-", "&amp;", "+", "/", "|", "\u00b7", "\u2022")

# Letters of scripts that put no spaces between words, and how many of them make about a word.
UNSPACED = (
    (re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), 2),
    (re.compile("[\u0e01-\u0e33\u0e40-\u0e46\u0e81-\u0ec6\u1000-\u102a\u1780-\u17b3]"), 4),
)


def plain_text(markup: str) -> str:
    """Return the visible text of some HTML, with its white space folded."""
    return " ".join(html.unescape(_visible(markup)).split())


def _visible(markup: str) -> str:
    if "<s" in markup or "<!" in markup or "-backref" in markup:
        markup = HIDDEN.sub("", markup)
    if "<" in markup:
        markup = TAG.sub("", BREAK.sub(" ", markup))
    if MARK_START in markup:
        markup = MARK.sub("", markup)
    return markup


def find_lead(markup: str) -> str:
    """The first paragraph outside quotes, lists, tables and figures, as plain text, shortened."""
    depth = 0
    for step in STEP.finditer(markup):
        if step[2] != "p":
            depth = max(0, depth + (-1 if step[1] else 1))
        elif not step[1] and depth == 0:
            end = markup.find("</p>", step.end())
            text = plain_text(markup[step.end() : end if end >= 0 else len(markup)])
            if text:
                return shorten(text)
    return ""


def shorten(text: str) -> str:
    """At most `LEAD_LETTERS` of a text: whole sentences if they are long enough, or whole words."""
    if len(text) <= LEAD_LETTERS:
        return text
    ends = [found.end() for found in SENTENCE_END.finditer(text, 0, LEAD_LETTERS + 1)]
    if ends and MIN_SENTENCE <= ends[-1] <= LEAD_LETTERS:
        return text[: ends[-1]]
    cut = text.rfind(" ", LEAD_LETTERS // 2, LEAD_LETTERS)
    if cut < 0:
        cut = LEAD_LETTERS - 1
        while cut > 1 and unicodedata.category(text[cut]) in ("Mn", "Mc", "Me", "Cf"):
            cut -= 1
    return text[:cut].rstrip(" ,;:-\u2013\u2014\u060c\u061b") + "…"


def count_words(markup: str) -> int:
    """About how many words some HTML shows, in any script."""
    text = _visible(markup)
    unspaced = 0
    if not text.isascii() and 20 * (len(text.encode()) - len(text)) > len(text):
        for letters, per_word in UNSPACED:
            text, found = letters.subn(" ", text)
            unspaced += -(-found // per_word)
    lone = sum(text.count(f" {sign} ") for sign in LONE_SIGNS if sign in text)
    return len(text.split()) - lone + unspaced
