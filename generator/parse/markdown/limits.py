"""Bounds on what one text may cost, for every dialect.

Costs are counted in characters, never in seconds, so that a text is refused on every machine or on
none.
"""

from __future__ import annotations

MAX_CHARACTERS = 2_000_000
MAX_STEPS = 20_000_000
MAX_NESTING = 60
# A parser of HTML looks through all open elements for each that follows.
MAX_OPEN_ELEMENTS = 500


class TooIntricateError(Exception):
    """A text that would take unreasonably long, or nests too deep; the message says which."""


class Budget:
    """What is left of the steps that one text may take."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def refill(self) -> None:
        """Allow all steps again."""
        self.left = MAX_STEPS

    def spend(self, steps: int, what: str = "brackets, tags or repeated marks") -> None:
        """Count steps; raises `TooIntricateError` once there have been too many."""
        self.left -= steps
        if self.left < 0:
            raise TooIntricateError(f"it has too much in it to be read in a few seconds: {what}")


def check_depth(depth: int) -> None:
    """Raises `TooIntricateError` where a text nests deeper than any reader would follow."""
    if depth > MAX_NESTING:
        raise TooIntricateError(f"something in it is nested more than {MAX_NESTING} deep")


def check_open_elements(count: int) -> None:
    """Raises `TooIntricateError` where too many elements of raw HTML are open at once."""
    if count > MAX_OPEN_ELEMENTS:
        raise TooIntricateError(f"more than {MAX_OPEN_ELEMENTS} elements are open at once")
