from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.model.site import Markup
from generator.parse.markdown.notations import Notations
from generator.parse.markdown.python_markdown.fences import code_blocks
from generator.parse.markdown.shortcodes import FoundCall, ShortcodeScan, mark, scan

NOTATIONS = Notations(Markup())


def scanned(text: str) -> ShortcodeScan:
    return scan(text, code_blocks, first_line=10, path="a.md", notations=NOTATIONS)


def only_call(text: str) -> FoundCall:
    found = scanned(text)
    assert not found.problems
    (call,) = found.calls
    return call


def errors(text: str) -> list[Problem]:
    found = scanned(text)
    return [*found.problems, *(call.error for call in found.calls if call.error)]


def error(text: str) -> tuple[int, int, str]:
    (problem,) = errors(text)
    return problem.line, problem.column, problem.message


def shown(text: str) -> str:
    """A text with its marks put back as they were written, after a scan that fails nothing."""
    found = scan(
        text, code_blocks, first_line=1, path="a.md", notations=NOTATIONS, severity="warning"
    )
    assert all(problem.severity == "warning" for problem in found.problems)
    whole = found.text
    for number, literal in enumerate(found.literals):
        whole = whole.replace(mark("T", number), literal)
    for number, call in enumerate(found.calls):
        whole = whole.replace(mark("S", number), call.source)
    return whole


def test_text_without_calls_stays_as_it_is() -> None:
    assert scanned("a {{ b }} c").text == "a {{ b }} c"


def test_call_is_replaced_by_a_mark_and_keeps_its_place() -> None:
    found = scanned("one\ntwo {{< youtube abc >}} three")
    assert found.text == f"one\ntwo {mark('S', 0)} three"
    call = found.calls[0]
    assert (call.name, call.args, call.line, call.column) == ("youtube", ("abc",), 11, 5)
    assert call.inner is None
    assert call.opening == "{{< youtube abc >}}"


@pytest.mark.parametrize(
    ("written", "args", "named"),
    [
        ("x", ("x",), {}),
        ('"two words" x', ("two words", "x"), {}),
        (r'"say \"yes\" \\ no"', (r'say "yes" \ no',), {}),
        ('`raw "as is" \\"`', ('raw "as is" \\"',), {}),
        ("`over\nlines`", ("over\nlines",), {}),
        ('id=7 title="A title"', (), {"id": "7", "title": "A title"}),
        ("id = 7", (), {"id": "7"}),
        ('first title="T"', ("first",), {"title": "T"}),
        ("https://x.example/?a=b&c=/d", ("https://x.example/?a=b&c=/d",), {}),
        ("متن", ("متن",), {}),
        ('""', ("",), {}),
        ("a/b", ("a/b",), {}),
        ("-1", ("-1",), {}),
    ],
)
def test_arguments_are_read(written: str, args: tuple[str, ...], named: dict[str, str]) -> None:
    call = only_call(f"{{{{< name {written} >}}}}")
    assert (call.args, call.named) == (args, named)


@pytest.mark.parametrize(
    "written",
    ["{{<a>}}", "{{< a>}}", "{{<a />}}", "{{< a/>}}", "{{% a %}}", "{{<\na\n>}}", "{{< a   >}}"],
)
def test_call_may_be_written_in_each_form(written: str) -> None:
    assert only_call(written).name == "a"


def test_pair_encloses_text() -> None:
    call = only_call("{{< quote by=me >}}\nSome *words*.\n{{< /quote >}}")
    assert call.inner == "Some *words*."
    assert call.closing == "{{< /quote >}}"
    assert not call.inline


def test_pair_within_one_line_is_inline() -> None:
    assert only_call("a {{< b >}}c{{< /b >}} d").inline


def test_opener_without_closer_stands_alone_before_another_pair() -> None:
    found = scanned("{{< a 1 >}} {{< a 2 >}}x{{< /a >}}")
    assert [call.inner for call in found.calls] == [None, "x"]


def test_pairs_nest() -> None:
    found = scanned("{{< a >}}1{{< b >}}2{{< a >}}3{{< /a >}}{{< /b >}}4{{< /a >}}")
    outer, middle, inner = found.calls
    assert found.text == f"\n{mark('S', 0)}\n"
    assert outer.inner == f"1{mark('S', 1)}4"
    assert middle.inner == f"2{mark('S', 2)}"
    assert inner.inner == "3"


def test_inner_text_loses_the_indent_of_its_place() -> None:
    call = only_call("- item\n\n    {{< box >}}\n    one\n\n        code\n    {{< /box >}}")
    assert call.inner == "one\n\n    code"


def test_call_alone_on_its_line_is_a_block_of_its_own() -> None:
    assert scanned("a\n{{< b >}}\nc").text == f"a\n\n{mark('S', 0)}\n\nc"


@pytest.mark.parametrize(
    "text",
    [
        "`{{< a >}}`",
        "`` ` {{< a >}} ``",
        "```\n{{< a >}}\n```",
        "~~~ text\n{{< a >}}\n\n{{< b\n~~~",
        "`one\n{{< a >}}`",
    ],
)
def test_code_is_left_alone(text: str) -> None:
    found = scanned(text)
    assert found.text == text
    assert not found.calls
    assert not found.problems


@pytest.mark.parametrize(
    "text", ["` {{< a >}}", "`\n\n{{< a >}} `", "\\`{{< a >}}`", "```\n{{< a >}}"]
)
def test_backtick_that_opens_no_code_hides_nothing(text: str) -> None:
    assert len(scanned(text).calls) == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('{{</* youtube "x" */>}}', '{{< youtube "x" >}}'),
        ("{{%/* a */%}}", "{{% a %}}"),
        ("{{</* /a */>}}", "{{< /a >}}"),
    ],
)
def test_escaped_call_is_text(written: str, shown: str) -> None:
    found = scanned(f"a {written} b")
    assert found.text == f"a {mark('T', 0)} b"
    assert found.literals == (shown,)
    assert not found.calls


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a\nb {{< youtube abc", (11, 3), "does not end"),
        ("{{< a b\n\n{{< c >}}", (10, 1), "does not end"),
        ('{{< a "b >}}', (10, 7), "can't read this shortcode argument"),
        ('{{< a b"c" >}}', (10, 8), "can't read this shortcode argument"),
        ("{{< a id=1 id=2 >}}", (10, 12), "'id' is given twice"),
        ("{{< a “b” >}}", (10, 7), "curly quote"),
        ("{{< >}}", (10, 1), "without a name"),
        ("{{< ../a >}}", (10, 1), "without a name"),
        ("{{< a %}}", (10, 1), "opens with {{< and ends with %}}"),
        ("text {{< /a >}}", (10, 6), "'a' is closed here, but was not opened"),
    ],
)
def test_fault_is_told_with_line_and_column(text: str, place: tuple[int, int], words: str) -> None:
    line, column, message = error(text)
    assert (line, column) == place
    assert words in message


def test_every_fault_of_a_text_is_told() -> None:
    problems = errors("{{< /a >}}\n{{< >}}\n{{< b “c” >}}\n")
    assert sorted(problem.line for problem in problems) == [10, 11, 12]


def test_what_can_not_be_read_is_kept_as_it_is_written() -> None:
    text = '{{< a "b >}} and {{< /c >}} and {{<'
    assert shown(text) == text
    found = scan(
        text, code_blocks, first_line=1, path="a.md", notations=NOTATIONS, severity="warning"
    )
    assert [(call.name, call.source) for call in found.calls] == [
        ("a", '{{< a "b >}}'),
        ("c", "{{< /c >}}"),
    ]
    assert [problem.column for problem in found.problems] == [33]


@pytest.mark.parametrize(
    ("written", "args", "named"),
    [
        ('label="a b"open="true"', (), {"label": "a b", "open": "true"}),
        ('"a""b"c', ("a", "b", "c"), {}),
        ("`a`b=`c`d=e", ("a",), {"b": "c", "d": "e"}),
        ('src="a.jpg"width="4" height="3"', (), {"src": "a.jpg", "width": "4", "height": "3"}),
        ("\n  a=1\n\tb='2'\n", (), {"a": "1", "b": "'2'"}),
        ('srcdoc=`<b class="c">{{ x }}</b>`', (), {"srcdoc": '<b class="c">{{ x }}</b>'}),
        (r'text="say \"no\" >}} now"', (), {"text": 'say "no" >}} now'}),
        ('a=""b=""', (), {"a": "", "b": ""}),
    ],
)
def test_a_missing_blank_after_a_quoted_value_is_read(
    written: str, args: tuple[str, ...], named: dict[str, str]
) -> None:
    call = only_call(f"{{{{< name {written} >}}}}")
    assert (call.args, call.named) == (args, named)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{{<audio label="a "b" c" >}}', "audio"),
        ("{{< a b=“c” >}}", "a"),
        ("{{< a b=1 b=2 >}}", "a"),
        ("{{% a b %}}}", "a"),
        ("{{< a b %}}", "a"),
        ('{{< a b="c >}}', "a"),
        ('{{< a/b "c >}} He said "no", and "yes" >}}', "a/b"),
        ("{{< a " + "b " * 300 + ">}}", "a"),
    ],
)
def test_a_call_that_can_not_be_read_ends_where_it_was_meant_to(text: str, name: str) -> None:
    found = scanned(f"x {text} y")
    (call,) = found.calls
    assert call.name == name
    assert call.source.count("}}") == 1
    assert (call.error is None) == (text == "{{% a b %}}}")


def test_a_pair_whose_opener_can_not_be_read_is_one_call() -> None:
    found = scanned('{{< a "b" “c” >}}\nInside.\n{{< /a >}}')
    (call,) = found.calls
    assert call.error
    assert call.inner == "Inside."


def test_pairs_nested_beyond_reason_are_a_fault() -> None:
    text = "{{< a >}}" * 900 + "{{< /a >}}" * 900
    assert "nested more than 20 deep" in error(text)[2]


def test_masked_text_has_the_same_places() -> None:
    text = "a {{< b c.md >}}\n[x](c.md)"
    found = scanned(text)
    assert len(found.masked) == len(text)
    assert found.masked.index("c.md") == text.rindex("c.md")


@pytest.mark.parametrize(
    "piece",
    [
        "{{< ",
        '{{< a "',
        "{{< a `",
        "{{< a >}}",
        "{{< /a >}}",
        "`{{<",
        "``` {{<\n",
        "{{</*",
        "{{< a b=",
    ],
)
def test_long_texts_of_faults_are_kept_as_they_are_written(piece: str) -> None:
    assert len(shown(piece * 1900)) >= len(piece) * 1900


@given(st.text('{<%>}/ a="`*\\\n', max_size=40))
def test_any_text_is_scanned(text: str) -> None:
    found = scan(
        text, code_blocks, first_line=1, path="a.md", notations=NOTATIONS, severity="warning"
    )
    for number, literal in enumerate(found.literals):
        assert mark("T", number) in found.text + "".join(call.inner or "" for call in found.calls)
        assert literal
