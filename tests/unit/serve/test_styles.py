"""Whether two versions of a page differ in their style sheets alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.report import Report
from generator.serve.styles import digest_without_styles, may_change_styles_only, style_addresses

PAGE = (
    '<link rel="stylesheet" href="{base}/assets/css/site.{style}.css">'
    '<script src="{base}/assets/js/site.{script}.js"></script><p>{text}'
)
HASHES = st.text("0123456789abcdef", min_size=10, max_size=10)
ONE, OTHER = "0123456789", "abcdefabcd"


def page(style: str = ONE, script: str = ONE, text: str = "Text", base: str = "/daily") -> bytes:
    """A page that names a style sheet and a script."""
    return PAGE.format(base=base, style=style, script=script, text=text).encode()


@given(first=HASHES, second=HASHES)
def test_the_hash_of_a_style_sheet_makes_no_difference(first: str, second: str) -> None:
    assert digest_without_styles(page(first)) == digest_without_styles(page(second))


@pytest.mark.parametrize(
    "other",
    [page(script=OTHER), page(text="Texts"), page(base=""), page().replace(b"site.", b"print.")],
)
def test_everything_else_does(other: bytes) -> None:
    assert digest_without_styles(page()) != digest_without_styles(other)


def test_the_addresses_are_those_in_the_page() -> None:
    address = f"/daily/assets/css/site.{ONE}.css"
    assert style_addresses(page() + page()) == [address]
    assert style_addresses(b'<link href="https://x.example/site.css">') == []


@pytest.mark.parametrize(
    ("changed", "gone", "expected"),
    [
        ([f"assets/css/site.{ONE}.css", "index.html"], [f"assets/css/site.{OTHER}.css"], True),
        ([f"assets/a.{ONE}.css", f"assets/a.{ONE}.png", f"assets/a.{ONE}.js"], [], True),
        (["style.css"], [], True),
        (["index.html"], [], False),
        ([f"assets/a.{ONE}.js", "index.html"], [], False),
        ([f"assets/css/site.{ONE}.css", "media/hill.png"], [], False),
        ([f"assets/css/site.{ONE}.css"], ["notes.json"], False),
        ([], [], False),
    ],
)
def test_a_build_says_whether_pages_have_to_be_compared(
    changed: list[str], gone: list[str], expected: bool
) -> None:
    report = Report(changed=tuple(changed), gone=tuple(gone))
    assert may_change_styles_only(report) is expected
