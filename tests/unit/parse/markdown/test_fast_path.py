"""Texts that are converted without a parser come out with the bytes that the parser gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.parse.markdown import fast_path
from generator.parse.markdown.commonmark import plain_texts
from generator.parse.markdown.fast_path import convert
from tests.support.dialects import DialectReader
from tests.support.markdown import by_our_parts, by_python_markdown

PIECES = [
    "words", "Tehran", "۱۲۳ متن", "漢字", "é", "2024", "it's", "“said”", '"said,"', "AT&T", "& Co",
    "a > b", "1.5%", "snake_case", "_", "*em*", "**strong**", "**two words**", "*em*,", "**b**.",
    "(*em*)", "*a", "b*", "**", "* ", "***x***", "*a **b** c*", "**a *b* c**", "*a*b*c*", "x*y*z",
    "[link](https://x.example/a_b?c=d)", "[two words](/path/)", "[x](news:7519)", "**[x](/y)**",
    "*see* [x](/y)", "[x](/y) *then*", "[x](/y)*", "*[x](/y)", "[*x*](/y)", "[x](/y_z_)", "[x]",
    "[x] (y)", "[x](/y)[z](/w)", "[]()", "[x]()", "[ x ](/y)", "[x](a*b)", "]", ")", "(", "!",
    "![x](y)", "[x](mailto:a@b.example)", "[a & b](/y)", "[a](/y&z)", "—", "–", "...", "a*b",
    "\ue000S0\ue001", "http://x.example/a_b_c", "&amp;", "&copy;", "&;", "|", ":", "#", "1.", "-",
    ",", ".", ";", "؟", "«a»", "*«a»*", "**a**«", "_a_", "a_", "\u00a0", "**a**\u00a0", "*\u00a0a*",
]  # fmt: skip
STARTS = ["", "A ", "a", "“", "1 ", "12. ", "- ", "* ", "+ ", "1. ", "2. ", "> ", "> > ", ">", "# ",
          "## ", "###", "####### ", "| ", "**", "(", "—", "=", "--", "\ue000", ": ", " ", "»",
]  # fmt: skip

COMMONMARK = DialectReader(dialect="commonmark")


def some_id(level: int, title: str) -> str:
    return f"{title}-{level}"


text = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join)
tight = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
line = st.tuples(st.sampled_from(STARTS), text | tight).map("".join)
same_start = st.tuples(st.sampled_from(STARTS), st.lists(text | tight, min_size=1, max_size=4)).map(
    lambda block: "\n".join(f"{block[0]}{each}" for each in block[1])
)
rule = st.sampled_from(["---", ":--", "--:", ":-:", " - ", "", "-|-", "x"])


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 3))
    cell = st.sampled_from([*PIECES, "", " a ", "-1%"])
    rows = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), max_size=3))
    rules = draw(st.lists(rule, min_size=columns, max_size=columns))
    return "\n".join(f"|{'|'.join(row)}|" for row in [["a"] * columns, rules, *rows])


blocks = st.lists(line, min_size=1, max_size=2).map("\n".join) | same_start | tables()
documents = st.lists(blocks, min_size=1, max_size=5).map("\n\n".join)


@given(documents)
@settings(max_examples=500, deadline=None)
@example("*a*&#x20;b")
@example("**a**;\n\n*a*>")
@example("# A\n\n## B\n\n###### C")
def test_any_document_comes_out_as_from_python_markdown(document: str) -> None:
    assert by_our_parts(document, False) == by_python_markdown(document, False)


PLAIN = [piece for piece in PIECES if convert(f"Text {piece} text", some_id) is not None]
sentence = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=6).map(" ".join)
plain_blocks = st.tuples(st.sampled_from(["Text ", "A\n“", "- a ", "1. a ", "> a "]), sentence).map(
    "".join
)
plain_documents = st.lists(plain_blocks, min_size=1, max_size=4).map("\n\n".join)


@given(plain_documents)
@settings(max_examples=500, deadline=None)
def test_plain_documents_come_out_as_from_python_markdown(document: str) -> None:
    assert by_our_parts(document, False) == by_python_markdown(document, False)


@given(documents | plain_documents)
@settings(max_examples=1000, deadline=None)
@example("Text \xa0\n\nText words")
@example("|a|a|\n|---|---|\n|words|\xa0|")
def test_any_document_comes_out_as_from_the_parser_of_commonmark(document: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast_path, "OPTIMIZED", False)
        expected = COMMONMARK.read(document, 1, "a.md")
    assert COMMONMARK.read(document, 1, "a.md") == expected


@pytest.mark.parametrize(
    "document",
    [
        "A story, [as told](https://x.example/a?b=c) by **two** *people*.\nSecond line.",
        "## In short\n\n- one **b**\n- two [x](/y)\n\nText.\n\n1. first\n2. second",
        "> “A quotation.”\n> It goes on.\n\nText & more > less, snake_case.",
        "| Year | Output |\n|---|---:|\n| 2019 | -3% |\n| 2020 | *4* |",
        "# One\n\n# One\n\nText",
        "\ue000S0\ue001\n\nText \ue000S1\ue001 in it.",
    ],
)
def test_what_news_texts_are_made_of_is_plain(document: str) -> None:
    assert convert(document, some_id) is not None
    assert plain_texts.convert(document, some_id) is not None
    assert by_our_parts(document, False) == by_python_markdown(document, False)


@pytest.mark.parametrize(
    "document",
    [
        "https://x.example",
        "see www.x.example",
        "a@b.example",
        "1) a",
        "#MeToo",
        "[x](javascript:1)",
    ],
)
def test_what_commonmark_reads_otherwise_is_left_to_its_parser(document: str) -> None:
    assert plain_texts.convert(document, some_id) is None


@pytest.mark.parametrize(
    "document",
    ["`code`", "<b>x</b>", "![x](y)", "a\\*b", "[x][y]\n\n[y]: z", "a  \nb", "- a\n\n- b", "~~x~~"],
)
def test_anything_else_is_left_to_python_markdown(document: str) -> None:
    assert convert(document, some_id) is None
