"""CommonMark 0.31.2 and GFM 0.29, by the examples of their own specifications."""

from __future__ import annotations

import re

import html5lib
import pytest

from generator.model.site import Markup
from generator.parse.markdown.commonmark.engine import parser
from generator.parse.markdown.limits import Budget
from tests.support.specifications import Example, examples

PARSER = parser(Budget(), Markup())
# GFM makes bare addresses links, which contradicts examples of both specifications.
BARE_ADDRESSES = {
    "< https://foo.bar >\n",
    "< http://foo.bar >\n",
    "https://example.com\n",
    "http://example.com\n",
    "foo@bar.example.com\n",
}
ALIGNED = "cells are aligned by class, because a strict policy allows no styles"
TASK = "a task has a sign and no input, which readers can't use"
NESTED = "strong emphasis within strong emphasis stays, as CommonMark has it"
FTP = "the sanitizer allows no ftp: address"
RAW = "the sanitizer, which comes later, is stricter"
# Examples of GFM that are read otherwise, by number, with the reason.
OTHERWISE = {
    199: ALIGNED,
    **dict.fromkeys((279, 280), TASK),
    **dict.fromkeys((398, 426, 434, 435, 436, 473, 474, 475, 477), NESTED),
    628: FTP,
    652: RAW,
}


def tree(html: str) -> str:
    """The elements and texts of some HTML, without blanks between blocks."""
    found = html5lib.serialize(
        html5lib.parseFragment(html), alphabetical_attributes=True, quote_attr_values="always"
    )
    return re.sub(r">\s+<", "><", str(found)).strip()


def is_as_specified(example: Example) -> bool:
    return tree(PARSER.render(example.markdown)) == tree(example.html)


def test_there_are_as_many_examples_as_the_specifications_have() -> None:
    assert len(examples("commonmark")) == 652
    assert len(examples("gfm")) == 672


@pytest.mark.parametrize("example", examples("commonmark"), ids=str)
def test_commonmark_is_read_as_specified(example: Example) -> None:
    assert is_as_specified(example) is (example.markdown not in BARE_ADDRESSES)


@pytest.mark.parametrize("example", examples("gfm"), ids=str)
def test_gfm_is_read_as_specified(example: Example) -> None:
    otherwise = example.number in OTHERWISE or example.markdown in BARE_ADDRESSES
    assert is_as_specified(example) is not otherwise, OTHERWISE.get(example.number)
