"""Problems as SARIF 2.1.0, which code scanning reads
(https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.errors import Problem
from generator.model.rules import SUMMARIES

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# What stands between a text in brackets and an address, so that they are no link (3.11.6).
_NO_LINK = "]\u200b("


def sarif(problems: Iterable[Problem]) -> str:
    """Return a log with one run, in which each code is a rule."""
    found = list(problems)
    rules = {_rule(problem): problem for problem in reversed(found)}
    numbers = {name: at for at, name in enumerate(sorted(rules))}
    driver = {
        "name": "Broadsheet",
        "version": __version__,
        "rules": [_descriptor(name, rules[name]) for name in numbers],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, numbers) for problem in found],
    }
    log = {"version": "2.1.0", "$schema": _SCHEMA, "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def explained(problem: Problem) -> str:
    """Return a problem's message with its hint."""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.message}{hint}"


def _rule(problem: Problem) -> str:
    return problem.code or problem.severity


def _descriptor(name: str, problem: Problem) -> dict[str, Any]:
    text = {"text": SUMMARIES.get(name, name.replace("-", " ").capitalize())}
    return {
        "id": name,
        "shortDescription": text,
        "fullDescription": text,
        "help": {"text": "docs/check.md describes each rule."},
        "defaultConfiguration": {"level": problem.severity},
    }


def _result(problem: Problem, numbers: Mapping[str, int]) -> dict[str, Any]:
    rule = _rule(problem)
    # A problem of a whole file stands at its first line, as code scanning takes no result without.
    region = {"startLine": problem.line or 1}
    if problem.line and problem.column:
        region["startColumn"] = problem.column
    place = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
    return {
        "ruleId": rule,
        "ruleIndex": numbers[rule],
        "level": problem.severity,
        "message": {"text": _message(explained(problem)) or rule},
        "locations": [{"physicalLocation": place}],
    }


def _message(text: str) -> str:
    """Return a text that has no placeholder and no link (3.11.5, 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", _NO_LINK)


def _uri(path: str) -> str:
    """Return the relative address of a file; that of a page for a URL of the site."""
    page = f"{path}index.html" if path.endswith("/") else path
    return quote(page.lstrip("/") or ".", safe="/")
