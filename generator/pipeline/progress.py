"""Reports the progress of a build."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives each stage as it begins, and the work that is done in it."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage; `total` is its amount of work, None if unknown."""

    def advance(self, amount: int) -> None:
        """Count work of the stage as done."""


class Silent:
    """Reports nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """Ignore it."""

    def advance(self, amount: int) -> None:
        """Ignore it."""
