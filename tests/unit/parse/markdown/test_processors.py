"""Broadsheet's parts of Python-Markdown give the bytes that Python-Markdown's own give."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.markdown import by_our_parts, by_python_markdown

INLINE = [
    "plain words", "Tehran", "*em*", "**strong**", "***both***", "_under_", "snake_case_word",
    "__init__", "~~gone~~", "~one~", "* star", "2 * 3 * 4", "`code`", "``a ` b``", "`open",
    "[a](http://x.example/)", '[a](<b c> "t")', "[a](b \"t", "[text][ref]", "[ref]", "[none]",
    "![alt](p.jpg)", "![alt][ref]", "![ref]", "<http://x.example/?a=b&c>", "<me@x.example>",
    "line  \nbreak", "<b>raw</b>", '<a href="x">y</a>', "<br>", "<!-- c -->", "a < b", "a > b",
    "AT&T", "&amp;", "&copy", "&#169;", "&#169 x", "\\*not\\*", "\\\\`x`", "\\", "[^1]", "[^none]",
    "HTML", "“quoted”", "'single'", '"double"', "it's the '90s", "wait... --- -- -", "{: .c }",
    "*em*{: .c }", "{#id}", "{ brace }", "۱۲۳ متن", "漢字", "é", "(parens)", "1. no", "2024. yes",
    "[x]: y", "a | b", "end\\", "\ue000S0\ue001", "[[a](b)](c)", "[*a*](b_c_d)", "**a *b* c**",
]  # fmt: skip
BLOCKS = [
    "# Heading", "## Heading ##", "### Two\n", "Heading\n===", "Heading\n---", "---", "* * *",
    "- one\n- two", "- one\n\n- two", "- a\n    - b\n        - c", "1. one\n2. two", "3. three",
    "* a\n* b\n\n    para in b", "> quote", "> a\n>\n> - b\n> c", "> > deep", "    code\n    more",
    "```\nfence <b>\n```", "``` python\nx = 1\n```", "~~~ {.css #id}\na\n~~~", "```\nopen",
    "| a | b |\n|---|--:|\n| 1 | 2 |", "a | b\n:-:|-\n1 | 2\n", "|a|\n|-|\n|`x|y`|",
    "term\n: definition", "term\n\n: one\n\n: two\n\n    more", "[ref]: http://r.example/ 'T'",
    "[^1]: A note.\n    More of it.", "[^1]: Note\n\n    second", "*[HTML]: Hyper Text",
    "<div>\n*raw*\n</div>", '<div markdown="1">\n*not raw*\n\n- a\n</div>', "<p>raw</p> tail",
    "<hr>", "<!-- comment -->", "para\n# heading\npara", "para\n> quote", "para\n- not a list",
    "# H {: #custom .c }", "para\n{: .c }", "- item\n{: .c }", "\tcode by tab", "  two spaces",
    "para   \n   \n\n\n   para", "A\nB\nC", "«A»\n— B", "**A** b\n*c* d", "1 a\n12 b",
    "// comment\n: x", "Note\n:   def", "a\n\n\n\nb", "A.\n\n[x](y)", "<details>\n<summary>s",
]  # fmt: skip

words = st.lists(st.sampled_from(INLINE) | st.text(max_size=8), min_size=1, max_size=6)
blocks = st.sampled_from(BLOCKS) | words.map(" ".join) | words.map("\n".join)
indented = st.tuples(st.sampled_from(["", "> ", "    ", "- "]), blocks).map("".join)
documents = st.lists(indented, min_size=1, max_size=8).map("\n\n".join)
signs = st.text("*_~`[]()!<>&;#\\:|-+.\n \t{}=^1aé\"'/", max_size=60)


def made_document(seed: int) -> str:
    chance = random.Random(seed)
    parts = []
    for _ in range(chance.randint(1, 14)):
        if chance.random() < 0.45:
            parts.append(chance.choice(BLOCKS))
        else:
            inline = chance.choices(INLINE, k=chance.randint(1, 9))
            parts.append(chance.choice([" ", " ", "\n", ", "]).join(inline))
        if chance.random() < 0.15:
            prefix = chance.choice(["> ", "    ", "  "])
            parts[-1] = "\n".join(prefix + line for line in parts[-1].split("\n"))
    return chance.choice(["\n\n", "\n\n", "\n"]).join(parts)


@pytest.mark.parametrize("smart_quotes", [False, True])
def test_made_documents_come_out_as_from_python_markdown(smart_quotes: bool) -> None:
    for seed in range(400):
        text = made_document(seed)
        assert by_our_parts(text, smart_quotes) == by_python_markdown(text, smart_quotes), text


@given(documents, st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_document_comes_out_as_from_python_markdown(text: str, smart_quotes: bool) -> None:
    assert by_our_parts(text, smart_quotes) == by_python_markdown(text, smart_quotes)


@given(signs, st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_signs_come_out_as_from_python_markdown(text: str, smart_quotes: bool) -> None:
    assert by_our_parts(text, smart_quotes) == by_python_markdown(text, smart_quotes)


def test_each_piece_of_markup_alone_comes_out_as_from_python_markdown() -> None:
    for text in [
        *INLINE,
        *BLOCKS,
        *(f"{block}\n{inline}" for block in BLOCKS for inline in ("a",)),
    ]:
        assert by_our_parts(text, False) == by_python_markdown(text, False), text
