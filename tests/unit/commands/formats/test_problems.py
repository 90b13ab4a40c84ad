"""The forms of problems keep what their standards ask, whatever a message says."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.formats.problems import PROBLEM_FORMATS, ProblemFormat, format_problems
from generator.errors import Problem

STORY = "content/articles/2024/01/20/7519.md"
KEY = Problem(STORY, 4, 1, "unknown key 'sorce'", "did you mean 'source'?")
LONG = Problem(STORY, 3, 8, "is long", "", "warning", "headline-length")
LINK = Problem("/404.html", 0, 0, "the link to /x/ leads nowhere", code="broken-link")

TEXT = st.text(st.characters(exclude_categories=()))
PROBLEMS = st.lists(
    st.builds(
        Problem,
        path=TEXT,
        line=st.integers(0, 3),
        column=st.integers(0, 3),
        message=TEXT,
        hint=TEXT,
        severity=st.sampled_from(["error", "warning"]),
        code=st.sampled_from(["", "headline-length", "missing-alt"]),
    ),
    max_size=4,
)


def written(text: str) -> str:
    """A text as a form can hold it."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def explained(problem: Problem) -> str:
    return written(problem.message + (f" ({problem.hint})" if problem.hint else ""))


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
@given(PROBLEMS)
def test_every_form_can_be_written_as_utf8(form: ProblemFormat, problems: list[Problem]) -> None:
    format_problems(problems, form).encode()


def test_text_is_what_a_terminal_shows() -> None:
    assert format_problems([KEY, LONG], "text").splitlines() == [
        f"{STORY}:4:1: error: unknown key 'sorce' (did you mean 'source'?)",
        f"{STORY}:3:8: warning: is long [headline-length]",
    ]


def test_json_has_all_that_is_known() -> None:
    assert json.loads(format_problems([KEY], "json")) == [
        {
            "path": STORY,
            "line": 4,
            "column": 1,
            "message": "unknown key 'sorce'",
            "hint": "did you mean 'source'?",
            "severity": "error",
            "code": "",
        }
    ]
    assert json.loads(format_problems([], "json")) == []


@given(PROBLEMS)
def test_json_has_every_problem(problems: list[Problem]) -> None:
    found = json.loads(format_problems(problems, "json"))
    assert [each["message"] for each in found] == [written(each.message) for each in problems]


def test_github_gets_a_command_for_each_line() -> None:
    assert format_problems([KEY, LONG, LINK], "github").splitlines() == [
        f"::error file={STORY},line=4,col=1::unknown key 'sorce' (did you mean 'source'?)",
        f"::warning file={STORY},line=3,col=8,title=headline-length::is long",
        "::error file=/404.html,title=broken-link::the link to /x/ leads nowhere",
    ]
    odd = Problem("a,b:c%.md", 1, 0, "50% of\r\nit, a: b", "")
    assert format_problems([odd], "github") == (
        "::error file=a%2Cb%3Ac%25.md,line=1::50%25 of%0D%0Ait, a: b"
    )


@given(PROBLEMS)
def test_github_reads_what_was_meant(problems: list[Problem]) -> None:
    """Read as the runner does: the properties up to the second `::`, then the message."""
    commands = format_problems(problems, "github").split("\n") if problems else []
    assert len(commands) == len(problems)
    for command, problem in zip(commands, problems, strict=True):
        _, head, message = command.split("::", 2)
        name, _, properties = head.partition(" ")
        values = dict(each.split("=", 1) for each in properties.split(","))
        assert name == problem.severity
        assert unescaped(values["file"]) == written(problem.path)
        assert values.get("line", "0") == str(problem.line)
        assert unescaped(message) == explained(problem)


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n")):
        text = text.replace(code, character)
    return text.replace("%25", "%")


def assert_is_sarif(log: Any) -> list[dict[str, Any]]:
    """Check what SARIF 2.1.0 requires of what is written here; the results of the one run.

    That is: the version and an absolute `$schema`; one run with a tool whose driver has a name, and
    rules with different ids, descriptions and a level; the kind of columns. Each result names a
    rule, by an id and an index that agree; it has a level, and a message that is not empty, whose
    braces are doubled (3.11.5) and which has no embedded link (3.11.6). Its place is a relative URI
    reference in ASCII, with a line and perhaps a column, counted from 1.
    """
    assert log["version"] == "2.1.0"
    assert urlsplit(log["$schema"]).scheme == "https"
    [run] = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    results: list[dict[str, Any]] = run["results"]
    for result in results:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        text = result["message"]["text"]
        assert text
        assert not set("{}") & set(text.replace("{{", "").replace("}}", ""))
        assert not re.search(r"\[[^\]]*\]\(", text)
        [location] = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})+", uri, re.ASCII)
        assert not uri.startswith("/")
        assert urlsplit(uri).scheme == ""
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region.get("startColumn", 1) >= 1
    return results


@given(PROBLEMS)
def test_sarif_keeps_its_standard(problems: list[Problem]) -> None:
    results = assert_is_sarif(json.loads(format_problems(problems, "sarif")))
    for result, problem in zip(results, problems, strict=True):
        assert result["level"] == problem.severity
        assert result["ruleId"] == (problem.code or problem.severity)
        shown = result["message"]["text"].replace("{{", "{").replace("}}", "}")
        assert shown.replace("]\u200b(", "](") in (explained(problem), problem.code or shown)


def test_sarif_has_a_rule_for_each_code_and_a_place_for_each_result() -> None:
    log = json.loads(format_problems([LINK, KEY, LONG], "sarif"))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["broken-link", "error", "headline-length"]
    assert rules[2]["shortDescription"] == {"text": "Headline length"}
    places = [each["locations"][0]["physicalLocation"] for each in assert_is_sarif(log)]
    assert places == [
        {"artifactLocation": {"uri": "404.html"}, "region": {"startLine": 1}},
        {"artifactLocation": {"uri": STORY}, "region": {"startLine": 4, "startColumn": 1}},
        {"artifactLocation": {"uri": STORY}, "region": {"startLine": 3, "startColumn": 8}},
    ]


@pytest.mark.parametrize("path", ["content/articles/خبر 1.md", "content/a#b?c%20.md", "a:b.md"])
def test_sarif_encodes_names_of_files(path: str) -> None:
    [result] = assert_is_sarif(json.loads(format_problems([Problem(path, 1, 1, "x")], "sarif")))
    assert unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == path


def assert_is_junit(suite: Element) -> list[Element]:
    """Check what the schemas of Jenkins, Ant and others have in common; the tests."""
    assert suite.tag == "testsuite"
    assert {"name", "tests", "failures", "errors", "skipped", "time"} == set(suite.attrib)
    tests = list(suite)
    assert all(test.tag == "testcase" for test in tests)
    assert all(set(test.attrib) == {"classname", "name", "time"} for test in tests)
    assert all(test.attrib["name"] for test in tests)
    assert suite.attrib["tests"] == str(len(tests))
    failing = [test for test in tests if test.find("failure") is not None]
    assert suite.attrib["failures"] == str(len(failing))
    for test in tests:
        # In this order, each at most once.
        assert [each.tag for each in test] in (
            [],
            ["failure"],
            ["system-out"],
            ["failure", "system-out"],
        )
        for failure in test.findall("failure"):
            assert set(failure.attrib) == {"message", "type"}
            assert failure.text
    return tests


@given(PROBLEMS)
def test_junit_keeps_its_schema(problems: list[Problem]) -> None:
    tests = assert_is_junit(fromstring(format_problems(problems, "junit")))
    assert len(tests) == max(1, len({written(each.path) for each in problems}))


def test_junit_fails_a_file_with_errors() -> None:
    other = Problem(STORY, 9, 0, "is twice here", code="clash")
    suite = fromstring(format_problems([KEY, LONG, LINK, other], "junit"))
    first, second = assert_is_junit(suite)
    assert first.attrib["name"] == STORY
    failure, out = first
    assert failure.attrib == {"message": "2 errors", "type": "error"}
    assert failure.text == f"{KEY}\n{other}"
    assert out.text == str(LONG)
    assert second[0].attrib == {"message": LINK.message, "type": "broken-link"}


def test_junit_passes_a_portal_with_warnings_and_one_without() -> None:
    [test] = assert_is_junit(fromstring(format_problems([LONG], "junit")))
    assert [each.tag for each in test] == ["system-out"]
    [test] = assert_is_junit(fromstring(format_problems([], "junit")))
    assert (test.attrib["name"], list(test)) == ("portal", [])


def test_junit_replaces_what_xml_can_not_hold() -> None:
    problem = Problem("a\x00.md", 1, 1, "\x1b[31m & <b> \ufffe \U0001f600")
    [test] = assert_is_junit(fromstring(format_problems([problem], "junit")))
    assert test.attrib["name"] == "a\ufffd.md"
    assert test[0].attrib["message"] == "\ufffd[31m & <b> \ufffd \U0001f600"
