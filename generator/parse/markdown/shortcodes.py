"""Finds shortcode calls in a Markdown text and puts marks in their place.

A call is `{{< name args >}}` or `{{% name args %}}`, alone, self-closing (`/>}}`) or as a pair
with `{{< /name >}}`. Fenced blocks and code spans are left alone, and `{{</* name */>}}` is the
call as text. Which names the theme has is not known here, so a call that can't be read is kept
with the reason: only where the theme knows its name does the reason matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import dedent

from generator.errors import Problem, Severity
from generator.model.body import MARK_END, MARK_START
from generator.parse.markdown.code_spans import Span, outside_code
from generator.parse.markdown.notations import Notations
from generator.parse.markdown.shortcode_arguments import CallError
from generator.parse.markdown.shortcode_tokens import ESCAPED, Token

MAX_CALLS = 2_000
# Character references to the marks' characters, in any spelling that HTML decodes.
FORGED = re.compile(r"&#(?:0*5734[45](?![0-9])|[xX]0*[eE]00[01](?![0-9a-fA-F]));?")
REPLACEMENT = "\ufffd"
MAX_PAIRS_DEEP = 20


@dataclass(frozen=True, slots=True)
class FoundCall:
    """A call as found. `inner` is Markdown, with marks of its own; None for no pair.

    `source` is the whole call as written; `inline` tells a pair that stands within one line.
    `error` is why the call can't be read, if it can't: then it has no arguments.
    """

    name: str
    args: tuple[str, ...]
    named: Mapping[str, str]
    inner: str | None
    inline: bool
    opening: str
    closing: str
    source: str
    line: int
    column: int
    error: Problem | None = None


@dataclass(frozen=True, slots=True)
class ShortcodeScan:
    """A text with marks: `S` and an index into `calls`, `T` and one into `literals`.

    `masked` is the text as long as written, but blank where the calls are.
    """

    text: str
    masked: str
    calls: tuple[FoundCall, ...] = ()
    literals: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def scan(
    text: str,
    code_blocks: Callable[[str], Sequence[Span]],
    *,
    first_line: int,
    path: str,
    notations: Notations,
    severity: Severity = "error",
) -> ShortcodeScan:
    """Find all calls of a text that begins at `first_line` of the file `path`, and its notations.

    `code_blocks` finds where a text has none. What only looks like a call stays as text and is a
    problem of that severity.
    """
    if not notations.may_be_in(text):
        return ShortcodeScan(text, text)
    scanner = _Scanner(text, first_line, path, notations, severity)
    return scanner.scan(code_blocks(text))


def mark(letter: str, number: int) -> str:
    """Return the mark with that letter and index."""
    return f"{MARK_START}{letter}{number}{MARK_END}"


def unforged(text: str) -> str:
    """Return a text or its HTML without character references that would become marks."""
    return FORGED.sub(REPLACEMENT, text) if "&#" in text else text


class _Scanner:
    def __init__(
        self, text: str, first_line: int, path: str, notations: Notations, severity: Severity
    ) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.notations = notations
        self.severity = severity
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.calls: list[FoundCall | None] = []
        self.literals: list[str] = []
        self.problems: list[Problem] = []

    def scan(self, code_blocks: Sequence[Span]) -> ShortcodeScan:
        tokens = list(self._tokens(code_blocks))
        pairs = self._pairs(tokens)
        if self._too_many(tokens) or self._too_deep(tokens, pairs):
            tokens, pairs = [], {}
        text = self._render(tokens, pairs, (0, len(tokens)), (0, len(self.text)))
        calls = tuple(call for call in self.calls if call is not None)
        masked = self._masked(tokens)
        return ShortcodeScan(text, masked, calls, tuple(self.literals), tuple(self.problems))

    def _tokens(self, code_blocks: Sequence[Span]) -> Iterator[Token]:
        end = 0
        for start in outside_code(self.text, self.notations.opener, code_blocks):
            if start < end:
                continue
            try:
                token = self.notations.read(self.text, start)
            except CallError as error:
                self.problems.append(self._problem(error, self.severity))
                token = Token(start, start + 3, "text")
            if token is None:
                continue
            end = token.end
            yield token

    def _pairs(self, tokens: list[Token]) -> dict[int, int]:
        """The closer of each opener that has one, as indexes; notes closers without openers."""
        pairs: dict[int, int] = {}
        stack: list[int] = []
        waiting: dict[str, int] = {}
        for index, token in enumerate(tokens):
            if token.kind == "open":
                stack.append(index)
                waiting[token.name] = waiting.get(token.name, 0) + 1
            elif token.kind == "close" and not waiting.get(token.name):
                message = f"'{token.name}' is closed here, but was not opened"
                tokens[index] = replace(token, error=CallError(token.start, message))
            elif token.kind == "close":
                while True:
                    opener = stack.pop()
                    waiting[tokens[opener].name] -= 1
                    if tokens[opener].name == token.name:
                        break
                pairs[opener] = index
        return pairs

    def _too_many(self, tokens: list[Token]) -> bool:
        calls = [token for token in tokens if token.kind != "text"]
        if len(calls) <= MAX_CALLS:
            return False
        message = f"a text may call {MAX_CALLS:,} shortcodes, not {len(calls):,}"
        error = CallError(calls[MAX_CALLS].start, message)
        self.problems.append(self._problem(error, "error"))
        return True

    def _too_deep(self, tokens: list[Token], pairs: Mapping[int, int]) -> bool:
        ends: list[int] = []
        for opener in sorted(pairs):
            while ends and ends[-1] < opener:
                ends.pop()
            ends.append(pairs[opener])
            if len(ends) > MAX_PAIRS_DEEP:
                message = f"shortcodes are nested more than {MAX_PAIRS_DEEP} deep"
                error = CallError(tokens[opener].start, message)
                self.problems.append(self._problem(error, "error"))
                return True
        return False

    def _render(
        self,
        tokens: list[Token],
        pairs: Mapping[int, int],
        which: tuple[int, int],
        span: tuple[int, int],
    ) -> str:
        index, last = which
        position, end = span
        parts: list[str] = []
        while index < last:
            token = tokens[index]
            closer = pairs.get(index)
            until = tokens[closer].end if closer is not None else token.end
            parts.append(self.text[position : token.start])
            if token.kind == "text":
                parts.append(self._literal(token))
            else:
                placed = self._call(tokens, pairs, index)
                alone = not token.inline and self._alone(token.start, until)
                parts.append(f"\n{placed}\n" if alone else placed)
            position = until
            index = (index if closer is None else closer) + 1
        parts.append(self.text[position:end])
        return "".join(parts)

    def _call(self, tokens: list[Token], pairs: Mapping[int, int], index: int) -> str:
        token = tokens[index]
        number = len(self.calls)
        self.calls.append(None)
        inner, closing, end = None, "", token.end
        if index in pairs:
            closer = tokens[pairs[index]]
            span = (token.end, closer.start)
            inner = self._render(tokens, pairs, (index + 1, pairs[index]), span)
            closing, end = self.text[closer.start : closer.end], closer.end
        line, column = self._place(token.start)
        self.calls[number] = FoundCall(
            name=token.name,
            args=token.args,
            named=token.named,
            inner=None if inner is None else dedent(inner).strip("\n"),
            inline="\n" not in self.text[token.end : end],
            opening=self.text[token.start : token.end],
            closing=closing,
            source=self.text[token.start : end],
            line=line,
            column=column,
            error=self._problem(token.error, "error") if token.error else None,
        )
        placed = mark("S", number)
        return f"[{token.shown}]({placed})" if token.shown else placed

    def _literal(self, token: Token) -> str:
        written = self.text[token.start : token.end]
        if escaped := ESCAPED.fullmatch(written):
            written = f"{{{{{escaped[1]}{escaped[2]}{escaped[3]}"
        self.literals.append(token.shown or written)
        return mark("T", len(self.literals) - 1)

    def _alone(self, start: int, end: int) -> bool:
        """Return whether a call has its lines, unindented, for itself."""
        rest = self.text[end : self.text.find("\n", end) + 1 or len(self.text)]
        return (start == 0 or self.text[start - 1] == "\n") and not rest.strip()

    def _masked(self, tokens: list[Token]) -> str:
        parts, position = [], 0
        for token in tokens:
            written = self.text[token.start : token.end]
            parts += [self.text[position : token.start], re.sub(r"\S", " ", written)]
            position = token.end
        return "".join([*parts, self.text[position:]])

    def _problem(self, error: CallError, severity: Severity) -> Problem:
        line, column = self._place(error.position)
        return Problem(self.path, line, column, error.message, error.hint, severity)

    def _place(self, position: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, position) - 1
        return self.first_line + line, position - self.line_starts[line] + 1
