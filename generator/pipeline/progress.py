"""How a build tells whoever watches how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each stage as it begins, and of work done in it."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins; `total` is its amount of work, None if not known."""

    def advance(self, amount: int) -> None:
        """Some of the stage's work is done."""


class Silent:
    """Nobody watches."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, amount: int) -> None:
        """Say nothing."""
