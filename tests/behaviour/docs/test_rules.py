"""docs/check.md lists the rules of `check` as they are."""

from __future__ import annotations

import re

from generator.model.rules import SUMMARIES, Rule
from tests.support.portal import REPOSITORY

CHECK = (REPOSITORY / "docs/check.md").read_text("utf-8")


def test_every_rule_is_described_once_and_in_order() -> None:
    table = CHECK.partition("| rule | finds |\n")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == sorted(Rule)


def test_every_rule_has_a_summary() -> None:
    assert set(SUMMARIES) == set(Rule)
    assert all(summary.endswith(".") for summary in SUMMARIES.values())
