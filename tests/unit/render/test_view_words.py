"""Whatever templates see has a name in words, and errors name what it is asked for."""

from __future__ import annotations

import dataclasses
import difflib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_type_hints

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from generator.model import article, page
from generator.model.article import Article, Card
from generator.model.output import Archive, Listing, PageView, Thread
from generator.model.page import Page
from generator.model.site import Site
from generator.render import functions
from generator.render.functions import TemplateFunctions
from generator.render.misuse import Missing, MisuseError
from generator.render.view_words import names_in, words_of, words_of_type
from generator.theme.recorded import recorded
from tests.support.comments import make_card, make_site

# What each template is given, besides the answers of functions.
GIVEN = (Site, PageView, Article, Listing, Archive, Page, Thread)
PYTHON = re.compile(r"[A-Z_]|object|class|\.")
LONG_ENOUGH = 4


def parts(hint: Any) -> Iterator[type]:
    """The classes that an annotation names."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from parts(inner)


def answers() -> Iterator[type]:
    """The classes of what functions of templates answer with."""
    for _, method in inspect.getmembers(TemplateFunctions, inspect.isfunction):
        hints = get_type_hints(method, vars(functions))
        yield from parts(hints.get("return"))


def everything_seen() -> list[type]:
    """All dataclasses that templates can get at."""
    waiting, seen = [*GIVEN, *answers()], dict[type, None]()
    while waiting:
        kind = waiting.pop()
        if kind not in seen:
            seen[kind] = None
            properties = (
                member.fget
                for _, member in inspect.getmembers(kind)
                if isinstance(member, property)
            )
            for source in (kind, *filter(None, properties)):
                # What a module imports for its annotations alone is found in the others.
                names = {**vars(article), **vars(page), **vars(sys.modules[kind.__module__])}
                hints = get_type_hints(source, names)
                waiting += [part for hint in hints.values() for part in parts(hint)]
    return sorted(seen, key=lambda kind: kind.__name__)


SEEN = everything_seen()


def likeness(one: str, other: str) -> float:
    """How much two words have in common."""
    return difflib.SequenceMatcher(None, other, one).ratio()


def failure(use: Callable[[], object]) -> MisuseError:
    """The error that a use raises."""
    with pytest.raises(MisuseError) as raised:
        use()
    return raised.value


def test_all_kinds_of_views_are_found() -> None:
    names = {kind.__name__ for kind in SEEN}
    assert {"Card", "Publisher", "Pager", "Image", "TermRef", "AuthorProfile", "Term"} <= names


@pytest.mark.parametrize("kind", SEEN)
def test_every_view_has_a_name_in_words(kind: type) -> None:
    words = words_of_type(kind)
    assert re.match(r"(a|an|the) \w", words)
    assert not PYTHON.search(words.replace("site.toml", ""))


def test_no_two_views_have_the_same_name() -> None:
    words = [words_of_type(kind) for kind in SEEN]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("kind", SEEN)
def test_every_misspelt_name_of_every_view_is_answered_with_the_nearest(kind: type) -> None:
    view: object = object.__new__(kind)
    names = [name for name in names_in(view) if len(name) >= LONG_ENOUGH]
    assert {field.name for field in dataclasses.fields(kind)} <= set(names_in(view))
    for name in names:
        wrong = name[:-2] + name[-1] + name[-2] if name[-1] != name[-2] else name[:-1]
        error = failure(lambda wrong=wrong: str(Missing(obj=view, name=wrong)))  # type: ignore[misc]
        assert error.text == f"{words_of_type(kind)} has no '{wrong}'"
        found = re.fullmatch(r"did you mean '(\w+)'\?", error.hint)
        assert found
        assert found[1] in names_in(view)
        # Two may be as near, such as `section` and `sections`.
        assert likeness(wrong, found[1]) >= likeness(wrong, name)


def test_a_setting_is_called_like_the_table_that_is_recorded() -> None:
    site = recorded(make_site(), lambda *_: None)
    assert words_of(site) == "the portal"
    assert words_of(site.publisher) == "the publisher"
    assert {"title", "section", "base_path"} <= set(names_in(site))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "none"),
        ("x", "a text"),
        (Markup("x"), "a text"),
        (5, "a whole number"),
        (0.5, "a number"),
        (True, "true or false"),
        ((1,), "a list"),
        ([], "a list"),
        ({}, "a mapping"),
        (len, "a function"),
        (make_card(make_site()), "a story in a list"),
    ],
)
def test_values_are_called_in_words(value: object, words: str) -> None:
    assert words_of(value) == words


USES: list[Callable[[Any], object]] = [
    str,
    bool,
    len,
    list,
    hash,
    int,
    lambda value: value + 1,
    lambda value: 1 + value,
    lambda value: value == 1,
    lambda value: value < 1,
    lambda value: value(),
    lambda value: value[0],
    lambda value: value.name,
    lambda value: 1 in value,
    lambda value: -value,
    lambda value: f"{value}",
]


@pytest.mark.parametrize("use", USES)
def test_every_use_of_an_unknown_name_is_an_error_in_words(use: Callable[[Any], object]) -> None:
    error = failure(lambda: use(Missing(name="artcle")))
    assert error.text == "there is no variable 'artcle'"
    assert not isinstance(error, UndefinedError)


def test_an_unknown_name_may_be_asked_for_what_python_alone_looks_for() -> None:
    assert not hasattr(Missing(name="artcle"), "__html__")


def test_cards_are_not_stories() -> None:
    assert words_of_type(Card) != words_of_type(Article)
