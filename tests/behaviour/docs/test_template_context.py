"""The page on the context of templates lists exactly what templates get."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jinja2
import pytest
from jinja2.defaults import DEFAULT_NAMESPACE

from generator.index.connection import open_index
from generator.index.recorder import Recorder
from generator.model.article import Article, Card
from generator.model.body import ShortcodeCall
from generator.model.page import Page, PageEntry
from generator.model.site import Site
from generator.render.filters import ALIASES
from generator.render.functions import TemplateFunctions
from generator.render.renderer import Renderer
from generator.render.resolver import TextResolver, _formula
from generator.theme.theme import Theme, default_theme
from tests.support.comments import make_site
from tests.support.portal import REPOSITORY, Portal
from tests.support.template_context import VALUES, Seen, call_of, members, seen_names

MANUAL = (REPOSITORY / "docs/template-context.md").read_text("utf-8")
# What the program itself asks a site for, and templates have filters and functions for.
INTERNAL: dict[type, set[str]] = {
    Site: {"zone", "host", "base_path", "origin", "all_taxonomies", "listed_taxonomies"},
}
# A class whose page of the manual says "all that a … holds, and".
ADDS_TO: dict[type, type] = {Article: Card, Page: PageEntry}
# The words that a variable's row must have for a value of a class.
WORDS = {
    "str": "text",
    "int": "number",
    "list": "list of",
    "tuple": "list of",
    "dict": "mapping of",
    "Markup": "HTML",
    "NoneType": "none",
    "method": "function",
    "function": "function",
} | {kind.__name__: heading.lower() for kind, heading in VALUES.items()}


def section(heading: str) -> str:
    """The text below a heading, up to the next one of its level."""
    marks, _, _ = heading.partition(" ")
    text = MANUAL.partition(f"\n{heading}\n")[2]
    assert text, heading
    return re.split(rf"^#{{1,{len(marks)}}} ", text, flags=re.MULTILINE)[0]


def rows(heading: str) -> list[list[str]]:
    """The rows of the tables below a heading, their cells without links."""
    text = re.sub(r"(?<!`)\[([^\]]+)\]\([^)]+\)", r"\1", section(heading).partition("\n### ")[0])
    lines = re.findall(r"^\| (.*) \|$", text, flags=re.MULTILINE)
    cells = [re.split(r"(?<!\\) ?\| ", line) for line in lines]
    return [row for row in cells if row[-1] != "---" and "`" in "".join(row[:2])]


def calls(heading: str) -> set[str]:
    """What the first column of the tables below a heading says, without its backquotes."""
    return {row[0].strip("`") for row in rows(heading)}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    connection = open_index(tmp_path_factory.mktemp("index") / "index.sqlite")
    return Renderer(make_site(), Theme((default_theme(),)), Recorder(connection))


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return seen_names(Portal(tmp_path_factory.mktemp("context") / "portal"))


def _variables() -> dict[str, dict[str, str]]:
    """The variables of each template, and what the manual says of each."""
    listed: dict[str, dict[str, str]] = {}
    templates: list[str] = []
    for first, variable, meaning in rows("## Variables"):
        templates = re.findall(r"`([^`]+)`", first) or templates
        for template in templates:
            listed.setdefault(template.replace("PROVIDER", "isso"), {})
            if variable:
                listed[template.replace("PROVIDER", "isso")][variable.strip("`")] = meaning
    return listed


def _own(seen: Seen, template: str) -> dict[str, set[str]]:
    """What a template sees beyond what all do, such as the front page's."""
    shared = seen["front.html"]
    if template.startswith("archetypes/"):
        shared = {name: {type(value).__name__} for name, value in DEFAULT_NAMESPACE.items()}
    return {
        name: kinds
        for name, kinds in seen[template].items()
        if kinds != shared.get(name) and name != "page"
    }


def test_the_page_lists_exactly_the_variables_of_each_template(seen: Seen) -> None:
    listed = _variables()
    listed["fragments/NAME.html"] = {"word": "text"}
    without_own = {"front.html", "404.html", "page.kind"}
    own = {name: set(_own(seen, name)) for name in seen.keys() - without_own}
    assert own == {name: set(variables) for name, variables in listed.items()}
    assert _own(seen, "404.html") == {}


def test_the_page_says_what_each_variable_is(seen: Seen) -> None:
    for template, variables in _variables().items():
        for name, meaning in variables.items():
            for kind in seen[template][name]:
                assert WORDS[kind] in meaning, f"{template}: {name} is {kind}"


def test_the_page_lists_exactly_the_kinds_of_pages(seen: Seen) -> None:
    [kinds] = [row[2] for row in rows("### Page") if row[0] == "`kind`"]
    listed = set(re.findall(r"`([^`]+)`", kinds)) - {"key", "singular"}
    assert seen["page.kind"].keys() - {"people", "person"} == listed


@pytest.mark.parametrize("kind", VALUES, ids=VALUES.get)
def test_the_page_lists_exactly_what_a_value_holds(kind: type) -> None:
    inherited = members(ADDS_TO[kind]).keys() if kind in ADDS_TO else set()
    left_out = inherited | INTERNAL.get(kind, set())
    listed = {row[0].strip("`"): row[1] for row in rows(f"### {VALUES[kind]}")}
    assert listed == members(kind, left_out)


def test_the_page_lists_exactly_the_names_of_every_template(renderer: Renderer) -> None:
    environment = renderer._environment("en")
    names = environment.globals.keys() - jinja2.Environment().globals.keys()
    asked = TemplateFunctions(renderer.site, renderer.recorder).functions()
    own: dict[str, Any] = {name: environment.globals[name] for name in names - asked.keys()}
    assert calls("## Asking for stories") == {call_of(*each) for each in asked.items()}
    assert calls("## In every template") == {
        call_of(name, value) if callable(value) else name for name, value in own.items()
    }
    assert all(f"`{name}`" in section("## In every template") for name in DEFAULT_NAMESPACE)


def test_the_page_lists_exactly_the_filters(renderer: Renderer) -> None:
    filters = renderer._environment("en").filters
    own = filters.keys() - jinja2.Environment().filters.keys() - ALIASES.keys()
    assert calls("## Filters") == {call_of(name, filters[name], skip=1) for name in own}
    assert all(f"`{old}`" in section("## Filters") for old in ALIASES)


def test_the_page_lists_the_functions_of_shortcodes(renderer: Renderer) -> None:
    resolver = TextResolver(
        renderer.site, renderer.recorder, lambda *_: "", path="a.md", target="html", subject={}
    )
    call = ShortcodeCall("a", (), {}, None, "", "", 1, 1)
    functions: dict[str, Callable[..., Any]] = {
        "param": resolver._parameters(call),
        "media": resolver._picture,
        "formula": _formula,
    }
    assert calls("## In shortcodes") == {call_of(*each) for each in functions.items()}
