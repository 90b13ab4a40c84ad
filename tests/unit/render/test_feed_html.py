from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.parse.markdown.sanitizer import ATTRIBUTES, TAGS, Sanitizer
from generator.render.feed_html import absolutize, feed_safe
from tests.support.dialects import DialectReader

KNOWN_ATTRIBUTES = frozenset(name for names in ATTRIBUTES.values() for name in names.split())


def tags_of(html: str) -> dict[str, set[str]]:
    """The attributes of each tag."""
    return {
        found[1]: set(re.findall(r'([\w-]+)="', found[2]))
        for found in re.finditer(r"<(\w+)([^>]*)>", html)
    }


BASE = "https://news.example/daily/world/1/a/"
pytestmark = pytest.mark.usefixtures("each_dialect")

READER = DialectReader()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/daily/x/">a</a>', '<a href="https://news.example/daily/x/">a</a>'),
        ('<a href="#fn:1">1</a>', f'<a href="{BASE}#fn:1">1</a>'),
        ('<a href="x.pdf">a</a>', f'<a href="{BASE}x.pdf">a</a>'),
        ('<a href="?a=1&amp;b">a</a>', f'<a href="{BASE}?a=1&amp;b">a</a>'),
        ("<a href='/x'>a</a>", '<a href="https://news.example/x">a</a>'),
        ('<a href="//cdn.example/x">a</a>', '<a href="https://cdn.example/x">a</a>'),
        (
            '<a href="https://x.example/?a=1&amp;b=2">a</a>',
            '<a href="https://x.example/?a=1&amp;b=2">a</a>',
        ),
        ('<a href="mailto:a@b.example">a</a>', '<a href="mailto:a@b.example">a</a>'),
        ('<a href="http://[bad">a</a>', '<a href="http://[bad">a</a>'),
        (
            '<img alt="x > y" src="/a.jpg" srcset="/a.jpg 1x, /b,c.jpg 2x">',
            '<img alt="x > y" src="https://news.example/a.jpg" '
            'srcset="https://news.example/a.jpg 1x, https://news.example/b,c.jpg 2x">',
        ),
        (
            '<video poster="/p.jpg" src="/v.mp4"></video>',
            '<video poster="https://news.example/p.jpg" src="https://news.example/v.mp4"></video>',
        ),
        (
            '<code>href="/x"</code> &lt;a href="/y"&gt;',
            '<code>href="/x"</code> &lt;a href="/y"&gt;',
        ),
        ("<p title='href=\"/x\"'>a</p>", "<p title='href=\"/x\"'>a</p>"),
        ("<p>plain</p>", "<p>plain</p>"),
    ],
)
def test_every_address_is_absolute(html: str, expected: str) -> None:
    assert absolutize(html, BASE) == expected


def test_addresses_are_made_absolute_once() -> None:
    once = absolutize('<a href="x">a</a><img src="/y?a&amp;b">', BASE)
    assert absolutize(once, BASE) == once


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a</p><script>x</script>", "<p>a</p>"),
        ('<iframe src="https://x.example/"></iframe>a', "a"),
        ('<p style="color: red">a</p>', "<p>a</p>"),
        ('<p onclick="x">a</p>', "<p>a</p>"),
        ('<img src="x"/onerror="y">', '<img src="x">'),
        ('<form action="/x"><input><button>b</button></form>', "b"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="&#106;avascript:x">a</a>', "<a>a</a>"),
        ("<svg onload=x></svg>a", "a"),
    ],
)
def test_nothing_that_feed_readers_refuse_is_left(html: str, left: str) -> None:
    assert feed_safe(html) == left


@given(st.text("*_[]()!<>&#\\` \n-:|=\"'a1", max_size=80))
def test_text_of_authors_is_safe_before_and_after(text: str) -> None:
    html = READER.read(text, 1, "a.md")[0].html
    cleaned = feed_safe(html)
    assert feed_safe(cleaned) == cleaned


def test_usual_text_comes_back_as_it_is() -> None:
    html = READER.read("# A\n\n*b* [c](https://x.example/)\n\n|a|b|\n|-|-:|\n|1|2|", 1, "a")[0].html
    assert feed_safe(html) == html


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_feeds_keep_only_what_pages_keep(tag: str) -> None:
    attributes = " ".join(f'{name}="1"' for name in sorted({*KNOWN_ATTRIBUTES, "style", "onclick"}))
    html = f"<table><tr><td><{tag} {attributes}>x</{tag}></td></tr></table>"
    on_page = tags_of(Sanitizer().clean(html))
    in_feed = tags_of(feed_safe(html))
    assert set(in_feed) <= set(on_page)
    assert all(in_feed[each] <= on_page[each] for each in in_feed)
