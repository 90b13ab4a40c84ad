"""Reads a Markdown text into a `Body`: shortcodes, HTML, sanitizing, references, lead.

The HTML comes from a dialect (see `dialect`); everything else is the same for all dialects.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.errors import Problem, Severity, shortened
from generator.model.article import Heading
from generator.model.body import (
    MARK_END,
    MARK_START,
    SHORTCODE_MARK,
    Body,
    ShortcodeCall,
)
from generator.model.html_tags import TAG_REST
from generator.model.rules import Rule
from generator.model.site import Markup, UnknownShortcodes
from generator.parse.markdown.calls_in_tags import REFERRING, CallsInTags
from generator.parse.markdown.dialect import dialect_of
from generator.parse.markdown.headings import OWN_PREFIX
from generator.parse.markdown.limits import MAX_CHARACTERS, TooIntricateError
from generator.parse.markdown.links import Links
from generator.parse.markdown.notations import Notations
from generator.parse.markdown.raw_html import RemovedElement, prepare
from generator.parse.markdown.sanitizer import Sanitizer
from generator.parse.markdown.shortcodes import FoundCall, ShortcodeScan, mark, scan, unforged
from generator.parse.markdown.summary import count_words, find_lead

# Control characters and the marks' own; tabs and newlines stay.
UNWANTED = dict.fromkeys([*range(9), *range(11, 32), 0x7F, 0xE000, 0xE001, 0xFFFE, 0xFFFF])
UNWANTED_CHARACTERS = tuple(map(chr, UNWANTED))
CALL_MARK = re.compile(f"{MARK_START}[ST][0-9]+{MARK_END}")
LITERAL = re.compile(f"{MARK_START}T([0-9]+){MARK_END}")
LONE = re.compile(f"<p>((?:{MARK_START}S[0-9]+{MARK_END}\\s*+)++)</p>")
CODE = re.compile(r"<code[^<>]*+>[^<]*+</code>")
TAG = re.compile(rf"<[A-Za-z]{TAG_REST}")
OWN_ID = re.compile(rf'(\sid=["\']?)(?={OWN_PREFIX})', re.IGNORECASE)


class MarkdownReader:
    """Reads the texts of a portal; made once in each process, as its parts are slow to make.

    `base_path` is the path of the portal's `base_url`, such as `/daily`.
    """

    def __init__(self, markup: Markup, base_path: str = "") -> None:
        self._markup = markup
        self._base_path = base_path
        self._dialect = dialect_of(markup)
        self._notations = Notations(markup)
        self._sanitizer = None if markup.trusted_html else Sanitizer()

    def read(self, text: str, first_line: int, path: str) -> tuple[Body, list[Problem]]:
        """The body of a text that begins at `first_line` of the file `path`, and its errors."""
        text = _cleared(text)
        if len(text) > MAX_CHARACTERS:
            message = f"the text is longer than {MAX_CHARACTERS:,} characters"
            return Body(""), [Problem(path, first_line, 0, message)]
        unknown = self._markup.unknown_shortcodes
        severity: Severity = "error" if unknown == "error" else "warning"
        found = scan(
            text,
            self._dialect.code_blocks,
            first_line=first_line,
            path=path,
            notations=self._notations,
            severity=severity,
        )
        links = Links(found.masked, first_line, self._base_path)
        reading = _Reading(found, links, path, unknown)
        reading.problems.extend(found.problems)
        if unknown == "error":
            reading.problems.extend(call.error for call in found.calls if call.error)
        self._dialect.begin()
        try:
            markup = self._html(found.text, reading)
            toc = self._dialect.headings()
            placed = reading.place(markup, lambda inner: self._html(inner, reading))
        except TooIntricateError as error:
            return Body(""), [_unreadable(path, first_line, str(error))]
        except RecursionError:
            return Body(""), [_unreadable(path, first_line, "something in it is nested too deep")]
        return reading.body(placed, toc), shortened(reading.problems)

    def _html(self, text: str, reading: _Reading) -> str:
        """Return one text's HTML, sanitized, with marks for references and shortcodes."""
        markup = self._dialect.convert(text)
        markup = unforged(markup)
        if MARK_START in markup:
            markup = reading.restore(markup)
        if self._sanitizer is not None:
            markup, removed = prepare(markup)
            reading.warn_of(removed)
            markup = self._sanitizer.clean(markup)
            if OWN_PREFIX in markup:
                markup = TAG.sub(lambda tag: OWN_ID.sub(r"\1section-", tag[0]), markup)
        if MARK_START in markup:
            # Sanitizing may end a tag elsewhere than it seemed to end.
            markup = TAG.sub(lambda tag: CALL_MARK.sub("", tag[0]), markup)
        return reading.links.resolve(markup)


@dataclass(slots=True)
class _Reading:
    """What is known of one text while it is read."""

    found: ShortcodeScan
    links: Links
    path: str
    unknown: UnknownShortcodes
    problems: list[Problem] = field(default_factory=list)
    shortcodes: list[ShortcodeCall | None] = field(default_factory=list)

    @property
    def in_tags(self) -> CallsInTags:
        """The calls that stand in tags, or make one."""
        return CallsInTags(self.found.calls, self.links, self.path, self.unknown, self.problems)

    def restore(self, markup: str) -> str:
        """Put calls back as text where none can be expanded: in code, and inside tags."""
        markup = CODE.sub(lambda code: SHORTCODE_MARK.sub(self._as_written, code[0]), markup)
        markup = self.in_tags.resolve(markup)
        markup = LITERAL.sub(
            lambda literal: html.escape(self.found.literals[int(literal[1])]), markup
        )
        return LONE.sub(r"\1", markup)

    def _as_written(self, found: re.Match[str]) -> str:
        return html.escape(self.found.calls[int(found[1])].source)

    def warn_of(self, removed: list[RemovedElement]) -> None:
        """Report which raw HTML is not published, each kind of it once."""
        words = {each.tag: 0 for each in removed}
        for each in removed:
            words[each.tag] += each.words
        for tag, lost in words.items():
            place = self.links.find(f"<{tag}")
            message = f"raw <{tag}> is not published"
            if lost:
                message += f", nor the {lost} words of code in it"
            hint = "use a shortcode, or trusted_html in site.toml"
            problem = Problem(self.path, *place, message, hint, "warning", Rule.REMOVED_HTML)
            self.problems.append(problem)

    def place(self, markup: str, convert: Callable[[str], str]) -> str:
        """Number the calls that are left in the order of the text, and read what they enclose."""
        if MARK_START not in markup:
            return markup
        return SHORTCODE_MARK.sub(lambda found: self._place(int(found[1]), convert), markup)

    def _place(self, number: int, convert: Callable[[str], str]) -> str:
        call = self.found.calls[number]
        if call.name in REFERRING and not call.error:
            shown = html.escape(call.named.get("path") or next(iter(call.args), ""))
            return f'<a href="{self.in_tags.refer(call)}">{shown}</a>'
        index = len(self.shortcodes)
        self.shortcodes.append(None)
        inner = call.inner
        if inner is not None:
            inner = convert(inner)
            if call.inline:
                inner = re.sub(r"\A<p>((?:(?!<p[ >]).)*)</p>\s*\Z", r"\1", inner, flags=re.DOTALL)
            inner = self.place(inner, convert)
        self.shortcodes[index] = _shortcode(call, inner)
        return mark("S", index)

    def body(self, markup: str, toc: tuple[Heading, ...]) -> Body:
        """Return the finished body."""
        shortcodes = tuple(call for call in self.shortcodes if call is not None)
        inner = sum(count_words(call.inner) for call in shortcodes if call.inner)
        return Body(
            html=markup,
            lead=find_lead(markup),
            word_count=count_words(markup) + inner,
            toc=toc,
            references=tuple(self.links.references),
            shortcodes=shortcodes,
        )


def _shortcode(call: FoundCall, inner: str | None) -> ShortcodeCall:
    return ShortcodeCall(
        name=call.name,
        args=call.args,
        named=call.named,
        inner=inner,
        opening=call.opening,
        closing=call.closing,
        line=call.error.line if call.error else call.line,
        column=call.error.column if call.error else call.column,
        error=call.error.message if call.error else "",
        hint=call.error.hint if call.error else "",
    )


def _unreadable(path: str, line: int, reason: str) -> Problem:
    return Problem(path, line, 0, f"the text can't be read: {reason}")


def _cleared(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Looking for each in turn takes a tenth of the time that one look for them all takes.
    if any(character in text for character in UNWANTED_CHARACTERS):
        text = text.translate(UNWANTED)
    return text
