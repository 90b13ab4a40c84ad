"""What is added to a page on its way to the browser."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.serve.overlay import waiting_page, with_additions

SCRIPT = "/livereload.js?port=8000/1"


@given(st.text(max_size=200))
def test_no_error_becomes_markup(message: str) -> None:
    page = waiting_page([Problem("content/articles/1.md", 1, 1, message)]).decode()
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    tags = [element.tag for element in tree.iter()]
    assert tags[tags.index("body") :] == ["body", "h1", "ul", "li", "code", "p"]


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><html><head><title>T</title></head><body><p>Text</body></html>",
        "<!doctype html><title>T</title><p>Text",
        "<!doctype html><head><title>T</title></head><p>Text &lt;/head>",
        "",
    ],
)
def test_a_page_is_sent_with_the_script_and_the_errors_once(page: str) -> None:
    sent = with_additions(page.encode(), SCRIPT, [Problem("site.toml", 0, 0, "is wrong")]).decode()
    tree = html5lib.parse(sent, namespaceHTMLElements=False)
    assert [script.get("src") for script in tree.iter("script")] == [SCRIPT]
    assert len(list(tree.iter("aside"))) == 1
    assert sent.replace("\n", "").startswith(page[:15])


def test_without_errors_only_the_script_is_added() -> None:
    page = b"<!doctype html><head></head><body></body>"
    sent = with_additions(page, SCRIPT, ())
    assert sent.replace(f'<script src="{SCRIPT}"></script>'.encode(), b"") == page
