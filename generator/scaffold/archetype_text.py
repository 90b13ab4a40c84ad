"""Fills an archetype in, and reports what is wrong with it in the words of templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from generator.errors import ConfigError, Problem
from generator.render.misuse import Missing, MisuseError
from generator.render.python_messages import in_words
from generator.validation.messages import nearest

# What Jinja calls the file of a template that it was given as text.
_SOURCE = "<template>"


def filled_archetype(template: Path, place: str, **values: object) -> str:
    """Return the text of an archetype, which errors call `place`. Raises `ConfigError`."""
    environment = Environment(undefined=Missing, keep_trailing_newline=True)
    try:
        return environment.from_string(template.read_text("utf-8")).render(values)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise ConfigError(_problem(error, place, values)) from error


def _problem(error: Exception, place: str, values: Mapping[str, object]) -> Problem:
    """Return what is wrong with an archetype, and where."""
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == _SOURCE]
    line = error.lineno if isinstance(error, TemplateSyntaxError) else (lines or [0])[-1]
    if isinstance(error, MisuseError):
        hint = error.hint or nearest(error.word, values)
        return Problem(place, line or 0, 0, error.text, hint)
    return Problem(place, line or 0, 0, in_words(error).message)
