"""Checks how templates call functions and filters: each argument by its annotation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from inspect import Parameter, Signature, signature
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from generator.render.misuse import MisuseError, fail_if_missing
from generator.render.view_words import found_words, words_of_type
from generator.validation.messages import nearest, quoted

_OPEN = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
_NAMELESS = (Parameter.POSITIONAL_ONLY, *_OPEN)

More = Callable[[], Collection[str]]


@dataclass(frozen=True)
class Callee:
    """A function or filter as templates know it: how errors call it, and what it takes.

    `given` counts the arguments that Jinja gives it, such as the value before a filter's `|`;
    `more` returns names of arguments that its signature does not have; without it any name will do.
    """

    name: str
    called: str
    signature: Signature
    given: int = 0
    more: More | None = None

    @classmethod
    def function(cls, name: str, function: Callable[..., Any], more: More | None = None) -> Callee:
        """Return a function."""
        return cls(name, f"{name}()", signature(function), more=more)

    @classmethod
    def filter(cls, name: str, function: Callable[..., Any]) -> Callee:
        """Return a filter, or one of Jinja's own that is also given the environment."""
        return cls(name, f"the filter '{name}'", signature(function), 1 + _takes_context(function))

    @classmethod
    def test(cls, name: str, function: Callable[..., Any]) -> Callee:
        """Return a test, such as `divisibleby`."""
        return cls(name, f"the test '{name}'", signature(function), 1 + _takes_context(function))

    def misfit(self, positional: int, named: Iterable[str]) -> MisuseError | None:
        """Return what is wrong with a call's arguments: how many, and the names of the others."""
        by_position = [each for each in self.parameters if each.kind < Parameter.VAR_POSITIONAL]
        used = {each.name for each in by_position[:positional]}
        for name in named:
            if name in used:
                message = f"{self.called} is given the argument {quoted(name)} twice"
                return MisuseError(message, "", name)
            if not self.takes(name):
                return self.unknown(name)
            used.add(name)
        if positional > len(by_position) and not self._has(Parameter.VAR_POSITIONAL):
            return self._too_many(len(by_position))
        for each in self.parameters:
            optional = each.default is not Parameter.empty or each.kind in _OPEN
            if not optional and each.name not in used:
                message = f"{self.called} lacks the argument {quoted(each.name)}"
                return MisuseError(message, "", self.name)
        return None

    def takes(self, name: str) -> bool:
        """Return whether there is an argument with a name."""
        if name in self._own_names:
            return True
        return self._has(Parameter.VAR_KEYWORD) and (self.more is None or name in self.more())

    @cached_property
    def _own_names(self) -> list[str]:
        return [each.name for each in self.parameters if each.kind not in _NAMELESS]

    @property
    def names(self) -> list[str]:
        """The names of all arguments that can be given by name."""
        return [*self._own_names, *(self.more() if self.more else ())]

    @cached_property
    def parameters(self) -> list[Parameter]:
        """What a template may give it."""
        return list(self.signature.parameters.values())[self.given :]

    def unknown(self, name: str) -> MisuseError:
        """Return the error for an argument that it does not take."""
        known = ", ".join(self.names)
        hint = nearest(name, self.names) or (f"it takes {known}" if known else "")
        return MisuseError(f"{self.called} has no argument {quoted(name)}", hint, name)

    def wrong_type(self, name: str, found: object, kinds: tuple[type, ...]) -> MisuseError:
        """Return the error for an argument that is not what its annotation says."""
        given_kinds = [kind for kind in kinds if kind is not type(None)]
        expected = " or ".join(dict.fromkeys(map(words_of_type, given_kinds)))
        given = name == self._subject
        place = "" if given else f" as '{name}'"
        message = f"{self.called} needs {expected}{place}, not {found_words(found)}"
        hint = "test first whether there is one, with {% if %}" if found is None and given else ""
        return MisuseError(message, hint, "" if given else name, certain=False)

    @property
    def _subject(self) -> str:
        """The name of what stands before a filter's `|`; empty for a function."""
        names = list(self.signature.parameters)
        return names[self.given - 1] if self.given else ""

    def _has(self, kind: object) -> bool:
        return any(each.kind is kind for each in self.parameters)

    def _too_many(self, most: int) -> MisuseError:
        arguments = {0: "no argument", 1: "only one argument"}.get(most, f"only {most} arguments")
        named = [each.name for each in self.parameters if each.kind is Parameter.KEYWORD_ONLY]
        hint = f"name the others, as in {named[0]}=…" if named else ""
        message = f"{self.called} takes {arguments}{' without a name' * bool(named)}"
        return MisuseError(message, hint, self.name)


def checked_functions(
    functions: Mapping[str, Callable[..., Any]], more: Mapping[str, More] | None = None
) -> dict[str, Callable[..., Any]]:
    """Return functions that raise `MisuseError` for arguments that they do not take.

    `more` has for some of them the names of arguments that their signatures do not have.
    """
    callees = {
        name: Callee.function(name, each, (more or {}).get(name))
        for name, each in functions.items()
    }
    return {name: _checked(callees[name], each) for name, each in functions.items()}


def checked_filters(
    jinjas: Mapping[str, Callable[..., Any]], own: Mapping[str, Callable[..., Any]]
) -> dict[str, Callable[..., Any]]:
    """Return all filters so; those of Jinja take values of more types than they say."""
    others = {name: each for name, each in jinjas.items() if name not in own}
    return {
        name: _checked(Callee.filter(name, each), each, typed=name in own)
        for name, each in (others | dict(own)).items()
    }


def _checked(
    callee: Callee, function: Callable[..., Any], *, typed: bool = True
) -> Callable[..., Any]:
    kinds = _kinds_of(getattr(function, "__func__", function)) if typed else {}
    known = list(callee.signature.parameters.values())
    by_position = [
        (each.name, kinds.get(each.name, ()))
        for each in known
        if each.kind < Parameter.VAR_POSITIONAL
    ]
    others = kinds.get(next((each.name for each in known if each.kind is _OPEN[1]), ""), ())
    most, given = len(by_position), callee.given

    def check(name: str, value: object, allowed: tuple[type, ...]) -> None:
        if allowed and not _fits(value, allowed):
            fail_if_missing(value)
            raise callee.wrong_type(name, value, allowed)

    @wraps(function)
    def call(*positional: Any, **named: Any) -> Any:
        if len(positional) > most and (misfit := callee.misfit(len(positional) - given, named)):
            raise misfit
        for name in named:
            if name not in callee.signature.parameters and not callee.takes(name):
                raise callee.unknown(name)
        for (name, allowed), value in zip(by_position, positional, strict=False):
            check(name, value, allowed)
        for name, value in named.items():
            check(name, value, kinds.get(name, others))
        try:
            return function(*positional, **named)
        except TypeError as error:
            if error.__traceback__ and error.__traceback__.tb_next is None:
                if misfit := callee.misfit(len(positional) - given, named):
                    raise misfit from None
            raise

    return call


def _fits(value: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and (type(value) is not bool or bool in kinds)


def _takes_context(function: object) -> int:
    return 1 if getattr(function, "jinja_pass_arg", None) is not None else 0


@cache
def _kinds_of(function: Callable[..., Any]) -> Mapping[str, tuple[type, ...]]:
    """Return the types that each argument may have; none where anything may be given."""
    try:
        hints = get_type_hints(function)
    except (NameError, TypeError):
        return {}
    return {name: _types_in(hint) for name, hint in hints.items() if name != "return"}


def _types_in(hint: Any) -> tuple[type, ...]:
    if get_origin(hint) in (Union, UnionType):
        parts = [_types_in(each) for each in get_args(hint)]
        return () if () in parts else tuple(kind for part in parts for kind in part)
    kind = get_origin(hint) or hint
    if kind is Any:
        return ()
    if kind is float:
        return (float, int)
    return (kind,) if isinstance(kind, type) and kind is not object else ()
