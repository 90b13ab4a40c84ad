"""Faults met while rendering, and where in a template they lie."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from generator.errors import Problem, raised_at, unexpected
from generator.model.output import Output
from generator.render.codegen import LINES_APART
from generator.theme.theme import Theme

# What functions and filters raise for arguments that a template gets wrong.
_TOLD = (ValueError, TypeError, LookupError)


class RenderFault(Exception):
    """What one output can't be rendered for; `problem` says it to the portal's author."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def problem_of(fault: Exception, theme: Theme, root: Path, output: Output) -> Problem:
    """The problem that an exception stands for which was raised while an output was rendered."""
    rendering = f"/{output.path}"
    if isinstance(fault, RenderFault):
        return fault.problem
    if isinstance(fault, TemplateSyntaxError):
        place = _relative(Path(fault.filename or fault.name or "templates"), root, theme)
        return Problem(place, fault.lineno, 0, f"template syntax: {fault.message}")
    path, line = _place(fault, theme)
    if path:
        place = _relative(path, root, theme)
        return Problem(
            place, line, 0, _message(fault), f"while rendering {rendering}{_doubt(fault)}"
        )
    if is_expected(fault):
        return Problem(f"templates ({rendering})", 0, 0, _message(fault))
    return unexpected(fault, f"{output.owner} ({rendering})" if output.owner else rendering)


def _doubt(fault: Exception) -> str:
    """What to do if a template is right that fails in a function or filter which it calls."""
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    told = is_expected(fault) or type(fault) in _TOLD
    if told or not frame.filename.endswith(".py"):
        return ""
    return f"; if the template is right, report this as a bug: raised at {raised_at(fault)}"


def is_expected(fault: Exception) -> bool:
    """Whether a template or source explains an exception, and not what the index holds."""
    return isinstance(fault, RenderFault | TemplateError | RecursionError)


def _message(fault: Exception) -> str:
    if isinstance(fault, RecursionError):
        return "the template includes itself without end"
    if isinstance(fault, TemplateNotFound):
        return f"there is no template '{fault.name}' in templates/ or the default theme"
    if isinstance(fault, UndefinedError | TemplateError):
        return str(fault.message or fault)
    return f"{type(fault).__name__}: {fault}"


def _place(fault: Exception, theme: Theme) -> tuple[Path | None, int]:
    folders = [folder.resolve() for folder in theme.folders]
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
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
