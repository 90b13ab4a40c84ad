"""Templates give the same bytes by Broadsheet's code generation and by Jinja's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2.compiler import CodeGenerator

from generator.render import codegen
from tests.support.fixtures import picture
from tests.support.golden import generated_portal, sample_portal
from tests.support.portal import Portal, story

EVERYTHING = """\
language = "fa"

[publisher]
name = "The Courier"
logo = "hill.png"
masthead = "/about/"

[[taxonomies]]
key = "people"
title = "People"

[comments]
provider = "isso"
url = "https://comments.example/"

[extra]
favicon = "favicon.svg"
"""
CALLS = """\
{{< youtube dQw4w9WgXcQ >}} {{< figure hill.png alt="A <hill>" caption="The 'hill' & more" >}}

{{< pullquote by="Sam" >}}So *it* is.{{< /pullquote >}}

{{< factbox title="Facts" >}}- one{{< /factbox >}} {{< related 1 title="More" >}}

{{< embed https://social.example/@a/1 >}}What <b>they</b> said.{{< /embed >}}

## A "heading" & more

## A second one
"""


def everything(root: Path) -> Portal:
    """A portal whose pages use every template of the theme, from right to left and back."""
    portal = Portal(root)
    portal.settings(EVERYTHING.split("\n", 1)[1], first=EVERYTHING.split("\n", 1)[0])
    image = "image: {src: hill.png, alt: A hill, caption: The hill., credit: Sam}"
    notes = "corrections: [{date: 2024-01-22, text: The sum.}]\nupdated: 2024-01-22"
    portal.stories(
        story(1, f"{image}\ntags: [Iran]\nauthors: [leila]\nseries: Rivers\npeople: [Ada]"),
        story(2, f"{notes}\nlang: en\ntags: [Iran]\nseries: Rivers", body=CALLS),
        story(3, "retracted: {date: 2024-01-23, reason: It was wrong.}\ntags: [Iran]"),
        story(4, "kind: opinion\nkicker: View\ndateline: TEHRAN\ntranslation_of: 2\nlang: de"),
        story(5, "pinned: true\nbreaking: true\naliases: [/old/]\nsection: culture"),
        *(story(number, "tags: [Iran, Peru]") for number in range(10, 20)),
    )
    portal.write(
        {
            "content/media/hill.png": picture(),
            "content/authors/leila.md": "---\nname: Leila\nrole: Editor\n---\n\nA reporter.\n",
            "content/pages/about.md": "---\ntitle: About us\n---\n\nWho we are.\n",
            "templates/partials/own.html": "{% set a = 1 %}{{ a }}{{ article.title }}",
            "templates/article.html": '{% extends "!article.html" %}{% block body_end %}'
            '{% include "partials/own.html" %}{% endblock %}',
        }
    )
    return portal


@pytest.mark.parametrize(
    "make", [sample_portal, everything, lambda root: generated_portal(root, 60)]
)
def test_stock_jinja_gives_the_same_bytes(
    make: Callable[[Path], Portal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = make(tmp_path / "portal")
    portal.built()
    ours = portal.tree()
    monkeypatch.setattr(codegen, "OPTIMIZED", False)
    assert codegen.code_generator() is CodeGenerator
    portal.built("--clean")
    assert portal.tree() == ours
    assert len(ours) > 40
