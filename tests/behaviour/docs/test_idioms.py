"""What the guide for users of Hugo and Jekyll says in Jinja is Jinja, with names that exist."""

from __future__ import annotations

import re

import pytest
from jinja2 import meta

from generator.index.connection import open_index
from generator.index.recorder import Recorder
from generator.render.environment import ThemeEnvironment
from generator.render.renderer import Renderer
from generator.theme.theme import Theme, default_theme
from tests.support.comments import make_site
from tests.support.portal import REPOSITORY

GUIDE = (REPOSITORY / "docs/guides/from-hugo-and-jekyll.md").read_text("utf-8")
ROWS = re.findall(r"^\|.* \| (.+) \|$", GUIDE.partition("\n## Templates\n")[2], re.MULTILINE)
IDIOMS = [
    code.replace("\\|", "|")
    for row in ROWS
    for code in re.findall(r"`([^`]+)`", row)
    if code.startswith(("{{", "{%"))
]
# What some templates are given, as the page on their context says.
VARIABLES = {"article", "listing", "param", "inner"}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> ThemeEnvironment:
    connection = open_index(tmp_path_factory.mktemp("index") / "index.sqlite")
    renderer = Renderer(make_site(), Theme((default_theme(),)), Recorder(connection))
    return renderer._environment("en")


def test_the_guide_has_idioms() -> None:
    assert len(IDIOMS) > 20


@pytest.mark.parametrize("idiom", IDIOMS)
def test_an_idiom_compiles_and_names_what_templates_have(
    environment: ThemeEnvironment, idiom: str
) -> None:
    environment.from_string(idiom)
    parsed = environment.parse(idiom)
    names = meta.find_undeclared_variables(parsed)
    assert names <= environment.globals.keys() | VARIABLES
    assert all(environment._file(name or "") for name in meta.find_referenced_templates(parsed))
