"""[[taxonomies]] in site.toml: what may be written, and what is reported when it is wrong."""

from __future__ import annotations

import pytest

from generator.config.loader import read_site
from generator.errors import ConfigError
from generator.model.taxonomy import Taxonomy

SITE = (
    'title = "T"\nbase_url = "https://t.example"\n\n[[sections]]\nslug = "world"\ntitle = "W"\n\n'
)


def site(text: str) -> tuple[Taxonomy, ...]:
    return read_site(f"{SITE}{text}".encode()).taxonomies


def errors(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        site(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_taxonomy_needs_a_key_and_a_title() -> None:
    assert site('[[taxonomies]]\nkey = "people"\ntitle = "People"\n') == (
        Taxonomy("people", "people", "people", "People"),
    )
    assert errors("[[taxonomies]]\n") == [
        "site.toml:8:1: error: missing key 'key' in an item of 'taxonomies'",
        "site.toml:8:1: error: missing key 'title' in an item of 'taxonomies'",
    ]


@pytest.mark.parametrize("key", ["tags", "source", "title", "world", "media", "latest_", "tag"])
def test_a_key_that_means_something_already_is_an_error(key: str) -> None:
    text = f'[[taxonomies]]\nkey = "{key}"\ntitle = "A"\n'
    if key == "latest_":
        assert site(text)
        return
    [error] = errors(text)
    assert error.startswith("site.toml:9:7: error: ")
    assert f"can't be '{key}', which is a key, a section or a page of the portal already" in error


def test_two_taxonomies_with_one_key_are_an_error() -> None:
    one = '[[taxonomies]]\nkey = "people"\ntitle = "People"\n'
    [error] = errors(one + one)
    assert error.startswith("site.toml:12:7: error: ")


@pytest.mark.parametrize("key", ["People", "a-b", "1a", "a b", "é"])
def test_a_key_is_a_word_that_templates_can_write(key: str) -> None:
    [error] = errors(f'[[taxonomies]]\nkey = "{key}"\ntitle = "A"\n')
    assert "must be lower-case letters, digits and '_', as in people" in error


def test_an_unknown_key_is_named() -> None:
    [error] = errors('[[taxonomies]]\nkey = "people"\ntitle = "P"\nsingle = "person"\n')
    assert "unknown key 'single'" in error
