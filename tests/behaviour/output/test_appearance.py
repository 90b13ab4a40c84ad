"""How pages look in a browser: what a style sheet promises, computed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.support.hosting import hosted
from tests.support.portal import REPOSITORY, Portal, story

pytestmark = pytest.mark.browser

TABLE = "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n"

# Text in the accent colour, links in a text, and white on the accent colour.
COLOURED = (".kicker", ".text a", ".series-label", ".label-breaking")
ACCENTS = (
    *("#000000", "#ffffff", "#808080", "#ffd400", "#ff0000", "#00ff00", "#0000ff", "#00ffff"),
    *("#ff00ff", "#00594f", "#4b0082", "#ff8c00", "#8b4513", "#39ff14"),
)

# Contrast by https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, of sRGB colours as they are painted.
CONTRAST = """
selectors => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const painted = (...colours) => {
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3);
  };
  const luminance = (channels) => [...channels]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const below = (element) => element ? [...below(element.parentElement),
    getComputedStyle(element).backgroundColor] : ["white"];
  return selectors.map((selector) => {
    const element = document.querySelector(selector);
    const ground = below(element);
    const [light, dark] = [luminance(painted(...ground)),
      luminance(painted(...ground, getComputedStyle(element).color))].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  });
}
"""


def alignments(tab: Page) -> list[str]:
    """The side to which the cells of the table's second row are aligned."""
    script = "cells => cells.map(cell => getComputedStyle(cell).textAlign)"
    return list(tab.locator(".text td").evaluate_all(script))


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_column_is_aligned_to_the_side_that_its_colons_name(
    portal: Portal, tab: Page, lang: str
) -> None:
    portal.stories(story(1, f"lang: {lang}", body=TABLE))
    with hosted(portal) as url:
        tab.goto(f"{url}/world/1/story-1/")
        assert alignments(tab) == ["left", "center", "right", "start"]


@pytest.fixture
def coloured(portal: Portal) -> Portal:
    """A portal with something in every colour, and a style sheet of its own."""
    portal.write(
        {
            "templates/base.html": '{% extends "!base.html" %}{% block head_end %}'
            '<link rel="stylesheet" href="{{ asset("css/courier.css") }}">{% endblock %}'
        }
    )
    portal.stories(
        story(
            1,
            "series: Water\nkicker: Rivers\nbreaking: true",
            body="See [the UN](https://un.example/).",
        ),
        story(2, "series: Water"),
    )
    return portal


SET_COLOURS = """
colour => ["--accent", "--link"].forEach(
  (name) => document.documentElement.style.setProperty(name, colour))
"""


def contrasts(tab: Page) -> dict[str, float]:
    """The contrast of each coloured text of the page."""
    return dict(zip(COLOURED, tab.evaluate(CONTRAST, list(COLOURED)), strict=True))


def open_story(tab: Page, url: str, scheme: str) -> None:
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(f"{url}/world/1/story-1/")


def documented_styles() -> list[str]:
    """The style sheets that the manual shows."""
    text = (REPOSITORY / "docs/templates.md").read_text("utf-8")
    return re.findall(r"^```css\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("style", documented_styles())
def test_text_is_legible_in_the_colours_of_the_manuals_examples(
    coloured: Portal, tab: Page, style: str, scheme: str
) -> None:
    coloured.write({"templates/assets/css/courier.css": style})
    with hosted(coloured) as url:
        open_story(tab, url, scheme)
        assert min(contrasts(tab).values()) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_in_any_colour_that_a_portal_chooses(
    coloured: Portal, tab: Page, scheme: str
) -> None:
    coloured.write({"templates/assets/css/courier.css": ""})
    with hosted(coloured) as url:
        open_story(tab, url, scheme)
        for accent in ACCENTS:
            tab.evaluate(SET_COLOURS, accent)
            found = contrasts(tab)
            assert min(found.values()) >= 4.5, (accent, found)
