from __future__ import annotations

import pytest
from html5lib import parseFragment
from hypothesis import given
from hypothesis import strategies as st

from generator.parse.markdown.sanitizer import ATTRIBUTES, TAGS, Sanitizer

CLEANER = Sanitizer()
NAMES = st.sampled_from(
    "a b p img script iframe svg math style div table td form input video details object".split()
)
VALUES = st.sampled_from(
    [
        "x",
        "javascript:alert(1)",
        "JaVa\tScript:x",
        "data:text/html,x",
        "https://x.example/",
        "news:1",
    ]
)
KEYS = st.sampled_from("href src onclick onerror style srcdoc action class id xlink:href".split())
ELEMENTS = st.builds(
    "<{} {}='{}'>{}".format, NAMES, KEYS, VALUES, st.text("<>/'\"&; a", max_size=8)
)


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">A</h2>',
        '<p class="lead" lang="fa" dir="rtl" title="t">x</p>',
        '<table><thead><tr><th scope="col" class="align-right">x</th></tr></thead></table>',
        '<figure><img src="a.jpg" alt="x" width="3" height="4"><figcaption>c</figcaption></figure>',
        '<picture><source srcset="a.webp, b.webp 2x" type="image/webp"><img src="a.jpg"></picture>',
        '<details open=""><summary>s</summary>x</details>',
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        '<abbr title="t">x</abbr><kbd>k</kbd><sub>1</sub><mark>m</mark>',
        '<video src="/media/a.mp4" poster="/media/a.jpg" controls=""></video>',
        '<time datetime="2024-01-20">today</time><del>a</del><ins>b</ins>',
        '<dl><dt>t</dt><dd>d</dd></dl><ol start="3" reversed=""><li value="9">x</li></ol>',
        '<a href="mailto:a@b.example">m</a><a href="tel:+123">t</a><a href="news:7519">n</a>',
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><bdi>x</bdi><wbr>",
        '<a href="\ue000R0\ue001">x</a>\ue000S1\ue001',
    ],
)
def test_what_a_news_text_needs_stays(html: str) -> None:
    assert CLEANER.clean(html) == html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>alert(1)</script>a", "a"),
        ('<p onclick="x()" style="color: red">a</p>', "<p>a</p>"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="java\tscript:x">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<iframe src="https://x.example/">inside</iframe>a', "a"),
        ('<form action="/x"><button>b</button></form>', "b"),
        ("a<!-- note -->b", "ab"),
        ('<video src="a.mp4" autoplay></video>', '<video src="a.mp4"></video>'),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>", '<img src="x">'),
        ('<img src="x" onerror="alert(1)">', '<img src="x">'),
        ("<h1>Title</h1>", "<h2>Title</h2>"),
        ("<p><b>open", "<p><b>open</b></p>"),
        ("<style>p { color: red }</style>", ""),
        ("<base href='https://x.example/'><meta http-equiv=refresh><link rel=stylesheet>", ""),
    ],
)
def test_what_could_run_or_restyle_goes(html: str, left: str) -> None:
    assert CLEANER.clean(html) == left


@given(st.lists(ELEMENTS, max_size=6).map("".join))
def test_only_listed_tags_attributes_and_schemes_are_left(html: str) -> None:
    cleaned = CLEANER.clean(html)
    everywhere = set(ATTRIBUTES["*"].split())
    for element in parseFragment(cleaned, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS
        assert set(element.attrib) <= everywhere | set(ATTRIBUTES.get(element.tag, "").split())
        for name in ("href", "src"):
            assert not element.get(name, "").lower().startswith(("javascript:", "data:"))


@given(st.lists(ELEMENTS, max_size=6).map("".join))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = CLEANER.clean(html)
    assert CLEANER.clean(once) == once
