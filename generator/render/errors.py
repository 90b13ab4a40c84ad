"""Errors of rendering, and their positions in templates."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from generator.errors import Problem, raised_at, unexpected
from generator.model.output import Output
from generator.render.codegen import LINES_APART
from generator.theme.theme import Theme

# What functions and filters raise for wrong arguments of a template.
_EXPLAINED = (ValueError, TypeError, LookupError)


class RenderError(Exception):
    """An output can't be rendered; `problem` is for the portal's author."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def problem_of(error: Exception, theme: Theme, root: Path, output: Output) -> Problem:
    """Return the problem for an exception that was raised while an output was rendered."""
    rendering = f"/{output.path}"
    if isinstance(error, RenderError):
        return error.problem
    if isinstance(error, TemplateSyntaxError):
        place = _relative(Path(error.filename or error.name or "templates"), root, theme)
        return Problem(place, error.lineno, 0, f"template syntax: {error.message}")
    path, line = _place(error, theme)
    if path:
        place = _relative(path, root, theme)
        return Problem(
            place, line, 0, _message(error), f"while rendering {rendering}{_doubt(error)}"
        )
    if is_expected(error):
        return Problem(f"templates ({rendering})", 0, 0, _message(error))
    return unexpected(error, f"{output.owner} ({rendering})" if output.owner else rendering)


def _doubt(error: Exception) -> str:
    """Return what to do if a correct template fails in a function or filter that it calls."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    explained = is_expected(error) or type(error) in _EXPLAINED
    if explained or not frame.filename.endswith(".py"):
        return ""
    return f"; if the template is right, report this as a bug: raised at {raised_at(error)}"


def is_expected(error: Exception) -> bool:
    """Return whether a template or source explains an exception, and not the index."""
    return isinstance(error, RenderError | TemplateError | RecursionError)


def _message(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the template includes itself without end"
    if isinstance(error, TemplateNotFound):
        return f"there is no template '{error.name}' in templates/ or the default theme"
    if isinstance(error, UndefinedError | TemplateError):
        return str(error.message or error)
    return f"{type(error).__name__}: {error}"


def _place(error: Exception, theme: Theme) -> tuple[Path | None, int]:
    folders = [folder.resolve() for folder in theme.folders]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if any(folder in path.parents for folder in folders):
            number, line = divmod(frame.lineno or 0, LINES_APART)
            part = theme.find(theme.parts[frame.filename][number - 1]) if number else None
            return part or path, line
    return None, 0


def _relative(path: Path, root: Path, theme: Theme) -> str:
    resolved = path if path.is_absolute() else theme.find(path.as_posix()) or path
    for base, prefix in ((root.resolve(), ""), (theme.folders[-1], "default theme: ")):
        if base in resolved.parents:
            return prefix + resolved.relative_to(base).as_posix()
    return path.as_posix()
