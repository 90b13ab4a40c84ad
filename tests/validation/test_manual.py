"""The manual lists exactly the keys that are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from generator.config.comments import CUSTOM, PROVIDERS
from generator.config.loading import site_of
from generator.errors import Problems
from generator.sources.articles import read_front_matter
from generator.sources.authors import read_profile
from generator.sources.documents import Document
from generator.sources.pages import read_page
from generator.validation.fields import Fields
from generator.validation.places import Origin
from generator.validation.written import Written
from tests.support.reading import site

DOCS = Path(__file__).resolve().parents[2] / "docs"


class Asked(Written):
    """A mapping that remembers which keys it was asked for."""

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.keys_asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_asked.add(key)
        return super().get(key, default)


def documented(file: str, heading: str, column: str = "key") -> set[str]:
    """The keys in the table below a heading whose first column has this name."""
    section = re.split(r"^## ", (DOCS / file).read_text("utf-8"), flags=re.MULTILINE)
    text = next(part for part in section if part.splitlines()[0] == heading)
    table = text.partition(f"| {column} |")[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", table, flags=re.MULTILINE))


def document(values: Written, path: str) -> Document:
    return Document(path, values, "", 1, "toml")


def test_manual_lists_the_keys_of_articles() -> None:
    correction, retraction, image, source = Asked(), Asked(), Asked(), Asked()
    values = Asked(corrections=[correction], retracted=retraction, image=image, source=source)
    read_front_matter(document(values, "content/articles/a.md"), site(), Problems())
    assert values.keys_asked == documented("front-matter.md", "Articles")
    assert image.keys_asked == documented("front-matter.md", "Pictures", "key in `image`")
    assert source.keys_asked == documented("front-matter.md", "Sources", "key in `source`")
    where = "Corrections and retractions"
    assert correction.keys_asked == documented("front-matter.md", where, "key in `corrections`")
    assert retraction.keys_asked == documented("front-matter.md", where, "key in `retracted`")


def test_manual_lists_the_keys_of_pages_and_authors() -> None:
    page, author = Asked(), Asked()
    read_page(document(page, "content/pages/a.md"), site(), Problems())
    read_profile(document(author, "content/authors/a.md"), Problems())
    assert page.keys_asked == documented("front-matter.md", "Pages")
    assert author.keys_asked == documented("front-matter.md", "Authors")


def test_manual_lists_the_keys_of_site_toml() -> None:
    tables = {name: Asked() for name in ("slugs", "publisher", "outputs", "markdown", "comments")}
    section = Asked()
    values = Asked(sections=[section], **tables)
    site_of(Fields(values, Origin("site.toml", Problems())))
    assert values.keys_asked == documented("site-toml.md", "The portal")
    assert section.keys_asked == documented("site-toml.md", "sections")
    for name, table in tables.items():
        assert table.keys_asked == documented("site-toml.md", name)


def test_manual_names_every_provider_of_comments() -> None:
    text = (DOCS / "site-toml.md").read_text("utf-8")
    assert all(f"`{provider}`" in text for provider in (*PROVIDERS, CUSTOM))
