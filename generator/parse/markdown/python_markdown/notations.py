"""Highlighted, subscript and superscript text, for a portal that turns them on."""

from __future__ import annotations

from markdown import Markdown
from markdown.inlinepatterns import SimpleTagInlineProcessor

from generator.model.site import Markup
from generator.parse.markdown import notations

# After addresses and before emphasis.
_PRIORITY = 65


def add(md: Markdown, markup: Markup) -> None:
    """Add to Python-Markdown what the settings turn on."""
    scripts = {"sub": notations.SUBSCRIPT, "sup": notations.SUPERSCRIPT}
    for tag, on in (("sub", markup.subscript), ("sup", markup.superscript)):
        if on:
            pattern = SimpleTagInlineProcessor(f"(){scripts[tag]}", tag)
            md.inlinePatterns.register(pattern, tag, _PRIORITY)
    if markup.mark and md.delimiters is not None:
        md.delimiters.add("=", "mark", double=True)
    if markup.emoji:
        md.ESCAPED_CHARS.append(":")
    if markup.math:
        md.ESCAPED_CHARS.append("$")
    md.ESCAPED_CHARS += [sign[0] for sign in notations.dialect_signs(markup) if sign != "~"]
