"""What articles are listed under, as one of them names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """Where a story comes from; `slug` names its listing."""

    name: str
    slug: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TermRef:
    """A tag or series as one article spells it."""

    name: str
    slug: str
