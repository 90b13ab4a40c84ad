"""Reads what users write, with types: front matter and site.toml in the same way.

`Fields` reads a mapping key by key, and `Value` one value. A wrong value becomes a Problem with its
position, and reading goes on, so that all errors are listed at once.
"""

from generator.validation.fields import Fields
from generator.validation.positions import NOWHERE, Keys, Positions, SourceContext
from generator.validation.values import Value

__all__ = ["NOWHERE", "Fields", "Keys", "Positions", "SourceContext", "Value"]
