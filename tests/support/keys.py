"""The keys that front matter and site.toml may have, as their readers ask for them."""

from __future__ import annotations

from typing import Any

from generator.config.loader import site_of
from generator.errors import Problems
from generator.parse.document import Document
from generator.parse.front_matter.article import read_front_matter
from generator.parse.front_matter.author import read_profile
from generator.parse.front_matter.page import read_page
from generator.validation.fields import Fields
from generator.validation.located import LocatedMapping
from generator.validation.positions import SourceContext
from tests.support.reading import site


class Asked(LocatedMapping):
    """A mapping that remembers which keys it was asked for."""

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.keys_asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_asked.add(key)
        return super().get(key, default)


def article_keys() -> dict[str, set[str]]:
    """The keys of an article under `""`, and those of each mapping in it under its name."""
    tables = {name: Asked() for name in ("retracted", "image", "source", "corrections")}
    values = Asked(**tables | {"corrections": [tables["corrections"]]})
    read_front_matter(_document(values, "content/articles/a.md"), site(), Problems())
    return _keys(values, tables)


def page_keys() -> set[str]:
    """The keys of a page outside the news."""
    values = Asked()
    read_page(_document(values, "content/pages/a.md"), site(), Problems())
    return values.keys_asked


def author_keys() -> set[str]:
    """The keys of an author's profile."""
    values = Asked()
    read_profile(_document(values, "content/authors/a.md"), Problems())
    return values.keys_asked


def site_keys() -> dict[str, set[str]]:
    """The keys of site.toml under `""`, and those of each table under its name."""
    names = "sections taxonomies slugs publisher outputs markdown comments editor".split()
    tables = {name: Asked() for name in names}
    values = Asked(**tables | {name: [tables[name]] for name in ("sections", "taxonomies")})
    site_of(Fields(values, SourceContext("site.toml", Problems())))
    return _keys(values, tables)


def _keys(values: Asked, tables: dict[str, Asked]) -> dict[str, set[str]]:
    return {"": values.keys_asked} | {name: table.keys_asked for name, table in tables.items()}


def _document(values: LocatedMapping, path: str) -> Document:
    return Document(path, values, "", 1, "toml")
