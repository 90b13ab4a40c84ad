"""The manual names what templates see: functions, filters, variables and their fields."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields

import jinja2
import pytest

from generator.index.connection import open_index
from generator.index.recorder import Recorder
from generator.model.article import Article, AuthorRef, Card, Correction, Heading, Image, Retraction
from generator.model.output import (
    Archive,
    FeedLink,
    Listing,
    Neighbours,
    OverviewLink,
    Pager,
    PageView,
    Period,
    Term,
    Thread,
)
from generator.model.page import AuthorProfile, PageEntry
from generator.model.site import Site
from generator.model.taxonomy import SourceCredit, TermRef
from generator.render.filters import ALIASES
from generator.render.functions import TemplateFunctions
from generator.render.renderer import Renderer
from generator.theme.theme import Theme, default_theme
from tests.support.comments import make_site
from tests.support.portal import REPOSITORY

MANUAL = (REPOSITORY / "docs/templates.md").read_text("utf-8")
# Fields that pages of the theme do not use, and that say what another field says.
INTERNAL = {
    (Card, "publish_at"),  # `went_live` says it, or `date`
    (PageEntry, "path"),
    (PageEntry, "layout"),
    (PageEntry, "index"),
    (PageEntry, "url"),
    (PageEntry, "lang"),
    (PageEntry, "dir"),
    (PageEntry, "seo_title"),
}


def section(heading: str) -> str:
    """The text below a heading, up to the next one of its level."""
    marks, _, _ = heading.partition(" ")
    text = MANUAL.partition(f"\n{heading}\n")[2]
    assert text, heading
    return re.split(rf"^#{{1,{len(marks)}}} ", text, flags=re.MULTILINE)[0]


def names_in(text: str) -> set[str]:
    """The words in backquotes."""
    return {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"\w+", code)}


def members(kind: type) -> set[str]:
    """The fields and properties of a class that templates see."""
    own = {key.name for key in fields(kind)} | {
        name for name, member in inspect.getmembers(kind) if isinstance(member, property)
    }
    return {name for name in own if (kind, name) not in INTERNAL and (Card, name) not in INTERNAL}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    connection = open_index(tmp_path_factory.mktemp("index") / "index.sqlite")
    return Renderer(make_site(), Theme((default_theme(),)), Recorder(connection))


def first_column(text: str) -> set[str]:
    """The names at the beginning of the rows of tables."""
    rows = re.findall(r"^\| (`[^|]+) \|", text, flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)", row)}


def test_the_manual_lists_exactly_the_filters(renderer: Renderer) -> None:
    environment = renderer._environment("en")
    own = environment.filters.keys() - jinja2.Environment().filters.keys()
    assert first_column(section("## Filters")) == own - ALIASES.keys()
    assert all(f"`{old}`" in section("## Filters") for old in ALIASES)


def test_the_manual_lists_exactly_the_names_that_every_template_knows(renderer: Renderer) -> None:
    environment = renderer._environment("en")
    own = environment.globals.keys() - jinja2.Environment().globals.keys()
    listed = first_column(section("## What every template knows").partition("\n### ")[0])
    asked = first_column(section("### Asking for stories"))
    assert listed | asked == own


def test_the_manual_names_every_argument_of_every_function(renderer: Renderer) -> None:
    text = section("### Asking for stories")
    functions = TemplateFunctions(renderer.site, renderer.recorder).functions()
    for name, function in functions.items():
        row = next(row for row in text.splitlines() if f"`{name}(" in row)
        for argument, parameter in inspect.signature(function).parameters.items():
            if parameter.kind is not inspect.Parameter.VAR_KEYWORD:
                assert re.search(rf"\b{argument}\b|moment|article|slug|menu|\"tags\"", row), (
                    argument
                )


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("### `page`", (PageView, FeedLink)),
        ("### A story in a list", (Card, AuthorRef, SourceCredit)),
        ("### Variables of each template", (Listing, Pager, OverviewLink, Archive, Period)),
        ("### Asking for stories", (Term, AuthorProfile, Neighbours)),
        ("## Comments", (Thread,)),
    ],
)
def test_the_manual_names_every_field(heading: str, kinds: tuple[type, ...]) -> None:
    known = names_in(section(heading))
    for kind in kinds:
        assert members(kind) - known == set(), kind


def test_the_manual_names_every_field_of_an_article() -> None:
    known = names_in(section("### A story in a list")) | names_in(
        section("### A story on its own page")
    )
    for kind in (Article, TermRef, Correction, Retraction, Heading, Image):
        assert members(kind) - known == set(), kind


def test_the_manual_names_what_templates_read_of_the_site() -> None:
    row = next(row for row in MANUAL.splitlines() if row.startswith("| `site` |"))
    own = {key.name for key in fields(Site)} - {
        # How sources are read and edited, which no page shows.
        *("timezone", "default_source", "permalink", "per_page", "markdown", "slugs", "editor"),
    }
    assert own <= names_in(row)
