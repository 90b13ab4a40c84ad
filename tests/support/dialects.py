"""Readers of Markdown for tests that hold for every dialect.

The tests of a module with `pytestmark = pytest.mark.usefixtures("each_dialect")` run in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import pytest

from generator.errors import Problem
from generator.model.body import Body
from generator.model.site import MarkdownDialect, Markup
from generator.parse.markdown.reader import MarkdownReader

DIALECTS: tuple[MarkdownDialect, ...] = get_args(MarkdownDialect)


class DialectReader:
    """A reader with some settings of `[markdown]`, in the dialect under test."""

    dialect: MarkdownDialect = "python-markdown"

    def __init__(self, **settings: Any) -> None:
        self._settings = settings

    def read(self, text: str, first_line: int, path: str) -> tuple[Body, list[Problem]]:
        """Read a text as a build does."""
        markup = Markup(**{"dialect": self.dialect, **self._settings})
        return _reader(markup).read(text, first_line, path)


@cache
def _reader(markup: Markup) -> MarkdownReader:
    return MarkdownReader(markup)


@pytest.fixture(scope="module", params=DIALECTS)
def each_dialect(request: pytest.FixtureRequest) -> Iterator[MarkdownDialect]:
    """Run a module's tests in each dialect."""
    before, DialectReader.dialect = DialectReader.dialect, request.param
    yield request.param
    DialectReader.dialect = before
