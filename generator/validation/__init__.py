"""Typed reading of what users write: front matter and site.toml go through the same door.

`Fields` reads a mapping key by key and `Value` one value; whatever is not as expected becomes a
Problem with its place, and reading goes on, so that all faults are listed at once.
"""

from generator.validation.fields import Fields
from generator.validation.positions import NOWHERE, Keys, Positions, SourceContext
from generator.validation.values import Value

__all__ = ["NOWHERE", "Fields", "Keys", "Positions", "SourceContext", "Value"]
