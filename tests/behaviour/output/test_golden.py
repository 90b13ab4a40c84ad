"""The output of two whole sites is, to the byte, what was accepted last."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.golden import FILE, build_all

ACCEPT = "if the output was meant to change, run `make golden` and say in the commit what changed"


def test_the_output_is_what_was_accepted(tmp_path: Path) -> None:
    accepted = json.loads(FILE.read_text("utf-8"))
    found = build_all(tmp_path)
    differing = [
        f"{site}: {group}"
        for site in found
        for group in sorted({*found[site], *accepted[site]})
        if found[site].get(group) != accepted[site].get(group)
    ]
    assert not differing, f"{', '.join(differing)}: {ACCEPT}"
