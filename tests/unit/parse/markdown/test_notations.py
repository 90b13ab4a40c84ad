"""Notations that `[markdown]` turns on: emoji, highlights, sub- and superscripts, wiki links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.site import Markup
from tests.support.dialects import DialectReader

pytestmark = pytest.mark.usefixtures("each_dialect")

ALL = ("emoji", "mark", "subscript", "superscript", "wiki_links", "math")

READ = [
    ("emoji", ":tada: Won! :+1:", "<p>\U0001f389 Won! \U0001f44d</p>"),
    ("emoji", "I :heart: it, :family_man_woman_boy:", None),
    ("emoji", "**:fr:** :none_such:", "<p><strong>\U0001f1eb\U0001f1f7</strong> :none_such:</p>"),
    ("emoji", "`:tada:` \\:tada: 10:100:5", "<p><code>:tada:</code> :tada: 10:100:5</p>"),
    ("emoji", "a:tada: :tada:b", "<p>a:tada: :tada:b</p>"),
    ("emoji", "```\n:tada:\n```", "<pre><code>:tada:\n</code></pre>"),
    ("mark", "a ==b== c", "<p>a <mark>b</mark> c</p>"),
    ("mark", "==a **b** c==", "<p><mark>a <strong>b</strong> c</mark></p>"),
    ("mark", "**==a==** b", "<p><strong><mark>a</mark></strong> b</p>"),
    ("mark", "a == b, `==c==`, \\==d==, ==e", "<p>a == b, <code>==c==</code>, ==d==, ==e</p>"),
    ("subscript", "H~2~O, ~~gone~~", "<p>H<sub>2</sub>O, <del>gone</del></p>"),
    ("subscript", "~5 and ~6 `H~2~O` H\\~2~O", "<p>~5 and ~6 <code>H~2~O</code> H~2~O</p>"),
    ("superscript", "E=mc^2^", "<p>E=mc<sup>2</sup></p>"),
    ("superscript", "2^nd and 3^rd, `x^2^` x\\^2^", "<p>2^nd and 3^rd, <code>x^2^</code> x^2^</p>"),
    ("math", "so $a^2$, `$b$`, \\$c$", "<p>so S0, <code>$b$</code>, $c$</p>"),
    ("math", "$5 and $6, $5\u2013$6, US$5 a$", "<p>$5 and $6, $5\u2013$6, US$5 a$</p>"),
    ("math", "A\n\n$$\na\n$$\n\nB", "<p>A</p>\nS0\n<p>B</p>"),
    ("math", "$$a\n\nb$$", "<p>$$a</p>\n<p>b$$</p>"),
    ("wiki_links", "See [[7519]].", '<p>See <a href="R0">7519</a>.</p>'),
    ("wiki_links", "[[a.md#b|the *talks*]]", '<p><a href="R0">the <em>talks</em></a></p>'),
    ("wiki_links", "[[a_b_c]]", '<p><a href="R0">a_b_c</a></p>'),
    ("wiki_links", "| a | b |\n|---|---|\n| [[x|y]] | z |", None),
    ("wiki_links", "`[[a]]` \\[[a]] [[a]](https://b.org) [[ ]]", None),
]  # fmt: skip


def read(text: str, *on: str) -> str:
    body, problems = DialectReader(**dict.fromkeys(on, True)).read(text, 1, "a.md")
    assert problems == []
    return body.html.replace("\ue000", "").replace("\ue001", "")


@pytest.mark.parametrize(("notation", "text", "expected"), READ)
def test_a_notation_is_read_when_it_is_on_and_text_when_it_is_off(
    notation: str, text: str, expected: str | None
) -> None:
    shown = read(text, notation)
    if expected is not None:
        assert shown == expected
    others = [name for name in ALL if name != notation]
    assert read(text, *others) == read(text)


def test_emoji_have_the_characters_that_are_shown_in_colour() -> None:
    assert "I \u2764\ufe0f it, \U0001f468\u200d\U0001f469\u200d\U0001f466" in read(
        "I :heart: it, :family_man_woman_boy:", "emoji"
    )


def test_a_wiki_link_stands_in_a_cell() -> None:
    shown = read("| a | b |\n|---|---|\n| [[x|y]] | z |", "wiki_links")
    assert '<td><a href="R0">y</a></td>\n<td>z</td>' in shown


def test_a_wiki_link_is_a_reference_with_its_place() -> None:
    body, _ = DialectReader(wiki_links=True).read("Text.\n\nSee [[talks#who|them]].", 5, "a.md")
    (reference,) = body.references
    assert (reference.kind, reference.target, reference.fragment) == ("ref", "talks", "who")
    assert (reference.line, reference.column) == (7, 5)


def test_links_and_code_are_no_wiki_links() -> None:
    body, _ = DialectReader(wiki_links=True).read(
        "`[[a]]` \\[[a]] [[a]](https://b.org) [[ ]]", 1, "a.md"
    )
    assert not body.references
    assert "<code>[[a]]</code> [[a]]" in body.html


def test_notations_stand_in_headings_and_their_ids_are_words() -> None:
    shown = read("## A ==b== :tada: [[c]]", "mark", "emoji", "wiki_links")
    assert "<mark>b</mark> \U0001f389 <a" in shown
    assert 'id="a-b-c"' in shown


@given(st.text(alphabet="$ab=^~:[]|+1*` \n", max_size=60))
def test_any_text_is_read_with_all_of_them(text: str) -> None:
    DialectReader(**dict.fromkeys(ALL, True)).read(text, 1, "a.md")


def test_every_notation_is_off_unless_it_is_turned_on() -> None:
    assert not any(getattr(Markup(), name) for name in ALL)
