"""What `python-markdown` misreads is found, and its edits give what CommonMark reads."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.edit import apply_edits
from generator.model.site import Markup
from generator.parse.markdown.misreadings.finder import MisreadingFinder
from generator.parse.markdown.outline import outline
from generator.parse.markdown.reader import MarkdownReader

FINDER = MisreadingFinder(Markup())
OURS = MarkdownReader(Markup())
MEANT = MarkdownReader(Markup(dialect="commonmark"))

MISREAD = [
    pytest.param("Text:\n- a\n- b", "touching", (2, 1), "Text:\n\n- a\n- b", id="list"),
    pytest.param(
        "> q\n> - a\n> - b", "touching", (2, 3), "> q\n>\n> - a\n> - b", id="list in a quotation"
    ),
    pytest.param(
        "{{< factbox >}}\nText:\n- a\n{{< /factbox >}}",
        "touching",
        (3, 1),
        "{{< factbox >}}\nText:\n\n- a\n{{< /factbox >}}",
        id="list in a shortcode",
    ),
    pytest.param(
        "Line\n| a | b |\n|---|---|\n| 1 | 2 |",
        "touching",
        (2, 1),
        "Line\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        id="table",
    ),
    pytest.param(
        "- one\n  - two\n    - three\n- four",
        "nesting",
        (2, 3),
        "- one\n    - two\n        - three\n- four",
        id="two spaces",
    ),
    pytest.param("1. Step\n   - sub", "nesting", (2, 4), "1. Step\n    - sub", id="three spaces"),
    pytest.param("- one\n\n  more", "nesting", (3, 3), "- one\n\n    more", id="second paragraph"),
    pytest.param(
        "- one\n\n      code\n\n- two",
        "nesting",
        (3, 7),
        "- one\n\n        code\n\n- two",
        id="code in a list",
    ),
    pytest.param("1) a\n2) b", "nesting", (1, 1), "1. a\n2. b", id="parenthesis"),
    pytest.param(
        "- x\n  ```py\n  # c\n\n    y\n  ```\n- z",
        "fence",
        (2, 3),
        "- x\n\n        # c\n\n          y\n\n- z",
        id="fence in a list",
    ),
    pytest.param(
        "```perl {linenos=inline}\n# x\n```", "fence", (1, 1), "```perl\n# x\n```", id="options"
    ),
    pytest.param("  ```\n  x\n  ```", "fence", (1, 3), "```\nx\n```", id="indented fence"),
    pytest.param(
        "- [ ] open\n- [x] done", "task list", (1, 3), "- \u2610 open\n- \u2611 done", id="tasks"
    ),
    pytest.param(
        "See https://example.org/a_b.",
        "address",
        (1, 5),
        "See <https://example.org/a_b>.",
        id="address",
    ),
    pytest.param(
        "(www.example.org) `a@b.org`",
        "address",
        (1, 2),
        "([www.example.org](http://www.example.org)) `a@b.org`",
        id="www",
    ),
    pytest.param("a_b@c.org wrote", "address", (1, 1), "<a_b@c.org> wrote", id="e-mail"),
    pytest.param(
        '<div class="x">\n\n**b**\n\n</div>',
        "html",
        (1, 1),
        '<div markdown="1" class="x">\n\n**b**\n\n</div>',
        id="HTML",
    ),
    pytest.param(
        "<table>\n<tr>\n<td>\n\n**x**\n\n- a\n\n</td>\n</tr>\n</table>",
        "html",
        (1, 1),
        '<table markdown="1">\n<tr markdown="1">\n<td markdown="block">'
        "\n\n**x**\n\n- a\n\n</td>\n</tr>\n</table>",
        id="cell",
    ),
    pytest.param("one\\\ntwo", "line break", (1, 4), "one  \ntwo", id="backslash"),
    pytest.param("#MeToo in court", "heading", (1, 1), "\\#MeToo in court", id="number sign"),
    pytest.param("  ## Heading", "heading", (1, 3), "## Heading", id="indented heading"),
]


def fixed(text: str) -> str:
    return apply_edits(text, (edit for each in FINDER.find(text) for edit in each.edits))


@pytest.mark.parametrize(("text", "kind", "place", "written"), MISREAD)
def test_it_is_found_and_its_edit_gives_what_is_meant(
    text: str, kind: str, place: tuple[int, int], written: str
) -> None:
    first = FINDER.find(text)[0]
    assert (first.kind, (first.line, first.column)) == (kind, place)
    assert first.message
    assert first.hint
    assert fixed(text) == written
    assert outline(OURS.read(written, 1, "")[0]) == outline(MEANT.read(text, 1, "")[0])
    assert FINDER.find(written) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Text:\n\n- a\n    - b\n\n        more\n\n- c", id="four spaces"),
        pytest.param("[x](https://a.org) <https://b.org> `https://c.org`", id="links"),
        pytest.param("[r]: https://a.org/x\n\n[r] and [a@b.org](mailto:a@b.org)", id="definition"),
        pytest.param("```\n- [ ] a\nhttps://a.org\\\n#b\n```", id="code"),
        pytest.param('<div markdown="1">\n\n**b**\n\n</div>', id="Markdown by attribute"),
        pytest.param("<div>\n<b>x</b>\n</div>", id="plain HTML"),
        pytest.param('{{< embed "https://example.org/" >}}', id="argument of a shortcode"),
        pytest.param("A *plain* text - with signs #1.", id="plain text"),
    ],
)
def test_what_both_dialects_read_alike_is_left_alone(text: str) -> None:
    assert FINDER.find(text) == []


def test_what_no_edit_puts_right_is_still_found() -> None:
    text = "- ```\n  code\n  ```\n- b"
    found = FINDER.find(text)
    assert [(each.kind, each.line, each.edits) for each in found] == [("fence", 1, ())]


WORDS = st.sampled_from(["one", "two *three*", "four `five`", "see https://example.org/x, and"])
ITEMS = st.recursive(
    st.tuples(WORDS, st.just(())),
    lambda inner: st.tuples(WORDS, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)


def written_list(items: list[tuple[str, tuple[object, ...]]], sign: str, depth: int = 0) -> str:
    indent = " " * (len(sign) + 1) * depth
    lines = []
    for words, inner in items:
        lines.append(f"{indent}{sign} {words}")
        if inner:
            lines.append(written_list(list(inner), sign, depth + 1))  # type: ignore[arg-type]
    return "\n".join(lines)


BLOCKS = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=3).map("\\\n".join),
    st.builds(written_list, st.lists(ITEMS, min_size=1, max_size=3), st.sampled_from("-*")),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda items: "\n".join(f"- [ ] {item}" for item in items)
    ),
    WORDS.map(lambda words: f"{words}:\n- {words}\n- {words}"),
    WORDS.map(lambda words: f"> {words}\n> - {words}"),
    WORDS.map(lambda words: f"<div>\n\n**{words}**\n\n</div>"),
    WORDS.map(lambda words: f"#{words}"),
    WORDS.map(lambda words: f"  ## {words}"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_edits_give_what_commonmark_reads(blocks: list[str]) -> None:
    # A paragraph apart, as two lists in a row are one list.
    text = "\n\nApart.\n\n".join(blocks)
    assert outline(OURS.read(fixed(text), 1, "")[0]) == outline(MEANT.read(text, 1, "")[0])


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab-*#[]() \n\t>`~|<1.)\\:@/w", max_size=80))
def test_no_text_comes_out_worse(text: str) -> None:
    meant = outline(MEANT.read(text, 1, "")[0])
    before, after = (outline(OURS.read(each, 1, "")[0]) for each in (text, fixed(text)))
    assert _missing(after, meant) <= _missing(before, meant)


def _missing(read: list[str], meant: list[str]) -> int:
    first, second = Counter(read), Counter(meant)
    return (first - second).total() + (second - first).total()
