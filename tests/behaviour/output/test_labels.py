"""What is not plain news says so beside every link to it, in every list and every feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import feedparser
import pytest

from tests.support.fixtures import picture
from tests.support.pages import Html, read_html, text_of
from tests.support.portal import Portal, story

LABELS = {
    "en": {
        "sponsored": "Sponsored",
        "press-release": "Press release",
        "opinion": "Opinion",
        "review": "Review",
    },
    "fa": {
        "sponsored": "آگهی",
        "press-release": "اطلاعیهٔ مطبوعاتی",
        "opinion": "دیدگاه",
        "review": "نقد",
    },
}
KINDS = tuple(LABELS["en"])
# Every place in which the theme lists stories, by the class of an element around it.
PLACES = {
    "latest",
    "breaking",
    "top",
    "block",
    "opinions",
    "river",
    "section-lead",
    "series",
    "related",
    "neighbours",
    "translations",
    "bs-related-inline",
    "lost",
    "page-archive-day",
    "page-author",
    "page-source",
    "page-tag",
    "page-series",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a story of a kind, with the elements around it, outermost first."""

    kind: str
    around: tuple[Element, ...]

    @property
    def item(self) -> Element:
        """What the list has of the story: an entry of it, or else what stands around the link."""
        for element in reversed(self.around):
            if element.tag == "li" or {"card", "neighbour"} & _classes(element):
                return element
        return self.around[-2]

    @property
    def places(self) -> set[str]:
        return {name for element in self.around for name in _classes(element)}


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


@pytest.fixture(scope="module")
def advertised(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """A portal in which stories of each kind stand in every place that lists stories."""
    portal = Portal(tmp_path_factory.mktemp("advertised") / "portal")
    portal.settings("")
    ids = " ".join(str(number) for number in range(1, 9))
    shared = "tags: [Iran]\nauthors: [Leila]\nseries: Rivers\nimage: hill.png"
    for number in range(1, 17):
        kind = KINDS[number % len(KINDS)] if number not in (13, 14, 15) else "news"
        lang = "fa" if number % 5 == 0 else "en"
        marks = f"kind: {kind}\nlang: {lang}\nrelated: [{number % 8 + 1}, {(number + 1) % 8 + 1}]"
        marks += "\nbreaking: true" if number % 6 == 0 else ""
        marks += "\npinned: true" if number == 4 else ""
        marks += f"\ntranslation_of: {number - 1}" if lang == "fa" else ""
        date = f"2024-01-{number:02}T08:00:00Z"
        body = f"See this.\n\n{{{{< related {ids} >}}}}"
        portal.stories(story(number, f"{shared}\n{marks}", date=date, body=body))
    portal.stories(
        story(20, "kind: sponsored\nretracted: {date: 2024-01-30, reason: No.}", date="2024-01-05")
    )
    portal.write(
        {
            "content/media/hill.png": picture(),
            "content/authors/leila.md": "---\nname: Leila\n---\n\nA reporter.\n",
        }
    )
    portal.built()
    return portal


def kinds_by_url(portal: Portal) -> dict[str, str]:
    """The kind of every story, by its site path."""
    found: dict[str, str] = {}
    for name in portal.tree():
        if name.startswith("world/") and name.count("/") == 3 and "/page/" not in name:
            path = f"/{name.removesuffix('index.html')}"
            for main in portal.page(path).all(".//article[@data-kind]"):
                found.setdefault(path, main.get("data-kind", ""))
    return {path: kind for path, kind in found.items() if kind != "news"}


def links(element: Element, kinds: dict[str, str], around: tuple[Element, ...]) -> Iterator[Link]:
    """Every link to a story that is more than plain news."""
    around = (*around, element)
    if element.tag == "a" and (kind := kinds.get(element.get("href", ""))):
        yield Link(kind, around)
    for child in element:
        yield from links(child, kinds, around)


def labels_in(item: Element) -> list[str]:
    return [text_of(element) for element in item.iter() if "label" in _classes(element)]


def test_every_link_in_every_list_stands_beside_its_label(advertised: Portal) -> None:
    kinds = kinds_by_url(advertised)
    assert set(kinds.values()) == set(KINDS)
    met: set[str] = set()
    for name, data in advertised.tree().items():
        if not name.endswith(".html") or name.startswith("n/"):
            continue
        page: Html = read_html(data.decode())
        for link in links(page.root, kinds, ()):
            met |= link.places
            label = LABELS[page.root.get("lang", "")][link.kind]
            headed = link.kind == "opinion" and "opinions" in link.places
            assert headed or label in labels_in(link.item), (name, text_of(link.item))
    assert met >= PLACES


def test_a_story_that_was_withdrawn_is_labelled_with_its_kind(advertised: Portal) -> None:
    [card] = [
        card
        for card in advertised.page("/archive/2024/01/05/").all(".//article")
        if "Story 20" in text_of(card)
    ]
    assert labels_in(card) == ["Retracted", "Sponsored"]


def test_every_entry_of_every_feed_begins_with_its_label(advertised: Portal) -> None:
    kinds = {f"https://news.example{path}": kind for path, kind in kinds_by_url(advertised).items()}
    feeds = [name for name in advertised.tree() if name.endswith("feed.xml")]
    assert len(feeds) >= 5
    for name in feeds:
        for entry in feedparser.parse(advertised.tree()[name]).entries:
            content = read_html(entry.content[0].value)
            lang = "fa" if int(entry.title.split()[-1]) % 5 == 0 else "en"
            if "Story 20" in entry.title:
                assert entry.title == "Retracted, Sponsored: Story 20"
                continue
            if kind := kinds.get(entry.link):
                assert entry.title.startswith(f"{LABELS[lang][kind]}: "), name
            else:
                assert entry.title.startswith("Story ")
            inside = list(links(content.root, kinds, ()))
            assert inside
            for link in inside:
                assert f"{LABELS[lang][link.kind]}:" in labels_in(link.item), name


def test_a_headline_that_names_its_kind_is_not_labelled_twice_in_a_feed(portal: Portal) -> None:
    portal.stories(story(1, "kind: opinion", title="'Opinion: Why rivers matter'"))
    portal.built()
    [entry] = feedparser.parse(portal.tree()["feed.xml"]).entries
    assert entry.title == "Opinion: Why rivers matter"


def test_a_heading_stands_for_the_label_of_an_opinion_and_never_of_advertising(
    portal: Portal,
) -> None:
    portal.stories(story(1, "kind: opinion"), story(2, "kind: sponsored"))
    card = '{% from "partials/card.html" import card %}'
    cards = "{{ card(article(1), with_kind=false) }}{{ card(article(2), with_kind=false) }}"
    portal.write({"templates/404.html": card + cards})
    portal.built()
    assert read_html(portal.text("404.html")).classed("label") == ["Sponsored"]
