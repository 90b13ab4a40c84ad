"""parse/markdown."""
