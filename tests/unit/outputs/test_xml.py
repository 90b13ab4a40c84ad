"""Text in feeds and sitemaps: any text gives well-formed XML, and comes back as it was."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.xml import NAMED, NUMERIC, QUOTED, allowed, escaped


@given(st.text())
@pytest.mark.parametrize("entities", [NAMED, NUMERIC, QUOTED])
def test_any_text_is_read_back_as_it_was(entities: tuple[tuple[str, str], ...], text: str) -> None:
    element = ElementTree.fromstring(f"<a>{escaped(text, entities)}</a>")
    # A parser reads a carriage return as a line feed (XML 1.0, 2.11).
    expected = allowed(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (element.text or "") == expected


@given(st.text())
@pytest.mark.parametrize("entities", [NAMED, QUOTED])
def test_any_text_can_be_an_attribute(entities: tuple[tuple[str, str], ...], text: str) -> None:
    element = ElementTree.fromstring(f'<a b="{escaped(text, entities)}"/>')
    assert set(element.attrib) == {"b"}


def test_characters_that_xml_forbids_go() -> None:
    assert allowed("a\0b\x0bc\ufffed\ud800e\tf\U0001f600") == "abcde\tf\U0001f600"
