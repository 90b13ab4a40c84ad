"""Errors of rendering in the words of templates, and their positions."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Macro
from jinja2.utils import missing

from generator.errors import Problem, raised_at, unexpected
from generator.model.output import Output
from generator.render.endless import nesting_error
from generator.render.misuse import MisuseError, UnknownNameError
from generator.render.python_messages import Explanation, in_words
from generator.render.syntax_words import TemplateNames, explain_syntax
from generator.render.template_place import TemplatePlace, macros_in, places_of
from generator.theme.theme import Theme
from generator.validation.messages import nearest, quoted

# What functions and filters raise for wrong arguments of a template.
_EXPLAINED = (ValueError, TypeError, LookupError)

_NOT_PROVIDED = re.compile(r"^parameter '(\w+)' was not provided$")
_NOT_EXPORTED = re.compile(r"^the template '(.+)' \(imported on .*\) does not export .* '(\w+)'$")
_MACRO_CALL = re.compile(
    r"^macro '(\w+)' takes (?:no keyword argument '(\w+)'|not more than (\d+))"
)


class Known(NamedTuple):
    """The theme whose templates failed, and the names that they may use."""

    theme: Theme
    names: TemplateNames


class RenderError(Exception):
    """An output can't be rendered; `problem` is for the portal's author."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def problem_of(error: Exception, known: Known, root: Path, output: Output) -> Problem:
    """Return the problem for an exception that was raised while an output was rendered."""
    theme = known.theme
    if isinstance(error, RenderError):
        return error.problem
    if isinstance(error, TemplateSyntaxError):
        place = TemplatePlace(_file_of(error, theme), error.lineno)
        syntax = explain_syntax(error.message or "", known.names)
        message = f"template syntax: {syntax.message}" if syntax.is_syntax else syntax.message
        line, column = place.position(syntax.word)
        return Problem(theme.place_of(place.file, root), line, column, message, syntax.hint)
    places = places_of(error, theme)
    if places:
        place, found = _explained(error, places, known)
        line, column = place.position(found.word)
        hint = found.hint + _doubt(error)
        return Problem(theme.place_of(place.file, root), line, column, found.message, hint)
    if is_expected(error):
        return Problem("templates", 0, 0, _placeless(error))
    rendering = f"/{output.path}"
    return unexpected(error, f"{output.owner} ({rendering})" if output.owner else rendering)


def no_layout(path: str, layout: str, theme: Theme) -> RenderError:
    """Return the error for a source whose key `layout` names no template."""
    hint = nearest(layout, theme.template_names())
    message = f"there is no template '{layout}' (key 'layout')"
    return RenderError(Problem(path, 0, 0, message, hint))


def is_expected(error: Exception) -> bool:
    """Return whether a template or source explains an exception, and not the index."""
    if isinstance(error, MisuseError):
        return error.certain
    return isinstance(error, RenderError | TemplateError | RecursionError)


def _placeless(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "templates include each other without end, or too deeply"
    return str(error)


def _doubt(error: Exception) -> str:
    """Return what to do if a correct template fails in a function or filter that it calls."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    explained = isinstance(error, MisuseError) or is_expected(error) or type(error) in _EXPLAINED
    if explained or not frame.filename.endswith(".py"):
        return ""
    return f"if the template is right, report this as a bug: raised at {raised_at(error)}"


def _explained(
    error: Exception, places: list[TemplatePlace], known: Known
) -> tuple[TemplatePlace, Explanation]:
    """Return the line where an error is, and what it is."""
    place = places[-1]
    if isinstance(error, RecursionError):
        return nesting_error(places)
    found = _NOT_PROVIDED.match(str(error))
    if found and place.in_macro and len(places) > 1:
        message = f"the macro {quoted(place.macro)} lacks the argument '{found[1]}'"
        return places[-2], Explanation(message, "", place.macro)
    return place, _explanation(error, place, known)


def _explanation(error: Exception, place: TemplatePlace, known: Known) -> Explanation:
    if isinstance(error, TemplateNotFound):
        return _no_template(str(error.name), known.theme)
    if isinstance(error, UnknownNameError):
        return _unknown_name(error, place, known)
    if isinstance(error, MisuseError):
        return Explanation(error.text, error.hint, error.word)
    return _by_message(error, place, known)


def _by_message(error: Exception, place: TemplatePlace, known: Known) -> Explanation:
    """Return what Jinja or Python says of an error, in words."""
    if found := _MACRO_CALL.match(str(error)):
        return _macro_call(found, place)
    if isinstance(error, TemplateError):
        words = explain_syntax(str(error.message or error), known.names)
        if not words.is_syntax:
            return Explanation(words.message, words.hint, words.word)
    explained = in_words(error)
    functions = {name for name, value in place.names.items() if callable(value)}
    called = place.called_beside(functions) if explained.is_call else ""
    if not called:
        return explained
    message = f"'{called}' is {explained.message.replace(' can', ' and can', 1)}"
    return Explanation(message, f"leave out the (), as in {called}")


def _no_template(name: str, theme: Theme) -> Explanation:
    hint = nearest(name, theme.template_names())
    message = f"there is no template '{name}' in templates/ or the default theme"
    return Explanation(message, hint, name)


def _unknown_name(error: UnknownNameError, place: TemplatePlace, known: Known) -> Explanation:
    name, asked = error.word, place.expression_with(error.word)
    if found := _NOT_EXPORTED.match(error.text):
        file = known.theme.find(found[1])
        hint = nearest(found[2], macros_in(file.read_text("utf-8", "replace")) if file else ())
        return Explanation(f"the template '{found[1]}' has no macro '{found[2]}'", hint, found[2])
    if error.obj is missing and error.text.startswith("there is no variable"):
        names = {*known.names.globals, *place.names} - {name}
        functions = [each for each in names if callable(place.names.get(each))]
        if place.is_called(name):
            hint = nearest(name, functions) or nearest(name, names)
            return Explanation(f"there is no function {quoted(name)}", hint, name)
        return Explanation(error.text, nearest(name, names), name)
    if isinstance(error.obj, Mapping) and asked:
        return Explanation(f"'{asked}' has no {quoted(name)}", error.hint, name)
    if error.obj is None and asked:
        message = f"'{asked}' is none here, and has no {quoted(name)}"
        return Explanation(message, f"test it first, as in {{% if {asked} %}}", name)
    return Explanation(error.text, error.hint, name)


def _macro_call(found: re.Match[str], place: TemplatePlace) -> Explanation:
    name, argument, most = found.groups()
    if most:
        number = "no arguments" if most == "0" else f"only {most} argument{'s' * (most != '1')}"
        return Explanation(f"the macro '{name}' takes {number}", "", name)
    macro = next((each for each in place.names.values() if _is_macro(each, name)), None)
    arguments = macro.arguments if isinstance(macro, Macro) else ()
    hint = nearest(argument, arguments)
    if not hint and arguments:
        hint = f"it takes {', '.join(arguments)}"
    return Explanation(f"the macro '{name}' has no argument '{argument}'", hint, argument)


def _is_macro(value: object, name: str) -> bool:
    return isinstance(value, Macro) and value.name == name


def _file_of(error: TemplateSyntaxError, theme: Theme) -> Path:
    path = Path(error.filename or error.name or "templates")
    return path if path.is_absolute() else theme.find(path.as_posix()) or path
