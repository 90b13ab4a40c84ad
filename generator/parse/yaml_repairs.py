"""What keeps a YAML text from being read, found by trying what would repair it.

libyaml reports where it had to stop, often a line after the mistake, and in the terms of its
grammar. Here the lines up to that place are changed one at a time, as their author may have meant
them. The first change that lets the parser come further is the diagnosis.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from generator.parse.yaml_quotes import LINE, in_quotes, quoting_hint
from generator.validation.located import SyntaxProblem, line_and_column
from generator.validation.messages import quoted

# Enough for any front matter that was written by hand; each attempt parses all of it.
_MAX_CHARACTERS = 16 * 1024
_LINES_ABOVE = 30
_MAX_ATTEMPTS = 60

_ODD_SPACE = re.compile("( *(?:- +)*[\\w-]+):([\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+)")
_NO_SPACE = re.compile(r"( *(?:- +)*[\w-]+):(?=[^\s:])")
_WIDE_COLON = re.compile("( *(?:- +)*[\\w-]+) *\uff1a[ \t]*")
_LINE_BREAK = re.compile("[\x85\u2028\u2029]")
_COMMENT = re.compile(r"(?<=\S)[ \t]+#")
_INDENT = re.compile(r"[ \t]*")

_BEGINNINGS = {
    "-": "begins with '-' and a space, which in YAML begins an item of a list",
    "?": "begins with '?' and a space, which in YAML begins a key",
    "!": "begins with '!', which in YAML begins a tag",
    "&": "begins with '&', which in YAML begins an anchor",
    "*": "begins with '*', which in YAML begins an alias",
    ">": "begins with '>', after which YAML wants the text on the lines below",
    "|": "begins with '|', after which YAML wants the text on the lines below",
    "[": "begins with '[', which in YAML begins a list",
    "{": "begins with '{', which in YAML begins a mapping",
}
_CLOSING = {"[": "]", "{": "}"}
# Errors whose place is where the thing began, not where the text ran out.
_FROM_BEGINNING = frozenset(
    ("found unexpected end of stream", "did not find expected alphabetic or numeric character")
)


@dataclass(frozen=True, slots=True)
class _Repair:
    """A line as it may have been meant. `at` is where in it the mistake is, if that is known."""

    line: str
    message: str
    hint: str
    at: int | None = None


def place_of(text: str, error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Return the line and column that an error of the parser is about."""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
    mark = marks[-1 if error.problem in _FROM_BEGINNING else 0] if marks else None
    return line_and_column(text, mark.index) if mark else (1, 1)


def diagnosis(text: str, stopped: tuple[int, int]) -> SyntaxProblem | None:
    """The mistake for which the parser stopped at a line and column; None if none is found."""
    if len(text) > _MAX_CHARACTERS:
        return None
    lines = text.split("\n")
    last = stopped[0] - 1
    above = range(last, max(-1, last - _LINES_ABOVE), -1)
    repairs = [(number, repair) for number in above for repair in _rewordings(lines[number])]
    repairs += [(last, repair) for repair in _indentation(lines[last], lines[last - 1])]
    for number, repair in repairs[:_MAX_ATTEMPTS]:
        if _stops([*lines[:number], repair.line, *lines[number + 1 :]]) > stopped[0]:
            return _misprint(lines, number, repair, stopped)
    return None


def _misprint(
    lines: list[str], number: int, repair: _Repair, stopped: tuple[int, int]
) -> SyntaxProblem:
    if repair.at is not None:
        column = repair.at + 1
    elif stopped[0] == number + 1:
        column = stopped[1]
    else:
        column = _lead(lines[number]) + 1
    return SyntaxProblem(number + 1, column, repair.message, repair.hint)


def _stops(lines: list[str]) -> float:
    """Return the line at which the parser stops; beyond all lines if it reads them to the end."""
    text = "\n".join(lines)
    try:
        for _ in yaml.parse(text, Loader=yaml.CBaseLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return place_of(text, error)[0]
    except yaml.YAMLError:
        return 0
    return float("inf")


def _rewordings(line: str) -> Iterator[_Repair]:
    if line.startswith("---"):
        return
    yield from _after_the_key(line)
    yield from _signs(line)
    yield from _quotes(line)


def _after_the_key(line: str) -> Iterator[_Repair]:
    """Yield what stands there, and should be a colon and a space."""
    if found := _ODD_SPACE.match(line):
        name = unicodedata.name(found[2][0]).lower()
        code = f"U+{ord(found[2][0]):04X}"
        message = f"the space after '{found[1].strip(' -')}:' is {code}, {name}"
        repaired = f"{found[1]}: {line[found.end() :]}"
        yield _Repair(repaired, message, "type an ordinary space there", found.start(2))
    elif found := _WIDE_COLON.match(line):
        message = f"there is a full-width colon after '{found[1].strip(' -')}'"
        repaired = f"{found[1]}: {line[found.end() :]}"
        yield _Repair(repaired, message, "write ':' and a space", found.end(1))
    elif found := _NO_SPACE.match(line):
        message = f"there is no space after '{found[1].strip(' -')}:'"
        repaired = f"{found[1]}: {line[found.end() :]}"
        yield _Repair(repaired, message, "write a space after the colon", found.end())


def _signs(line: str) -> Iterator[_Repair]:
    """Characters that end a line, or what can be seen of it."""
    if found := _LINE_BREAK.search(line):
        message = f"the character U+{ord(found[0]):04X} ends a line in YAML"
        yield _Repair(
            _LINE_BREAK.sub(" ", line), message, "write a space in its place", found.start()
        )
    if found := _COMMENT.search(line):
        message = "the text ends here, as in YAML a '#' after a space begins a comment"
        hint = "put text with '#' in it in quotes"
        yield _Repair(_COMMENT.sub(" _", line), message, hint, found.end() - 1)


def _quotes(line: str) -> Iterator[_Repair]:
    """Yield the value of a line that can't be read by itself, in quotes."""
    start = _lead(line)
    value = line[start:].rstrip(" \t")
    closed = _CLOSING.get(value[:1]) == value[-1:]
    if not start or not value or closed or _stops([f"key: {value}"]) == float("inf"):
        return
    key = (LINE.match(line) or {"key": None})["key"]
    name = f"'{key}'" if key and len(key) < len(quoted(key)) else "this text"
    hint = quoting_hint(line, start)
    if (closing := _CLOSING.get(value[0])) and closing not in value:
        hint = f"write {quoted(closing)} at its end, or {hint}"
    yield _Repair(line[:start] + in_quotes(value), f"{name} {_reason(value)}", hint)


def _reason(value: str) -> str:
    """Why text can't stand without quotes, or in those that it has; continues its name."""
    first = value[0]
    if first in "'\"":
        return _reason_in_quotes(value)
    if first in _CLOSING and _CLOSING[first] not in value:
        return f"begins with {quoted(first)}, but there is no {quoted(_CLOSING[first])}"
    if first in _BEGINNINGS:
        return _BEGINNINGS[first]
    if ": " in value or value.endswith(":"):
        return "has a colon and a space in it, which in YAML ends a key"
    return f"begins with {quoted(first)}, with which text can't begin in YAML"


def _reason_in_quotes(value: str) -> str:
    if value.count(value[0]) == 1:
        return "begins with a quotation mark that is never closed"
    if value[0] == value[-1] == '"' and "\\" in value:
        return "has a backslash that means nothing between double quotation marks"
    return "begins with a quotation mark, so in YAML it ends at the next one"


def _indentation(line: str, above: str) -> Iterator[_Repair]:
    """Yield the line at the column at which the one above begins."""
    indent, rest = (_INDENT.match(line) or [""])[0], line.lstrip(" \t")
    aligned = above[: len(above) - len(above.lstrip(" "))] + rest
    if not rest or aligned == line:
        return
    if "\t" in indent:
        message = "there is a tab at the beginning of the line"
        yield _Repair(aligned, message, "indent with spaces", indent.index("\t"))
    else:
        message = "the line does not begin at the column at which the one above begins"
        yield _Repair(aligned, message, "indent keys that belong together alike", len(indent))


def _lead(line: str) -> int:
    """Return how much of a line stands before the text of its value."""
    found = LINE.match(line)
    return found.end() if found else 0
