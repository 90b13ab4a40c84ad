"""Says in the words of templates what Python says of an expression that it can't evaluate."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from jinja2 import TemplateError

from generator.render.view_words import words_of_name
from generator.validation.messages import quoted


class Explanation(NamedTuple):
    """What is wrong, what to do, and the word that stands where it is."""

    message: str
    hint: str = ""
    word: str = ""
    is_call: bool = False


_TEXT = "str"


def _joined(found: re.Match[str]) -> Explanation:
    one, other = words_of_name(found[1]), words_of_name(found[2])
    hint = "~ joins texts and numbers" if _TEXT in found.groups() else ""
    return Explanation(f"'+' can't be used with {one} and {other}", hint)


def _unsupported(found: re.Match[str]) -> Explanation:
    one, other = words_of_name(found[2]), words_of_name(found[3])
    hint = "~ joins texts and numbers" if found[1] == "+" and _TEXT in found.groups() else ""
    return Explanation(f"'{found[1]}' can't be used with {one} and {other}", hint)


def _lacking(found: re.Match[str]) -> Explanation:
    names = re.findall(r"'(\w+)'", found[2])
    arguments = " and ".join(map(quoted, names))
    word = "argument" if len(names) == 1 else "arguments"
    return Explanation(f"{found[1]}() lacks the {word} {arguments}", "", found[1])


def _too_many(found: re.Match[str]) -> Explanation:
    # A method's own object counts as an argument.
    return Explanation(f"{found[1]}() takes fewer arguments", "", found[1])


# A function's name comes with its class or with Jinja's prefix.
_CALL = r"^(?:[\w<>]+\.)*(?:do_|test_)?(\w+)\(\) "
_RULES: tuple[tuple[str, Callable[[re.Match[str]], Explanation]], ...] = (
    (
        r"^'(\w+)' object is not callable$",
        lambda found: Explanation(
            f"{words_of_name(found[1])} can't be called", "leave out the ()", is_call=True
        ),
    ),
    (
        r"^'(\w+)' object is not iterable$|^cannot unpack non-iterable (\w+) object$",
        lambda found: Explanation(f"{words_of_name(found[1] or found[2])} is not a list"),
    ),
    (
        r"^argument of type '(\w+)' is not ",
        lambda found: Explanation(f"'in' needs a list or a text, not {words_of_name(found[1])}"),
    ),
    (
        r"^object of type '(\w+)' has no len\(\)$",
        lambda found: Explanation(f"{words_of_name(found[1])} has no length"),
    ),
    (r'^can only concatenate (\w+) \(not "(\w+)"\)', _joined),
    (
        r"^unsupported operand type\(s\) for (\S+?)(?: or \w+\(\))?: '(\w+)' and '(\w+)'$",
        _unsupported,
    ),
    (
        r"^'(\S+)' not supported between instances of '(\w+)' and '(\w+)'$",
        lambda found: Explanation(
            f"'{found[1]}' can't compare {words_of_name(found[2])} with {words_of_name(found[3])}"
        ),
    ),
    (
        r"^bad operand type for unary (\S+): '(\w+)'$",
        lambda found: Explanation(f"'{found[1]}' can't be used with {words_of_name(found[2])}"),
    ),
    (
        r"division by zero|modulo by zero",
        lambda _: Explanation("division by zero"),
    ),
    (
        r"^cannot assign attribute on non-namespace object$",
        lambda _: Explanation("only what namespace() makes can be given attributes"),
    ),
    (
        _CALL + r"got an unexpected keyword argument '(\w+)'",
        lambda found: Explanation(f"{found[1]}() has no argument '{found[2]}'", "", found[2]),
    ),
    (_CALL + r"missing \d+ required (?:positional|keyword-only) arguments?: (.+)$", _lacking),
    (_CALL + r"takes .* positional arguments? but ", _too_many),
    (_CALL + r"takes no (?:keyword )?arguments", _too_many),
)


def in_words(error: Exception) -> Explanation:
    """Return an exception of an expression in words; those of Python where there are no better."""
    message = str(getattr(error, "message", None) or error)
    if isinstance(error, ArithmeticError | TypeError | ValueError | TemplateError):
        for pattern, explain in _RULES:
            if found := re.search(pattern, message):
                return explain(found)
    if isinstance(error, TemplateError):
        return Explanation(message)
    return Explanation(f"{type(error).__name__}: {error}")
