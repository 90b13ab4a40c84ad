"""Errors of a plan: two outputs with one path, and files where other outputs need a folder."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.index.proposal import OwnedPath, Proposal
from generator.model.paths import ARTICLES
from generator.model.permalink import site_path

_CONTENT = "content/"
_SETTINGS = "site.toml"


def conflicts(proposal: Proposal) -> Iterator[Problem]:
    """Return every conflict, also one that only some file systems have.

    Which of two owners an error names first does not depend on the order of planning, so that an
    incremental build and a clean build report the same.
    """
    for pair in proposal.same_paths():
        first, second = sorted(pair, key=_blame)
        same = (
            "" if first.path == second.path else f" ({site_path(first.path)} on some file systems)"
        )
        subject = "this file" if second.owner.startswith(_CONTENT) else second.owner
        yield Problem(
            _file(second.owner, first.owner),
            0,
            0,
            f"{subject} has the URL {site_path(second.path)}{same}, "
            f"which is already that of {first.owner}",
            "change a slug, alias or section",
        )
    for file, page in proposal.files_below_files():
        yield Problem(
            _file(file.owner, page.owner),
            0,
            0,
            f"the file {site_path(file.path)} stands where {page.owner} needs a folder "
            f"for {site_path(page.path)}",
        )


def _blame(output: OwnedPath) -> tuple[bool, bool, str]:
    """Sorts the output whose owner should change last: an article before any other file."""
    owner = output.owner
    return owner.startswith(_CONTENT), owner.startswith(f"{ARTICLES}/"), owner


def _file(owner: str, other: str) -> str:
    return next((name for name in (owner, other) if name.startswith(_CONTENT)), _SETTINGS)
