"""Errors of templates in the words of their authors, and what stands for an unknown name."""

from __future__ import annotations

from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined
from jinja2.utils import missing

from generator.render.view_words import names_in, words_of
from generator.validation.messages import nearest, quoted


class MisuseError(TemplateRuntimeError):
    """A template uses something in a way that it can't be used; `hint` says what to write.

    `word` is what stands in the template where the error is; `certain` says that the template is
    wrong whatever values it meets.
    """

    def __init__(
        self, message: str, hint: str = "", word: str = "", *, certain: bool = True
    ) -> None:
        super().__init__(message)
        self.text, self.hint, self.word, self.certain = message, hint, word, certain


class UnknownNameError(MisuseError):
    """A template uses a name that nothing there has.

    `obj` is the value that was asked for the name, or `missing` for a variable.
    """

    def __init__(self, message: str, hint: str, name: str, obj: Any) -> None:
        super().__init__(message, hint, name)
        self.obj = obj


def _failing_in_every_use(kind: type[Missing]) -> type[Missing]:
    """Let every operation fail with the class's own error, as Jinja's refer to its own method."""
    name = "_fail_with_undefined_error"
    for operation, method in (vars(Undefined) | vars(StrictUndefined)).items():
        if method is vars(Undefined)[name] and operation != name:
            setattr(kind, operation, vars(kind)[name])
    return kind


@_failing_in_every_use
class Missing(StrictUndefined):
    """What a name stands for that nothing has: any use but a test whether it is defined fails."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> NoReturn:
        raise _unknown_name(self._undefined_hint, self._undefined_obj, self._undefined_name)

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__" and name[-2:] == "__":
            raise AttributeError(name)
        self._fail_with_undefined_error()


def fail_if_missing(value: object) -> None:
    """Raise the error of a value that stands for a name that nothing has."""
    if isinstance(value, Missing):
        value._fail_with_undefined_error()


def _unknown_name(hint: str | None, obj: Any, name: Any) -> UnknownNameError:
    if hint:
        return UnknownNameError(hint, "", str(name), missing)
    if obj is missing:
        return UnknownNameError(f"there is no variable {quoted(str(name))}", "", str(name), obj)
    if not isinstance(name, str):
        return UnknownNameError(*_no_item(obj, name), str(name), obj)
    return UnknownNameError(f"{words_of(obj)} has no {quoted(name)}", _near(obj, name), name, obj)


def _no_item(obj: Any, key: Any) -> tuple[str, str]:
    if isinstance(obj, list | tuple | str) and isinstance(key, int):
        size = len(obj)
        counted = {0: "nothing is in it", 1: "one item is in it"}.get(
            size, f"{size} items are in it"
        )
        return (
            f"{words_of(obj)} has no item {key}",
            f"{counted}, and the first is [0]" if size else counted,
        )
    return f"{words_of(obj)} has no item {key!r}", ""


def _near(obj: Any, name: str) -> str:
    if isinstance(obj, list | tuple):
        return "it holds items: take each with {% for %}, or one as in [0]"
    if obj is None:
        return "test first whether there is one, with {% if %}"
    if words_of(obj) == "a function":
        return "call it first, with ()"
    return nearest(name, names_in(obj))
