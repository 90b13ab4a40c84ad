"""A newsroom for each test of comments in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.newsroom import Newsroom


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom().open() as newsroom:
        yield newsroom
