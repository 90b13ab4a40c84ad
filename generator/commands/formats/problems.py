"""Problems in the forms that people, programs and build machines read.

Each form is a function from problems to text without a line break at its end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Literal, get_args

from generator.commands.formats.junit import junit
from generator.commands.formats.sarif import explained, sarif
from generator.errors import Problem

ProblemFormat = Literal["text", "json", "github", "sarif", "junit"]
PROBLEM_FORMATS: tuple[ProblemFormat, ...] = get_args(ProblemFormat)

# Names of files that are not UTF-8 have these; no form can hold them.
_SURROGATE = re.compile("[\ud800-\udfff]")


def format_problems(problems: Iterable[Problem], form: ProblemFormat) -> str:
    """Return problems in a form, in the order in which they are given."""
    return _FORMS[form]([_encodable(problem) for problem in problems])


def _encodable(problem: Problem) -> Problem:
    texts = (problem.path, problem.message, problem.hint)
    if not any(map(_SURROGATE.search, texts)):
        return problem
    path, message, hint = (_SURROGATE.sub("\ufffd", text) for text in texts)
    return replace(problem, path=path, message=message, hint=hint)


def _text(problems: Iterable[Problem]) -> str:
    """A line for each problem."""
    return "\n".join(map(str, problems))


def _json(problems: Iterable[Problem]) -> str:
    """An array of objects, each on a line of its own."""
    lines = ",\n".join(json.dumps(asdict(each), ensure_ascii=False) for each in problems)
    return f"[\n{lines}\n]" if lines else "[]"


def _github(problems: Iterable[Problem]) -> str:
    """A workflow command for each problem, which GitHub shows beside the line
    (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
    """
    return "\n".join(map(_command, problems))


def _command(problem: Problem) -> str:
    properties: dict[str, str] = {"file": problem.path}
    if problem.line:
        properties["line"] = str(problem.line)
    if problem.line and problem.column:
        properties["col"] = str(problem.column)
    if problem.code:
        properties["title"] = problem.code
    where = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{problem.severity} {where}::{_data(explained(problem))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMS: Mapping[ProblemFormat, Callable[[list[Problem]], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": sarif,
    "junit": junit,
}
