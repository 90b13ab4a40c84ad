"""What is taken from an author's HTML is markup and never words, and no mark can be forged."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.dialects import DialectReader

pytestmark = pytest.mark.usefixtures("each_dialect")

READER = DialectReader()
MARKS = re.compile("[\ue000\ue001]")


def visible(text: str) -> str:
    """The words of a text as a reader of its page sees them."""
    body, _ = READER.read(text, 1, "a.md")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body.html)).split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Put the <title> first.\n\nThen more.", "Put the <title> first. Then more."),
        ("A <textarea> here.\n\nThen more.", "A <textarea> here. Then more."),
        ("An <xmp> and a <plaintext> here.\n\nMore.", "An <xmp> and a <plaintext> here. More."),
        ("AsRef<Path> for Component", "AsRef<Path> for Component"),
        ("Hello <name> of it", "Hello <name> of it"),
        ("Draw the <path> of it", "Draw the <path> of it"),
        ('<iframe src="https://x.example/" />\n\nAfter it.', "After it."),
        ('<script src="https://x.example/a.js" />\n\nAfter it.', "After it."),
        ("<style>\n\nfive words", "five words"),
        ("<template>\n\neight words", "eight words"),
        ("<math>\n\nseven words", "seven words"),
        ("<object>four</object> words", "four words"),
        ("<div>\n<!-- never closed\n</div>\n\nwords", "<!-- never closed words"),
        ("<div>\n<!-- closed -->\n</div>\n\nwords", "words"),
    ],
)  # fmt: skip
def test_no_tag_swallows_words(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_code_that_is_removed_is_reported_with_its_words() -> None:
    _, problems = READER.read("Text.\n\n<script>\nlet a = 1\n</script>\n", 1, "a.md")
    [problem] = problems
    assert (problem.line, problem.column, problem.severity) == (3, 1, "warning")
    assert problem.message == "raw <script> is not published, nor the 4 words of code in it"


TAGS = st.sampled_from(
    "<title> <b> </b> <iframe> <Path> </i> <textarea/> <p <!-- --> <T extends='a'> <svg> </div> "
    "<script> <style/> <noscript> <select> <br> <x-y> <![CDATA[ <?php".split()
)


@given(st.lists(st.tuples(st.integers(10**8, 10**9), TAGS), max_size=8))
def test_every_word_outside_code_stays(parts: list[tuple[int, str]]) -> None:
    text = " ".join(f"{tag} w{number}" for number, tag in parts)
    if "</script" in text or "-->" in text or "<p " in text:
        # These open or end what a later part closes; the examples above have them.
        text = re.sub("<p |<!--|-->", "", text)
    shown = visible(text)
    for number, _ in parts:
        assert f"w{number}" in shown


REFERENCES = st.sampled_from(
    [
        "&#xE000;", "&#57344;", "&#x0e000;", "&#XE000", "&#0057344", "&#xE001;", "&#57345",
        "&#xE0&#xE000;00;", "&#xE0\ue00000;", "\ue000", "\ue001", "&amp;#xE000;",
    ]
)  # fmt: skip
PLACES = (
    "Text {} more.",
    '<abbr title="{}">z</abbr>',
    "[x](y.example '{}')",
    "[x](https://x.example/{})",
    "## {}",
    "`{}`",
    "![{}](https://x.example/a.png)",
    "| {} |\n|---|\n| {} |",
    '{{{{< a b="{}" >}}}}',
    "{{{{< a >}}}}{}{{{{< /a >}}}}",
)


@given(
    st.sampled_from(PLACES),
    st.tuples(REFERENCES, st.sampled_from("SRTX"), st.integers(0, 9), REFERENCES),
    st.sampled_from(["error", "text", "drop"]),
    st.booleans(),
)
def test_no_mark_can_be_forged(
    place: str, forged: tuple[str, str, int, str], unknown: str, trusted: bool
) -> None:
    mark = "{}{}{}{}".format(*forged)
    reader = DialectReader(trusted_html=trusted, unknown_shortcodes=unknown)
    body, _ = reader.read(place.format(mark, mark), 1, "a.md")
    inside = [call.inner or "" for call in body.shortcodes]
    for text in (body.html, *inside):
        for found in re.finditer("\ue000(.)([0-9]+)\ue001", text):
            known = {"S": body.shortcodes, "R": body.references}[found[1]]
            assert int(found[2]) < len(known)
        assert not MARKS.search(re.sub("\ue000[SR][0-9]+\ue001", "", text))
    assert len(re.findall("\ue000S", "".join([body.html, *inside]))) == len(body.shortcodes)


def test_a_shortcode_is_never_expanded_inside_a_tag() -> None:
    reader = DialectReader(unknown_shortcodes="drop")
    text = """<abbr title='{{< x >}}" {{< y >}}'>z</abbr> <b title={{< z >}}>w</b>\n"""
    body, _ = reader.read(text, 1, "a.md")
    for tag in re.findall(r"<[a-z][^>]*>", body.html):
        assert not MARKS.search(tag)


def pictures(text: str) -> list[str]:
    """The addresses of the pictures that a text shows."""
    body, _ = READER.read(text, 1, "a.md")
    return re.findall(r'<img[^>]* src="([^"]*)"', body.html)


SHOWN = "https://x.example/a.jpg"
PLACEHOLDER = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@pytest.mark.parametrize(
    "text",
    [
        f'<img data-src="{SHOWN}" alt="x">',
        f'<img src="{PLACEHOLDER}" data-src="{SHOWN}" alt="x" />',
        f"<img class='lazy' src='{PLACEHOLDER}' data-lazy-src='{SHOWN}'>",
        f'<noscript><img src="{SHOWN}"></noscript>',
        f'<img src="{PLACEHOLDER}" data-src="{SHOWN}"><noscript><img src="{SHOWN}"></noscript>',
        f'<img src="{SHOWN}" data-src="https://x.example/other.jpg">',
    ],
)
def test_a_picture_that_a_script_would_load_is_shown_once(text: str) -> None:
    assert pictures(f"Before.\n\n{text}\n\nAfter.") == [SHOWN]


def test_lazy_sizes_of_a_picture_are_its_sizes() -> None:
    body, _ = READER.read(f'<img src="{SHOWN}" data-srcset="{SHOWN} 1x, {SHOWN} 2x">', 1, "a.md")
    assert f'srcset="{SHOWN} 1x, {SHOWN} 2x"' in body.html


def test_the_words_of_a_noscript_stay() -> None:
    assert visible(f'<img src="{SHOWN}"><noscript>Two words <img src="{SHOWN}"></noscript>') == (
        "Two words"
    )


@pytest.mark.parametrize("tag", ['<a name="part2"></a>', "<A NAME=part2>x</A>"])
def test_a_named_anchor_can_be_jumped_to(tag: str) -> None:
    body, _ = READER.read(f"[go](#part2)\n\n{tag}\n\nText.", 1, "a.md")
    [target] = re.findall(r'href="#([^"]*)"', body.html)
    assert f'id="{target}"' in body.html


def test_a_name_inside_another_value_is_no_anchor() -> None:
    body, _ = READER.read('<a href="/x/" title="the name=part2">x</a>', 1, "a.md")
    assert 'title="the name=part2"' in body.html
    assert "id=" not in body.html
