"""What authors know from GitHub and their editor comes out as they expect in `commonmark`."""

from __future__ import annotations

import pytest

from generator.errors import Problem
from tests.support.dialects import DialectReader

READER = DialectReader(dialect="commonmark")


def html(text: str, **settings: object) -> str:
    body, problems = DialectReader(dialect="commonmark", **settings).read(text, 1, "a.md")
    assert not problems
    return body.html


def problem(text: str) -> Problem:
    (found,) = READER.read(text, 1, "a.md")[1]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text:\n- one\n- two", "<p>Text:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        (
            "- one\n  - two",
            "<ul>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>",
        ),
        (
            "1. Step\n   - sub",
            "<ol>\n<li>Step\n<ul>\n<li>sub</li>\n</ul>\n</li>\n</ol>",
        ),
        (
            "- a\n\n  ```\n  x\n  ```",
            "<ul>\n<li>\n<p>a</p>\n<pre><code>x\n</code></pre>\n</li>\n</ul>",
        ),
        (
            "see https://example.org.",
            '<p>see <a href="https://example.org" rel="noopener noreferrer">'
            "https://example.org</a>.</p>",
        ),
        ("> a\n> - b", "<blockquote>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</blockquote>"),
        ("<div>\n\n**b**\n\n</div>", "<div>\n<p><strong>b</strong></p>\n</div>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        (
            "```perl {linenos=inline}\n# c\n```",
            '<pre><code class="language-perl"># c\n</code></pre>',
        ),
        ("```{.python .wide}\n1\n```", '<pre><code class="language-python">1\n</code></pre>'),
        ("`Ipv`{4, 6}", "<p><code>Ipv</code>{4, 6}</p>"),
        ("**Score**{3-2}", "<p><strong>Score</strong>{3-2}</p>"),
        ("## Set {x}", '<h2 id="set-x">Set {x}</h2>'),
        ("#MeToo reached the court", "<p>#MeToo reached the court</p>"),
        ("a\n#448 was", "<p>a\n#448 was</p>"),
        ("  ## Heading", '<h2 id="heading">Heading</h2>'),
        ("1) first", "<ol>\n<li>first</li>\n</ol>"),
        ("~~a~~ ~b~", "<p><del>a</del> <del>b</del></p>"),
    ],
)
def test_markdown_reads_as_its_authors_expect(text: str, expected: str) -> None:
    assert html(text) == expected


def test_a_table_may_follow_a_line_of_text() -> None:
    assert "<table>" in html("Text:\n| a | b |\n|---|---|\n| 1 | 2 |")


def test_references_may_have_code_and_pointed_brackets() -> None:
    found = html("[`Stream`] [The Report]\n\n[`Stream`]: /s\n[The Report]: <https://e.org/b c>")
    assert '<a href="/s"><code>Stream</code></a>' in found
    assert 'href="https://e.org/b%20c"' in found


def test_tasks_have_a_sign_that_every_reader_and_feed_shows() -> None:
    found = html("- [ ] open\n- [x] done\n\n1. [X] *three*")
    assert '<ul>\n<li class="task">\u2610 open</li>' in found
    assert '<li class="task">\u2611 done</li>' in found
    assert '<li class="task">\u2611 <em>three</em></li>' in found
    assert "task" not in html("- [ ]\n- [y] no\n\n[ ] no")


@pytest.mark.parametrize(
    "address", ["a_b@news.example", "a.b-c+d@news.example", "mailto:a@news.example"]
)
def test_mail_addresses_become_links(address: str) -> None:
    bare = address.removeprefix("mailto:")
    assert f'<a href="mailto:{bare}">{address}</a>' in html(f"Write to {address}.")


def test_hosts_become_links_and_very_long_addresses_stay_text() -> None:
    assert '<a href="http://www.a.example/x_y"' in html("(see www.a.example/x_y)")
    assert html("bwww.a.example") == "<p>bwww.a.example</p>"
    for start in ("https://a.example/", "www.a.example/"):
        assert "<a" in html(f"see {start}{'b' * 1_900}")
        assert "<a" not in html(f"see {start}{'b' * 2_100}")


def test_addresses_in_links_and_code_stay_as_they_are() -> None:
    assert html("[a@b.example](/x/) `c@d.example`") == (
        '<p><a href="/x/">a@b.example</a> <code>c@d.example</code></p>'
    )


def test_addresses_in_links_of_raw_html_are_no_second_link() -> None:
    for shown in ("a@b.example", "www.b.example", "https://b.example/"):
        assert html(f'See <a href="/x/">{shown}</a>.') == f'<p>See <a href="/x/">{shown}</a>.</p>'


def test_headings_take_an_id_classes_and_attributes() -> None:
    found = html('## Talks {#talks .wide .far lang="fa"}\n\n## Talks')
    assert '<h2 class="wide far" id="talks" lang="fa">Talks</h2>' in found
    assert '<h2 id="talks_1">Talks</h2>' in found


def test_abbreviations_have_their_title_wherever_they_stand() -> None:
    found = html("The UN, [UN](/un/) and UNO.\n\n*[UN]: United Nations")
    assert found.count('<abbr title="United Nations">UN</abbr>') == 2
    assert "UNO" in found
    assert "*[UN]" not in found


def test_smart_punctuation_is_for_quotes_dashes_and_dots_alone() -> None:
    text = '"It\'s" -- so --- it (c) +- \'was\'... `--` <b title="--">x</b>'
    assert html(text, smart_quotes=True) == (
        "<p>\u201cIt\u2019s\u201d \u2013 so \u2014 it (c) +- \u2018was\u2019\u2026 "
        '<code>--</code> <b title="--">x</b></p>'
    )


def test_a_text_that_is_nested_too_deep_is_refused_and_not_cut() -> None:
    for text in ("> " * 61 + "x", "- " * 61 + "x", "*a **b " * 40 + "x" + "** c*" * 40):
        assert "nested" in problem(text).message
    assert "x" in html("> " * 59 + "x")


def test_calls_in_fences_within_lists_and_quotations_are_left_alone() -> None:
    text = "- a\n\n  ```\n  {{< b >}}{{< /c >}}\n  ```\n\n> ~~~\n> {{< d\n> ~~~"
    found = html(text)
    assert "{{&lt; b &gt;}}{{&lt; /c &gt;}}" in found
    assert "{{&lt; d" in found


def test_a_fence_ends_with_as_long_a_fence_or_with_the_text() -> None:
    assert "{{&lt; b &gt;}}" in html("````\n```\n{{< b >}}\n````\n")
    assert "{{&lt; b &gt;}}" in html("```\na\n\n{{< b >}}")


def test_addresses_of_pictures_are_found_as_they_were_written() -> None:
    body, _ = READER.read("Text.\n\n![a](عکس.jpg) ![b](a%20b.jpg)", 1, "a.md")
    assert [(each.target, each.line, each.column) for each in body.references] == [
        ("عکس.jpg", 3, 6),
        ("a b.jpg", 3, 20),
    ]


def test_a_large_text_of_the_usual_kind_is_read() -> None:
    links = "A [link](/a/) and *stress*, a list:\n- [one](news:1) `x`\n- two\n\n"
    table = "| a | b | c |\n|---|---|---|\n" + "| 1 | [2](/x/) | *3* |\n" * 5_000
    assert html((links * 3_000) + table).count("<li>") == 6_000
