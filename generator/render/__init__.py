"""Answers into HTML: the theme, what its templates may call, and how a text is completed."""
