"""The rules of `check`: what each finds, and how its findings are reported."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

Level = Literal["error", "warning", "off"]

LONGEST_HEADLINE: Final = 110


class Rule(StrEnum):
    """The code of a rule, which is its key under `[check]` in site.toml."""

    CLEANED_DRAWING = "cleaned_drawing"
    HIDDEN_FILE = "hidden_file"
    HIDDEN_TEXT = "hidden_text"
    LONG_HEADLINE = "long_headline"
    MISPLACED_SHORTCODE = "misplaced_shortcode"
    MISREAD_MARKDOWN = "misread_markdown"
    MISSING_ALT = "missing_alt"
    MISSING_ASSET = "missing_asset"
    MOVED_URL = "moved_url"
    NO_STANDFIRST = "no_standfirst"
    REMOVED_HTML = "removed_html"
    SIMILAR_TERMS = "similar_terms"
    TRANSLATION = "translation"
    UNKNOWN_SHORTCODE = "unknown_shortcode"
    UNREAD_FILE = "unread_file"
    UNUSED_PICTURE = "unused_picture"
    UNUSED_TERM = "unused_term"
    VAGUE_LINK = "vague_link"


SUMMARIES: Final[Mapping[str, str]] = {
    Rule.CLEANED_DRAWING: "A drawing has something that is not published.",
    Rule.HIDDEN_FILE: "A file in content/static/ is not published, as its name begins with a dot.",
    Rule.HIDDEN_TEXT: "A template has text outside of blocks, which no page shows.",
    Rule.LONG_HEADLINE: "A headline is longer than 'longest_headline'.",
    Rule.MISPLACED_SHORTCODE: "A shortcode stands where none can be shown.",
    Rule.MISREAD_MARKDOWN: "The portal's dialect of Markdown misreads a text.",
    Rule.MISSING_ALT: "A picture has no text for those who can't see it.",
    Rule.MISSING_ASSET: "A style sheet refers to a file that the theme does not have.",
    Rule.MOVED_URL: "A story has a new URL, and nothing answers at the old one.",
    Rule.NO_STANDFIRST: "A story has no standfirst.",
    Rule.REMOVED_HTML: "Raw HTML in a text is not published.",
    Rule.SIMILAR_TERMS: "Two terms look like two spellings of one.",
    Rule.TRANSLATION: "A file in templates/i18n/ lacks a word, or has one that no page shows.",
    Rule.UNKNOWN_SHORTCODE: "A text calls a shortcode that the theme does not have.",
    Rule.UNREAD_FILE: "A file in content/ is neither a source nor used by one.",
    Rule.UNUSED_PICTURE: "A picture is shown by no story and no page.",
    Rule.UNUSED_TERM: "A name under [slugs] is that of no story.",
    Rule.VAGUE_LINK: "The text of a link does not tell where it leads, as 'here' does not.",
}
