"""No text costs more than its size explains, or it is refused with a reason.

Each text is read in a process that is killed after a few seconds of the processor, so that a look
that goes through the whole text for each of its signs is found. `BROADSHEET_HOSTILE=1000000` reads
them all at that size, and half of it, in every mode.
"""

from __future__ import annotations

import os

import pytest

from tests.support.hostile import texts
from tests.support.ordeal import MODES, Ordeal, undergo

LARGEST = int(os.environ.get("BROADSHEET_HOSTILE", "0"))
SIZES = (LARGEST // 2, LARGEST) if LARGEST else (1_500, 4_000)
SECONDS = 8 if LARGEST else 2
# What may be made of a text: in proportion to its size, or no more than this.
PROPORTION = 60
MOST_MADE = 8_000_000

# Texts that once took half a minute each, as large as they were then.
ONCE_SLOW = {
    "product: wide table": ("usual", 24_000),
    "repeated: tilde fence": ("usual", 150_000),
    "repeated: call blanks": ("usual", 50_000),
    "repeated: fence": ("usual", 600_000),
    "product: abbreviation used": ("usual", 800_000),
    "repeated: details": ("commonmark", 1_000_000),
    "nested: divs": ("commonmark", 1_000_000),
    "repeated: numeric": ("commonmark", 1_000_000),
    "product: open style, trusted": ("trusted", 210_000),
}


def excessive(ordeals: list[Ordeal]) -> list[Ordeal]:
    """Those that took too long, or of which too much was made."""
    return [
        each for each in ordeals if each.fate or each.made > max(PROPORTION * each.size, MOST_MADE)
    ]


@pytest.mark.timeout(0 if LARGEST else 300)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", MODES if LARGEST else ["usual", "commonmark"])
def test_no_text_costs_more_than_its_size_explains(size: int, mode: str) -> None:
    ordeals = undergo(list(texts()), size, mode=mode, seconds=SECONDS)
    assert len(ordeals) > 600
    assert excessive(ordeals) == []


@pytest.mark.parametrize("name", ONCE_SLOW)
def test_a_text_that_once_took_half_a_minute_does_no_longer(name: str) -> None:
    mode, size = ONCE_SLOW[name]
    [ordeal] = undergo([name], size, mode=mode, seconds=8)
    assert excessive([ordeal]) == []
