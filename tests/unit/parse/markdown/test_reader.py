from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Problem
from generator.model.article import Heading
from generator.model.body import Body, Reference
from tests.support.dialects import DialectReader

pytestmark = pytest.mark.usefixtures("each_dialect")

READER = DialectReader()
TRUSTING = DialectReader(trusted_html=True)
LENIENT = DialectReader(unknown_shortcodes="text")
DROPPING = DialectReader(unknown_shortcodes="drop")


def read(text: str, reader: DialectReader = READER) -> Body:
    body, problems = reader.read(text, 1, "a.md")
    assert not problems
    return body


def errors(text: str, reader: DialectReader = READER) -> list[Problem]:
    return reader.read(text, 1, "a.md")[1]


def html(text: str, reader: DialectReader = READER) -> str:
    """The HTML with readable marks."""
    return read(text, reader).html.replace("\ue000", "«").replace("\ue001", "»")


def reference(text: str) -> Reference:
    (found,) = read(text).references
    return found


class TestMarkdown:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a *b* **c** ~~d~~", "<p>a <em>b</em> <strong>c</strong> <del>d</del></p>"),
            ("## A B\n\nx", '<h2 id="a-b">A B</h2>\n<p>x</p>'),
            ("## A {#own .big}", '<h2 class="big" id="own">A</h2>'),
            ("term\n: what it means", "<dl>\n<dt>term</dt>\n<dd>what it means</dd>\n</dl>"),
            ("*[UN]: United Nations\n\nUN", '<p><abbr title="United Nations">UN</abbr></p>'),
            ("1. a\n\n- b", "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li>b</li>\n</ul>"),
            ("4. a\n5. b", '<ol start="4">\n<li>a</li>\n<li>b</li>\n</ol>'),
            ("```python\n<a>\n```", '<pre><code class="language-python">&lt;a&gt;\n</code></pre>'),
            ("a \\*b\\* \\~c", "<p>a *b* ~c</p>"),
            ("AT&T &copy; <", "<p>AT&amp;T © &lt;</p>"),
            ("line  \nbreak", "<p>line<br>\nbreak</p>"),
            ("", ""),
            (" \n\n", ""),
        ],
    )
    def test_text_becomes_html(self, text: str, expected: str) -> None:
        assert html(text) == expected

    def test_aligned_cells_get_a_class_and_no_style(self) -> None:
        found = html("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|", TRUSTING)
        assert "style" not in found
        for side in ("left", "center", "right"):
            assert f'<td class="align-{side}">' in found

    def test_footnotes_link_there_and_back(self) -> None:
        found = html("a[^x]\n\n[^x]: Note")
        assert '<sup id="fnref:x"><a class="footnote-ref" href="#fn:x">1</a></sup>' in found
        assert '<li id="fn:x">' in found
        assert 'href="#fnref:x"' in found

    def test_smart_quotes_are_a_choice(self) -> None:
        text = '"It\'s" -- so...'
        assert html(text) == '<p>"It\'s" -- so...</p>'
        smart = DialectReader(smart_quotes=True)
        assert html(text, smart) == "<p>“It’s” – so…</p>"

    @pytest.mark.parametrize("newline", ["\r\n", "\r"])
    def test_newlines_of_every_system_are_read(self, newline: str) -> None:
        assert html(newline.join(["# a", "", "b", "c"])) == html("# a\n\nb\nc")

    def test_control_characters_and_marks_of_the_author_vanish(self) -> None:
        assert html("a\x00b\x02c\x1b\ue000S0\ue001d\x7f\ufffe") == "<p>abcS0d</p>"

    def test_texts_do_not_show_in_one_another(self) -> None:
        read("[x]: http://x.example/\n\n*[UN]: United\n\n[^1]: note\n\n## A\n\na[^1]")
        assert html("[x] UN [^1]\n\n## A") == '<p>[x] UN [^1]</p>\n<h2 id="a">A</h2>'


class TestHeadings:
    def test_first_level_goes_below_the_title_of_the_page(self) -> None:
        body = read("# One\n\n## Two\n\n###### Six")
        assert body.toc == (
            Heading(2, "one", "One"),
            Heading(3, "two", "Two"),
            Heading(6, "six", "Six"),
        )
        assert "<h1" not in body.html

    def test_text_that_begins_at_second_level_stays(self) -> None:
        assert [heading.level for heading in read("## One\n\n### Two").toc] == [2, 3]

    def test_ids_keep_letters_of_every_script(self) -> None:
        toc = read("## ایران و پاکستان\n\n## 平和\n\n## Čas!").toc
        assert [heading.id for heading in toc] == ["ایران-و-پاکستان", "平和", "čas"]

    def test_ids_are_unique_in_the_document(self) -> None:
        body = read("## A\n\n## A\n\n## !\n\n{{< box >}}\n## A\n{{< /box >}}")
        assert [heading.id for heading in body.toc] == ["a", "a_1", "section"]
        assert 'id="a_2"' in (body.shortcodes[0].inner or "")

    @pytest.mark.parametrize("text", ["## BS comments", "## A {#bs-a}", '<p id="bs-x">a</p>'])
    def test_ids_of_the_theme_are_not_taken(self, text: str) -> None:
        assert 'id="section-bs-' in html(text)

    def test_title_is_plain_text(self) -> None:
        title = read("## A *b* `c<d>` & [e](news:1)[^1] {{< x >}}\n\n[^1]: n").toc[0].title
        assert title == "A b c<d> & e"


class TestReferences:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[a](news:7519)", Reference("news", "7519", 1, 5)),
            ('<a href="news:ab-1">a</a>', Reference("news", "ab-1", 1, 10)),
            ("<a href='NEWS:1#top'>a</a>", Reference("news", "1", 1, 10, "top")),
            ("x\n\n[a](../b/7519.md#part)", Reference("source", "../b/7519.md", 3, 5, "part")),
            ("![a](pic.jpg)", Reference("media", "pic.jpg", 1, 6)),
            ("![a](a%20b.jpg)", Reference("media", "a b.jpg", 1, 6)),
            (
                "[a](/media/report.pdf#page=2)",
                Reference("media", "/media/report.pdf", 1, 5, "page=2"),
            ),
            ("[a][r]\n\n[r]: ./file.pdf", Reference("media", "./file.pdf", 3, 6)),
            ('<video src="v.mp4" controls></video>', Reference("media", "v.mp4", 1, 13)),
            ('<img src="a&amp;b.png">', Reference("media", "a&b.png", 1, 0)),
        ],
    )
    def test_address_inside_the_portal_is_a_reference(self, text: str, expected: Reference) -> None:
        assert reference(text) == expected

    @pytest.mark.parametrize(
        "address",
        ["https://x.example/a.md", "//x.example/a", "/tags/iran/", "#part", "?a", "mailto:a@b.c"],
    )
    def test_other_addresses_stay(self, address: str) -> None:
        body = read(f"[a]({address})")
        assert f'href="{address}"' in body.html
        assert not body.references

    def test_marks_stand_in_the_place_of_addresses(self) -> None:
        assert html('[a](news:1 "t") ![b](c.jpg)') == (
            '<p><a href="«R0»" title="t">a</a> <img alt="b" src="«R1»"></p>'
        )

    def test_each_address_of_a_srcset_is_a_reference(self) -> None:
        found = html('<picture><source srcset="a.webp, b.webp 2x"><img src="c.jpg"></picture>')
        assert 'srcset="«R0», «R1» 2x"' in found
        assert 'src="«R2»"' in found

    def test_same_address_twice_has_two_places(self) -> None:
        body = read("{{< related news:1 >}}\n[a](news:1) `news:12`\n[b](news:1)")
        assert [(found.line, found.column) for found in body.references] == [(2, 5), (3, 5)]

    def test_code_that_shows_an_address_is_left_alone(self) -> None:
        text = '`<a href="x.md">` and\n\n    <img src="y.jpg">'
        assert not read(text).references
        assert not read(text, TRUSTING).references

    def test_links_that_leave_the_site_say_nothing_of_it(self) -> None:
        assert html("[a](https://x.example/)").count('rel="noopener noreferrer"') == 1
        assert "rel=" not in html("[a](/tags/) [b](news:1) [c](#d)")
        given_rel = html('<a href="https://x.example/" rel="sponsored">a</a>')
        assert 'rel="sponsored noopener noreferrer"' in given_rel

    def test_trusted_html_has_references_too(self) -> None:
        found = html(
            "<p onclick=x><a class=b href='a.md'>x</a><script>'<img src=\"b\">'</script></p>",
            TRUSTING,
        )
        assert '<a class=b href="«R0»">' in found
        assert '<img src="b">' in found


class TestShortcodes:
    def test_call_alone_in_a_paragraph_loses_it(self) -> None:
        assert html("a\n\n{{< b >}}\n\nc {{< d >}}") == "<p>a</p>\n«S0»\n<p>c «S1»</p>"

    def test_inside_of_a_pair_is_markdown(self) -> None:
        body = read("{{< box >}}\n- *a*\n- [b](news:1)\n{{< /box >}}")
        assert body.shortcodes[0].inner == (
            '<ul>\n<li><em>a</em></li>\n<li><a href="\ue000R0\ue001">b</a></li>\n</ul>'
        )

    def test_inside_of_an_inline_pair_is_no_paragraph(self) -> None:
        assert read("a {{< b >}}*c*{{< /b >}} d").shortcodes[0].inner == "<em>c</em>"

    def test_pairs_nest_and_share_link_definitions(self) -> None:
        body = read("{{< a >}}\n\n{{< b >}}\n[x]\n{{< /b >}}\n\n{{< /a >}}\n\n[x]: news:1")
        outer, inner = body.shortcodes
        assert outer.inner == "\ue000S1\ue001"
        assert inner.inner == '<p><a href="\ue000R0\ue001">x</a></p>'

    def test_inside_of_a_pair_is_sanitized(self) -> None:
        body = read('{{< a >}}<b onclick="x()">c</b>{{< /a >}}')
        assert body.shortcodes[0].inner == "<b>c</b>"

    def test_footnotes_of_an_inside_have_ids_of_their_own(self) -> None:
        body = read("a[^1]\n\n{{< b >}}\nc[^1]\n\n[^1]: in\n{{< /b >}}\n\n[^1]: out")
        inner = body.shortcodes[0].inner or ""
        ids = re.findall(r'id="([^"]*)"', body.html + inner)
        assert len(ids) == len(set(ids)) == 4

    def test_code_shows_calls_as_written(self) -> None:
        body = read('`{{< a "b" >}}`\n\n    {{< c >}}\n\n```\n{{< d >}}x{{< /d >}}\n```')
        assert not body.shortcodes
        for call in ('{{&lt; a "b" &gt;}}', "{{&lt; c &gt;}}", "{{&lt; d &gt;}}x{{&lt; /d &gt;}}"):
            assert call in body.html.replace("&quot;", '"')

    def test_escaped_call_shows_as_text(self) -> None:
        assert html("a {{</* b */>}}") == "<p>a {{&lt; b &gt;}}</p>"

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("[b]({{< c >}})", "<p><a>b</a></p>"),
            ('[b]({{< c >}} "Title")', '<p><a title="Title">b</a></p>'),
            ("[b][x]\n\n[x]: {{< c >}}", "<p><a>b</a></p>"),
            ("![b]({{< c >}})", "<p>b</p>"),
            ("<a href='{{< c >}}'>b</a>", "<p><a>b</a></p>"),
            ("<a href={{< c >}}>b</a>", "<p><a>b</a></p>"),
        ],
    )
    def test_call_in_an_address_leaves_the_text(self, text: str, shown: str) -> None:
        (problem,) = errors(f"a\n{text}")
        assert problem.line == 2 + text.count("\n")
        assert problem.column == text.rsplit("\n", maxsplit=1)[-1].index("{{<") + 1
        assert "'c' stands inside a link's address or an HTML tag" in problem.message
        for reader in (LENIENT, DROPPING):
            body, (warning,) = reader.read(text, 1, "a.md")
            assert warning.severity == "warning"
            assert body.html == shown

    def test_call_in_a_title_is_left_out_or_printed(self) -> None:
        text = '<abbr title="{{< c >}}">b</abbr>'
        assert 'title=""' in DROPPING.read(text, 1, "a.md")[0].html
        assert 'title="{{&lt; c' in LENIENT.read(text, 1, "a.md")[0].html

    @pytest.mark.parametrize(
        ("written", "target", "fragment"),
        [
            ('{{< ref "o.md" >}}', "o.md", ""),
            ('{{% relref "../a/o.md#part" %}}', "../a/o.md", "part"),
            ("{{<ref o>}}", "o", ""),
            ('{{< ref path="/a/o.md" lang="en" >}}', "/a/o.md", ""),
            ('{{< ref "o.md" >}}#part', "o.md", ""),
            ('{{< relref "a%20b.md" >}}', "a b.md", ""),
        ],
    )
    @pytest.mark.parametrize("reader", [READER, LENIENT, DROPPING])
    @pytest.mark.parametrize(
        "link",
        ["[x]({})", '[x]({} "Title")', "[x]: {}\n\n[x]", "<a href='{}'>x</a>", "{}"],
    )
    def test_ref_is_a_reference_with_its_place(
        self, written: str, target: str, fragment: str, reader: DialectReader, link: str
    ) -> None:
        body = read("a\n\n" + link.format(written), reader)
        (found,) = body.references
        place = (3, link.index("{}") + 1)
        assert found == Reference("ref", target, *place, fragment)
        assert (
            f'<a href="\ue000R0\ue001{"#part" if "}}#" in written and link != "{}" else ""}"'
            in body.html
        )

    @pytest.mark.parametrize(
        ("written", "address"),
        [("#part", "#part"), ("https://x.example/?a&b", "https://x.example/?a&amp;b")],
    )
    def test_ref_to_what_is_no_article_is_its_address(self, written: str, address: str) -> None:
        assert f'href="{address}"' in html(f'[x]({{{{< ref "{written}" >}}}})')

    def test_ref_without_a_path_is_a_fault(self) -> None:
        (problem,) = errors("[x]({{< ref >}})")
        assert "names no article" in problem.message

    def test_ref_in_a_picture_is_reported(self) -> None:
        (problem,) = errors('![x]({{< ref "o.md" >}})')
        assert "inside a link's address" in problem.message

    def test_faulty_calls_are_problems_only_where_unknown_ones_are(self) -> None:
        text = "a\n\n{{< /b >}} {{< d “e” >}} {{< c"
        assert [problem.line for problem in errors(text)] == [3, 3, 3]
        for reader in (LENIENT, DROPPING):
            body, (warning,) = reader.read(text, 1, "a.md")
            assert (warning.severity, warning.column) == ("warning", 26)
            assert [call.name for call in body.shortcodes] == ["b", "d"]
            assert [call.column for call in body.shortcodes] == [1, 18]
            assert all(call.error for call in body.shortcodes)
            assert body.html.endswith("{{&lt; c</p>")

    def test_problems_of_one_text_are_no_more_than_can_be_read(self) -> None:
        problems = errors("{{< >}} " * 5000)
        assert len(problems) == 101
        assert problems[-1].message == "4,900 more problems of this file are not listed"


class TestSanitizing:
    def test_raw_html_that_is_not_published_is_told(self) -> None:
        body, problems = READER.read("a\n<iframe src=x></iframe>", 5, "a.md")
        assert "iframe" not in body.html
        (problem,) = problems
        assert (problem.line, problem.column, problem.severity) == (6, 1, "warning")

    def test_trusted_html_stays(self) -> None:
        assert html('<iframe src="https://x.example/"></iframe>', TRUSTING).startswith("<iframe")

    @pytest.mark.parametrize(
        "text",
        [
            "[a](javascript:alert%281%29)",
            "<javascript:alert(1)>",
            "[a](<java\nscript:x>)",
            "*a*{: onclick=alert(1) style=color:red}",
            "[a]: javascript:x\n\n[a]",
            '![a](x"onerror="alert(1))',
            "```{onclick=x}\na\n```",
            "<scr<script>ipt>alert(1)</script>",
        ],
    )
    def test_markdown_puts_no_script_on_a_page(self, text: str) -> None:
        found = READER.read(text, 1, "a.md")[0].html
        for tag in re.findall(r"<[a-z][^>]*>", found):
            assert not re.search(
                r"<script|javascript:|\son[a-z]+=|\sstyle=", re.sub(r'="[^"]*"', "=", tag)
            )
            assert 'href="javascript' not in tag


class TestProse:
    @pytest.mark.parametrize(
        ("text", "lead"),
        [
            (
                "# H\n\n> quote\n\n- list\n\n![p](p.jpg)\n\n{{< s >}}\n\n"
                "The *lead*[^1] & more.\n\n[^1]: n",
                "The lead & more.",
            ),
            ("{{< s >}}\nInside.\n{{< /s >}}\n\nOutside.", "Outside."),
            ("One\ntwo  \nthree", "One two three"),
            ("- only a list", ""),
            ("| a |\n|---|\n| b |\n\n    code\n\nText.", "Text."),
            ("<aside><p>Not this.</p></aside>\n\nThis.", "This."),
            ("", ""),
        ],
    )
    def test_lead_is_the_first_real_paragraph(self, text: str, lead: str) -> None:
        assert read(text).lead == lead

    def test_long_lead_ends_with_a_sentence(self) -> None:
        text = "This is a sentence of some length that ends here. " * 10
        lead = read(text).lead
        assert lead.endswith("here.")
        assert len(lead) <= 300

    def test_long_lead_without_a_sentence_ends_with_a_word(self) -> None:
        lead = read("word " * 100).lead
        assert lead.endswith("word…")
        assert len(lead) <= 300

    def test_long_lead_without_words_is_cut(self) -> None:
        assert len(read("漢" * 1000).lead) == 300

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("One two — three & four.", 4),
            ("## A b\n\n- c\n- d\n\n{{< x >}}\ne f\n{{< /x >}}", 6),
            ("می‌خواهم به خانه بروم", 4),
            ("今日は良い天気ですね", 5),
            ("**bo**ld <span>a</span>b", 2),
            ("", 0),
        ],
    )
    def test_words_are_counted_in_every_script(self, text: str, count: int) -> None:
        assert read(text).word_count == count


PIECES = [
    ">", "> ", "[", "![", "[]", "*", "*a ", "**a *b", "_a __b ", "~~a ", "- ", "1. ", "`a", "<",
    "<a ", "<a href=\"", "<div>", "<div>\n", "<div markdown=\"1\">\n", "<!--", "<!-- a -->", "<?",
    "<![CDATA[", "</a ", "&", "&#", "#", "# a\n", "#\\", "-", "a\n---\n", "|a", "[^1]", "*[",
    "a\n: b\n", ": ", "[a]: ", "```\n", "{: ", "# a {", "[a](", "[a](b \"", "[a](<b ", "<http://",
    "<a@", "\\", "a  \n", " ", "\t", "\n", "> a\n", "- a\n", "<span>", "\"'", "a=b ", "> - ",
    "{{< a >}}", "x.md ", "<p",
]  # fmt: skip


class TestBounds:
    @pytest.mark.parametrize("piece", PIECES)
    def test_no_text_takes_long_or_fails_otherwise_than_by_a_problem(self, piece: str) -> None:
        started = time.process_time()
        problems = errors(piece * 10_000)
        assert time.process_time() - started < 8
        assert all(problem.message for problem in problems)
        assert html("a *b*") == "<p>a <em>b</em></p>"

    @pytest.mark.parametrize("text", [">" * 100, "- " * 100])
    def test_nesting_beyond_reason_is_a_problem(self, text: str) -> None:
        (problem,) = errors(text + "x")
        assert "nested" in problem.message

    def test_too_long_a_text_is_a_problem(self) -> None:
        (problem,) = errors("a" * 2_000_001)
        assert "longer than" in problem.message

    def test_long_real_text_is_read(self) -> None:
        paragraph = 'A "sentence" with [a link](https://x.example/) and *more*, 50% of it.\n' * 5
        assert read((paragraph + "\n") * 500).word_count > 20_000


@given(st.text("*_[]()!<>&#\\`{}%/ \n-:|=\"'a1\ue000\ue001S\x02\x03", max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_the_same_way_each_time(text: str) -> None:
    for reader in (READER, LENIENT, TRUSTING):
        assert reader.read(text, 1, "a.md") == reader.read(text, 1, "a.md")
