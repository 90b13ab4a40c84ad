"""The words of template authors for what templates see: `a story in a list`, not `Card`.

A class without words of its own is called by its name, so `RelatedTerm` is "a related term".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from inspect import isroutine
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference
from jinja2.utils import Namespace

from generator.model.article import Article, AuthorRef, Card, Image
from generator.model.output import (
    Archive,
    FeedLink,
    Listing,
    Neighbours,
    Pager,
    PageView,
    Period,
    Thread,
)
from generator.model.page import AuthorProfile, Page, PageEntry, ProfileLink
from generator.model.site import Comments, Markup, Outputs, Publisher, Site
from generator.model.taxonomy import TermRef
from generator.model.timestamp import Timestamp
from generator.render.current_page import CurrentPage
from generator.theme.recorded import table_behind
from generator.validation.messages import described

_WORDS: dict[type, str] = {
    Card: "a story in a list",
    Article: "a story",
    AuthorRef: "an author of a story",
    TermRef: "a term of a story",
    Image: "a picture",
    Timestamp: "a moment",
    Page: "a page outside the news",
    PageEntry: "a page in a menu",
    AuthorProfile: "an author's profile",
    ProfileLink: "a link of an author's profile",
    Site: "the portal",
    Publisher: "the publisher",
    Outputs: "the table [outputs] of site.toml",
    Markup: "the table [markdown] of site.toml",
    Comments: "the table [comments] of site.toml",
    PageView: "the page",
    FeedLink: "a feed",
    Listing: "a page of a listing",
    Pager: "the pager",
    Archive: "a page of the archive",
    Period: "a period of the archive",
    Neighbours: "the neighbours of a story",
    Thread: "a comments thread",
    LoopContext: "the loop",
    TemplateReference: "the template itself",
    BlockReference: "a block",
    TemplateModule: "an imported template",
    Macro: "a macro",
    Namespace: "a namespace",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    bytes: "raw bytes",
    datetime.datetime: "a moment",
    datetime.date: "a day",
    dict: "a mapping",
    Mapping: "a mapping",
    tuple: "a list",
    list: "a list",
    set: "a list",
    frozenset: "a list",
    Iterable: "a list",
    type(None): "none",
}
# Their attributes are Python's, and no names that templates should know.
_PLAIN = (type(None), str, int, float, tuple, list)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words_of_type(kind: type) -> str:
    """Return what a type is called, with its article."""
    for base in kind.__mro__:
        if base in _WORDS:
            return _WORDS[base]
    return _by_name(kind.__name__)


def _by_name(name: str) -> str:
    words = _CAPITAL.sub(" ", name.strip("_")).lower()
    return f"{'an' if words[:1] in 'aeio' else 'a'} {words}"


def words_of_name(name: str) -> str:
    """Return what the type of a name is called that Python names in a message."""
    known = {kind.__name__: words for kind, words in _WORDS.items()}
    return known.get(name.strip("_")) or _by_name(name)


def words_of(value: object) -> str:
    """Return what a value is called, with its article: `a story`, `a text`."""
    if value is not None and not is_dataclass(type(value)) and isroutine(value):
        return "a function"
    return words_of_type(_type_of(value))


def found_words(value: object) -> str:
    """Return what was found, for the end of a sentence: `'5'`, `a story in a list`."""
    if isinstance(value, str | bool | int | float | datetime.date):
        return described(value)
    return words_of(value)


def names_in(value: object) -> list[str]:
    """Return what templates can ask a value for, by name."""
    value = table_behind(value)
    if isinstance(value, CurrentPage):
        value = value.view
    if isinstance(value, Mapping):
        return [name for name in value if isinstance(name, str)]
    if isinstance(value, _PLAIN):
        return []
    names = dict.fromkeys(dir(type(value)))
    if is_dataclass(value):
        names |= dict.fromkeys(field.name for field in fields(value))
    elif isinstance(value, TemplateReference):
        names = dict.fromkeys(_blocks(value))
    elif isinstance(value, TemplateModule):
        names = dict.fromkeys(vars(value))
    return [name for name in names if not name.startswith("_")]


def _type_of(value: object) -> type:
    value = table_behind(value)
    return PageView if isinstance(value, CurrentPage) else type(value)


def _blocks(reference: TemplateReference) -> Iterable[str]:
    context: Any = getattr(reference, "_TemplateReference__context", None)
    return () if context is None else context.blocks
