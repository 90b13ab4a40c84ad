"""A text by Broadsheet's engine, and by Python-Markdown with none of Broadsheet's parts."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension

from generator.model.site import Markup
from generator.parse.markdown.headings import Headings
from generator.parse.markdown.limits import Budget
from generator.parse.markdown.python_markdown.engine import (
    HeadingProcessor,
    PythonMarkdown,
    configure,
    extensions,
)
from generator.parse.markdown.python_markdown.limits import CountingFootnotes

ENGINES = {smart: PythonMarkdown(Markup(smart_quotes=smart)) for smart in (False, True)}


def by_our_parts(text: str, smart_quotes: bool) -> str:
    engine = ENGINES[smart_quotes]
    engine.begin()
    return engine.convert(text)


def by_python_markdown(text: str, smart_quotes: bool) -> str:
    footnotes = CountingFootnotes(
        Budget(), BACKLINK_TEXT="&#8617;&#xFE0E;", BACKLINK_TITLE="{}", SEPARATOR=":"
    )
    plain = Markdown(
        extensions=[
            FencedCodeExtension(),
            *extensions(footnotes, smart_quotes=smart_quotes),
        ],
        output_format="html",
    )
    configure(plain, HeadingProcessor(plain, Headings()))
    return plain.convert(text)
