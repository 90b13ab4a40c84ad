"""Problems as JUnit's XML, which most build machines read.

The form is the part that its many schemas have in common: https://github.com/testmoapp/junitxml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.errors import Problem

_SUITE = "broadsheet check"
_ALL_RIGHT = "portal"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, not even as a reference (https://www.w3.org/TR/xml/#charsets)."""


def junit(problems: Iterable[Problem]) -> str:
    """Return a suite in which each file with problems is a test.

    It fails if the file has errors; warnings are its output. Without problems one test passes.
    """
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.path, []).append(problem)
    failing = sum(any(map(_is_error, found)) for found in files.values())
    counts = {
        "tests": str(len(files) or 1),
        "failures": str(failing),
        "errors": "0",
        "skipped": "0",
        "time": "0",
    }
    suite = Element("testsuite", {"name": _SUITE, **counts})
    for path, found in files.items() or [(_ALL_RIGHT, [])]:
        _add_test(suite, path, found)
    indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suite, encoding="unicode")}'


def _add_test(suite: Element, path: str, found: Sequence[Problem]) -> None:
    test = SubElement(
        suite, "testcase", {"classname": _SUITE, "name": _allowed(path) or ".", "time": "0"}
    )
    errors = list(filter(_is_error, found))
    if errors:
        first = errors[0]
        message = first.message if len(errors) == 1 else f"{len(errors)} errors"
        kinds = {error.code or "error" for error in errors}
        kind = kinds.pop() if len(kinds) == 1 else "error"
        failure = SubElement(test, "failure", {"message": _allowed(message), "type": kind})
        failure.text = _lines(errors)
    if warnings := [problem for problem in found if not _is_error(problem)]:
        SubElement(test, "system-out").text = _lines(warnings)


def _is_error(problem: Problem) -> bool:
    return problem.severity == "error"


def _lines(problems: Iterable[Problem]) -> str:
    return _allowed("\n".join(map(str, problems)))


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
