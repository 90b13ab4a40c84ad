"""What is added to a page on its way to the browser."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.serve.overlay import waiting_page, with_additions
from generator.serve.shown_problems import Excerpt, ShownProblem

SCRIPT = "/livereload.js?port=8000/1"
PANEL = "/_broadsheet/panel.js?drafts&at="


@given(message=st.text(max_size=200), line=st.text(max_size=50), column=st.integers(0, 60))
def test_no_error_and_no_line_of_a_file_becomes_markup(
    message: str, line: str, column: int
) -> None:
    problem = Problem("content/articles/1.md", 1, column, message)
    shown = ShownProblem(problem, "/desk/1.md", 'x://"<b>', Excerpt(1, (line,), 1, column))
    page = waiting_page([shown]).decode()
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    tags = [element.tag for element in tree.iter()]
    tags = tags[tags.index("body") :]
    excerpt = ["div", "div", "span", "pre", *(["mark"] if column else [])]
    assert tags == ["body", "h1", "ul", "li", "code", *excerpt, "a", "p"]


@given(
    text=st.text(st.characters(categories=("L", "M", "N", "P", "S")), max_size=50), data=st.data()
)
def test_the_character_at_the_column_is_marked(text: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(text) + 2))
    shown = ShownProblem(Problem("a.md", 7, column, "is wrong"), excerpt=_excerpt(text, column))
    page = waiting_page([shown]).decode()
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    [line] = tree.iter("pre")
    before = line.text or ""
    [mark] = line.iter("mark")
    assert before == text[: column - 1]
    assert mark.text == (text[column - 1 : column] or " ")
    assert line.get("dir") == "auto"


def _excerpt(text: str, column: int) -> Excerpt:
    return Excerpt(7, (text,), 7, column)


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><html><head><title>T</title></head><body><p>Text</body></html>",
        "<!doctype html><title>T</title><p>Text",
        "<!doctype html><head><title>T</title></head><p>Text &lt;/head>",
        "",
    ],
)
def test_a_page_is_sent_with_its_scripts_and_the_errors_once(page: str) -> None:
    error = ShownProblem(Problem("site.toml", 0, 0, "is wrong"))
    sent = with_additions(page.encode(), SCRIPT, PANEL, [error]).decode()
    tree = html5lib.parse(sent, namespaceHTMLElements=False)
    assert [script.get("src") for script in tree.iter("script")] == [SCRIPT, PANEL]
    assert len(list(tree.iter("aside"))) == 1
    assert sent.replace("\n", "").startswith(page[:15])


def test_without_errors_only_the_scripts_are_added() -> None:
    page = b"<!doctype html><head></head><body></body>"
    sent = with_additions(page, SCRIPT, "/panel.js", ())
    scripts = f'<script src="{SCRIPT}"></script><script type="module" src="/panel.js"></script>'
    assert sent.replace(scripts.encode(), b"") == page
