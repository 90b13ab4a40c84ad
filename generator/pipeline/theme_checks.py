"""Checks the theme as a whole, when any of its files changed: words, templates, style sheets."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator.errors import Problem
from generator.index.input_keys import file_name
from generator.theme.theme import Theme


def theme_problems(theme: Theme, root: Path, differing: Collection[str]) -> list[Problem] | None:
    """Return the errors and warnings of the theme's files, None if no file of it changed."""
    if not any(file_name(key) for key in differing):
        return None
    from generator.render.template_checks import template_problems
    from generator.theme.style_checks import style_problems
    from generator.theme.translation_files import word_keys, word_problems

    found = word_problems(theme, root)
    if not any(problem.severity == "error" for problem in found):
        found += template_problems(theme, root, word_keys(theme))
    return [*found, *style_problems(theme, root)]
