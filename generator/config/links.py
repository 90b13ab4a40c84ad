"""The addresses that a site.toml holds, each with the place where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.config.loader import SITE_FILE
from generator.config.tables import POLICIES
from generator.model.paths import MEDIA_URL
from generator.validation.decoding import decoded
from generator.validation.positions import Keys
from generator.validation.toml_text import load_toml

# Keys of [publisher] that hold addresses for readers and search engines.
_PUBLISHER = frozenset((*POLICIES, "links", "logo"))


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """An address as it is written, a URL or a site path, and its line and column.

    `public` means that it is published as it is; others are so only where a template uses them.
    """

    address: str
    line: int
    column: int
    public: bool


def written_links(root: Path) -> Iterator[WrittenLink]:
    """Yield the addresses in the site.toml of `root`, which has been read without errors before."""
    values = load_toml(decoded((root / SITE_FILE).read_bytes()))
    for keys, text in _texts(values, ()):
        address = MEDIA_URL + text if text and keys == ("publisher", "logo") else text
        if address.startswith(("/", "https://", "http://")) and keys[0] != "base_url":
            public = keys[0] == "publisher" and keys[1] in _PUBLISHER
            yield WrittenLink(address, *values.positions.value(keys), public)


def _texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield every text in a value, with the way to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, (*keys, name))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _texts(item, (*keys, at))
