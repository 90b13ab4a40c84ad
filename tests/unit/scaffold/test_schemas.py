"""The JSON Schemas agree with what a build accepts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from textwrap import indent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from generator.config.comments import CUSTOM, PROVIDERS
from generator.config.loader import load_site, read_site
from generator.model.site import Site
from generator.parse.yaml import load_yaml
from generator.scaffold.schemas.files import SOURCES, SchemaName, schema_of
from generator.scaffold.schemas.names import KnownNames
from generator.scaffold.schemas.values import Schema
from generator.validation.located import UnreadableTextError
from tests.support.examples import examples
from tests.support.keys import article_keys, author_keys, page_keys, site_keys
from tests.support.portal import REPOSITORY, SITE
from tests.support.reading import ARTICLE, SITE_TOML, article, page, profile, site, site_faults

KNOWN = KnownNames(
    {"tags": ("Iran", "2024"), "authors": ("Leila Karimi",), "sources": ("FARSNEWS",)},
    (("7519", "Talks"), ("007", "A spy"), ("x-1", "Unknown")),
)
PEOPLE = '\n[[taxonomies]]\nkey = "people"\ntitle = "People"\n'
# What both dialects read alike, and editors' own `enumDescriptions`, which validators pass over.
KEYWORDS = set(
    "$schema title description type enum const default properties required additionalProperties "
    "items minItems maxItems pattern maxLength minimum maximum anyOf enumDescriptions".split()
)
YAML = """\
2024
true
yes
NO
off
null
~
''
x
'x y'
'a, b'
2024-01-20
2024-01-20T08:30:00+03:30
2024-01-20 08:30
12:30
0x1F
7.0
-1
007
7519
x-1
999999999999999999999
[]
[x]
[1, 2]
[yes]
['']
[~]
{}
{x: 1}
{src: a.jpg}
{name: A}
{name: A, url: https://a.example/}
https://a.example/
HTTPS://a.example
[https://a.example/]
{A: https://a.example/}
[{title: A, url: https://a.example/}]
/old/
[/old/]
[old]
world
World
opinion
en
fa-IR
no
longread.html
{date: 2024-01-20, reason: x}
{date: 2024-01-20}
[{date: 2024-01-20, text: x}]
[{date: 2024-01-20, text: x, kind: update}]
[{text: x}]
desk@news.example
[7519]
[007, x-1]
FARSNEWS
|
""".splitlines()
"""Values of every shape, of which each key accepts some."""


def schema(name: SchemaName, of: Site | None = None) -> Schema:
    return schema_of(name, of or site(), KNOWN)


def accepts(name: SchemaName, value: Any, of: Site | None = None) -> bool:
    return not errors(name, value, of)


def seen(front: str) -> Any:
    """YAML as an editor types it, by the core schema of YAML 1.2."""
    return load_yaml(f"extra:\n{indent(front, ' ')}")["extra"]


def plain(value: Any) -> Any:
    """TOML as an editor hands it to a validator: dates are text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def front_of(text: str) -> Any:
    """The front matter of a source as an editor sees it."""
    mark = text[:4]
    front = text.split(mark)[1]
    return seen(front) if mark == "---\n" else plain(tomllib.loads(front))


def errors(name: SchemaName, value: Any, of: Site | None = None) -> list[str]:
    validator = Draft202012Validator(schema(name, of))
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize("name", SOURCES)
def test_a_schema_is_one_in_both_dialects(name: SchemaName) -> None:
    made = schema(name)
    Draft202012Validator.check_schema(made)
    Draft7Validator.check_schema(made)
    assert set(_keywords(made)) <= KEYWORDS


def _keywords(made: Schema) -> Iterator[str]:
    for keyword, value in made.items():
        yield keyword
        if keyword == "properties":
            for inner in value.values():
                yield from _keywords(inner)
        elif keyword == "anyOf":
            for inner in value:
                yield from _keywords(inner)
        elif keyword in ("items", "additionalProperties") and isinstance(value, dict):
            yield from _keywords(value)


def test_the_schemas_have_exactly_the_keys_that_are_read() -> None:
    made = schema("article")
    assert _nested(made) == article_keys()
    assert set(schema("page")["properties"]) == page_keys()
    assert set(schema("author")["properties"]) == author_keys()
    keys = site_keys()
    del keys["comments"]
    assert _nested(schema("site"), "slugs") == keys | {"default_source": {"name", "url"}}


def test_the_schema_of_site_toml_has_every_provider_of_comments() -> None:
    found = schema("site")["properties"]["comments"]["anyOf"]
    names = [one["properties"]["provider"]["const"] for one in found]
    assert names == [*PROVIDERS, CUSTOM]
    for name, one in zip(PROVIDERS, found, strict=False):
        assert set(one["properties"]) == {"provider", *(each.key for each in PROVIDERS[name])}


def _nested(made: Schema, *open_tables: str) -> dict[str, set[str]]:
    """The keys of a schema under `""`, and those of each closed mapping in it under its name."""
    found = {"": set(made["properties"])}
    for key, value in made["properties"].items():
        choices = [value, *value.get("anyOf", ())]
        for choice in [*choices, *(each["items"] for each in choices if "items" in each)]:
            closed = choice.get("additionalProperties") is False or key in open_tables
            if key != "comments" and closed and "properties" in choice:
                found[key] = set(choice["properties"])
    return found


def test_a_taxonomy_of_the_portal_is_a_key_of_its_articles() -> None:
    own = read_site(f"{SITE}{PEOPLE}".encode())
    front = {"news_id": 1, "title": "A", "date": "2024-01-20", "people": ["Ada"]}
    assert accepts("article", front, own)
    assert not accepts("article", front)


def test_a_source_is_required_unless_the_portal_has_one() -> None:
    front = {"news_id": 1, "title": "A", "date": "2024-01-20"}
    assert errors("article", front) == ["'source' is a required property"]
    assert errors("article", front, site('default_source = "Us"')) == []


def test_all_sources_of_the_sample_portal_validate() -> None:
    sample = load_site(REPOSITORY)
    folders: dict[str, SchemaName] = {"articles": "article", "pages": "page", "authors": "author"}
    checked = 0
    for folder, name in folders.items():
        for file in sorted((REPOSITORY / "content" / folder).rglob("*.md")):
            assert errors(name, front_of(file.read_text("utf-8")), sample) == [], file
            checked += 1
    assert checked > 30
    settings = tomllib.loads((REPOSITORY / "site.toml").read_text("utf-8"))
    assert errors("site", plain(settings)) == []


def test_the_examples_of_the_manual_validate() -> None:
    checked = 0
    for example in examples():
        if example.language == "markdown" and example.text.startswith(("---\n", "+++\n")):
            assert errors("article", front_of(example.text)) == [], example
        elif example.file == "docs/front-matter.md" and example.language == "yaml":
            name: SchemaName = "article" if "news_id" in example.text else "author"
            assert errors(name, seen(example.text)) == [], example
        elif example.language == "toml" and "templates/" not in example.text:
            required = {"title": "A", "base_url": "https://a.example", "sections": []}
            given = plain(tomllib.loads(example.text))
            sections = [{"slug": "world", "title": "World"}]
            assert errors("site", required | {"sections": sections} | given) == [], example
        else:
            continue
        checked += 1
    assert checked > 10


def _article_with(key: str, value: str) -> str:
    lines = [line for line in ARTICLE.splitlines() if not line.startswith(f"{key}:")]
    return "\n".join([*lines, f"{key}: {value}", ""])


def _is_odd_news_id(key: str, front: str) -> bool:
    """Whether a News ID is written as YAML writes true or a fraction, which nobody would."""
    return key in ("news_id", "translation_of") and isinstance(seen(front)[key], bool | float)


def _accepted_article(front: str) -> bool:
    return article(f"---\n{front}---\n")[1] == []


@pytest.mark.parametrize("key", sorted(article_keys()[""]))
def test_what_a_build_accepts_in_an_article_validates(key: str) -> None:
    for value in YAML:
        front = _article_with(key, value)
        if _accepted_article(front) and not _is_odd_news_id(key, front):
            assert errors("article", seen(front)) == [], front


@pytest.mark.parametrize("key", sorted(page_keys()))
def test_what_a_build_accepts_in_a_page_validates(key: str) -> None:
    for value in YAML:
        front = f"{'' if key == 'title' else 'title: A'}\n{key}: {value}\n".lstrip()
        if page(f"---\n{front}---\n", "content/pages/a.md")[1] == []:
            assert errors("page", seen(front)) == [], front


@pytest.mark.parametrize("key", sorted(author_keys()))
def test_what_a_build_accepts_in_a_profile_validates(key: str) -> None:
    for value in YAML:
        front = f"{'' if key == 'name' else 'name: A'}\n{key}: {value}\n".lstrip()
        if profile(f"---\n{front}---\n", "content/authors/a.md")[1] == []:
            assert errors("author", seen(front)) == [], front


@given(st.sampled_from(sorted(article_keys()[""] - {"extra"})), st.text(max_size=30), st.booleans())
def test_any_text_that_a_build_accepts_validates(key: str, text: str, quoted: bool) -> None:
    value = '"' + text.replace("\\", "").replace('"', "") + '"' if quoted else text
    front = _article_with(key, value)
    try:
        accepted = _accepted_article(front)
        instance = seen(front)
    except UnreadableTextError:
        return
    if accepted and not _is_odd_news_id(key, front):
        assert errors("article", instance) == []


REFUSED = {
    "news_id": "7519.5",
    "title": "' '",
    "date": "yesterday",
    "source": "{url: https://a.example/}",
    "section": "wrold",
    "tags": "{a: b}",
    "authors": "'Ada, Grace'",
    "image": "{alt: no file}",
    "kind": "news-ish",
    "lang": "English please",
    "related": "7519",
    "pinned": "perhaps",
    "draft": "2024",
    "publish_at": "2024-1-2",
    "corrections": "[{date: 2024-01-20}]",
    "retracted": "{reason: none given}",
    "aliases": "/old/",
    "comments": "2",
    "canonical": "a.example",
    "extra": "[]",
    "sorce": "FARSNEWS",
}


@pytest.mark.parametrize("key", REFUSED)
def test_what_a_build_refuses_in_an_article_is_refused(key: str) -> None:
    front = _article_with(key, REFUSED[key])
    assert not _accepted_article(front)
    assert errors("article", seen(front)) != []


REFUSED_SETTINGS = (
    'titel = "A"',
    "description = 1",
    'timezone = "Asia/Teheran"',
    "per_page = 0",
    'language = "English please"',
    "[outputs]\narchive = 1",
    '[outputs]\nfeeds = ["atom"]',
    '[markdown]\ndialect = "marked"',
    "[markdown]\nmaths = true",
    '[comments]\nprovider = "isso"',
    '[comments]\nprovider = "isso"\nurl = "https://a.example"\nload = "never"',
    '[comments]\nprovider = "none"',
    '[publisher]\nlinks = ["a"]',
    "[publisher]\nfounded = true",
    '[[taxonomies]]\nkey = "People"\ntitle = "People"',
    '[slugs]\ntags = {"C++" = 1}',
)


@pytest.mark.parametrize("more", REFUSED_SETTINGS)
def test_what_site_toml_may_not_say_is_refused(more: str) -> None:
    first, rest = (f"{more}\n", "") if more[0] != "[" else ("", f"\n{more}\n")
    text = f"{first}{SITE_TOML}{rest}" if "timezone" not in more else f"{first}{SITE}"
    assert site_faults(text) != []
    assert errors("site", plain(tomllib.loads(text))) != []


def test_names_in_use_are_proposed_and_others_accepted() -> None:
    tags = schema("article")["properties"]["tags"]["anyOf"][0]["items"]["anyOf"]
    assert tags[0]["enum"] == ["Iran", "2024"]
    related = schema("article")["properties"]["related"]["items"]["anyOf"][0]
    assert related["enum"] == [7519, "007", "x-1"]
    assert related["enumDescriptions"] == ["Talks", "A spy", "Unknown"]
    front = seen(f"{ARTICLE}tags: [Iran, New]\nrelated: [7519, 12]\n")
    assert errors("article", front) == []
