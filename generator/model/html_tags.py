"""The parts of an HTML start tag, as patterns that read each character once.

A quote has a meaning only after `=`, and a tag without `>` extends to the end of the text, as in a
browser (https://html.spec.whatwg.org/multipage/parsing.html#tokenization). So a pattern made of
these never searches for a missing end, once for each tag that is opened.
"""

from __future__ import annotations

QUOTED = r"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))"
TAG_REST = rf"(?:=\s*+{QUOTED}|[^>])*+(?:>|\Z)"
"""What follows a tag's name."""

COMMENT = r"<!--.*?(?:-->|\Z)"
"""A comment; the pattern that it is part of needs `re.DOTALL`."""
