"""Slugs and permalinks hold on every file system, whatever they are made from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.permalink import (
    MAX_COMPONENT_BYTES,
    PERMALINK_FIELDS,
    SLUG_LETTERS,
    component_error,
    encode_path,
    expand_pattern,
    name_slug,
    output_path,
    path_error,
    pattern_error,
    site_path,
    slug_error,
    slugify,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Iran and Pakistan step back", "iran-and-pakistan-step-back"),
        ("  What's next? — 2024!  ", "whats-next-2024"),
        ("Don’t", "dont"),
        ("ایران و پاکستان", "ایران-و-پاکستان"),
        ("می\u200cخواهد", "می-خواهد"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("Straße", "strasse"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full-width"),
        ("Cafe\u0301", "café"),
        ("C++ & C#", "c-c"),
        ("under_score", "under_score"),
        ("❤️", ""),
        ("?!", ""),
        ("___", ""),
        ("\u0301", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("", ""),
    ],
)
def test_slug_keeps_letters_and_digits_of_every_script(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("text", "lang", "slug"),
    [
        ("İzmir", "tr", "izmir"),
        ("I\u0307zmir", "az-Latn", "izmir"),
        ("İzmir", "en", "izmir"),
        ("i\u0307zmir", "", "izmir"),
        ("Irak'ta IŞİD", "tr", "ırakta-ışid"),
        ("Iraq", "tr-TR", "ıraq"),
        ("Iraq", "en", "iraq"),
        ("ΟΔΟΣ", "el", "οδοσ"),
        ("Groß", "de", "gross"),
        ("ﬁnal", "", "final"),
    ],
)
def test_capitals_become_small_by_the_rules_of_the_language(
    text: str, lang: str, slug: str
) -> None:
    assert slugify(text, lang) == slug


def test_every_letter_has_a_composed_small_slug_that_is_its_own() -> None:
    for letter in map(chr, range(0x110000)):
        if unicodedata.category(letter)[0] == "L":
            slug = slugify(letter)
            assert slug == slugify(slug) == unicodedata.normalize("NFC", slug.casefold()), letter
            assert not {"i\u0307", "j\u0307"} & {slug}, letter


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C++17", "c-plus-plus-17"),
        ("Ｃ＋＋", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("F♯", "f-sharp"),
        (".NET", "dot-net"),
        ("ASP.NET", "asp-net"),
        ("LGBTQ+", "lgbtq-plus"),
        ("A+E", "a-e"),
        ("P5+1", "p5-1"),
        ("#MeToo", "metoo"),
        ("…and so on", "and-so-on"),
        ("AT&T", "at-t"),
        ("++", ""),
    ],
)
def test_symbols_that_tell_names_apart_are_words_in_their_slugs(name: str, slug: str) -> None:
    assert name_slug(name) == slug


@given(TEXT)
def test_slug_of_the_slug_of_a_name_is_itself(name: str) -> None:
    assert name_slug(name_slug(name)) == name_slug(name)


def test_long_title_is_cut_at_a_word() -> None:
    slug = slugify("word " * 40)
    assert slug == "-".join(["word"] * 16)
    assert len(slugify("x" * 500)) == SLUG_LETTERS
    assert len(slugify("漢" * 500).encode()) <= MAX_COMPONENT_BYTES


@given(TEXT)
def test_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(TEXT)
def test_slug_is_empty_or_a_safe_component_within_its_limits(text: str) -> None:
    slug = slugify(text)
    assert len(slug) <= SLUG_LETTERS
    assert len(slug.encode()) <= MAX_COMPONENT_BYTES
    assert slug == unicodedata.normalize("NFC", slug)
    if slug:
        assert any(character.isalnum() for character in slug)
        assert slug_error(slug) == "" or "device name" in slug_error(slug)


@given(st.text(st.characters(max_codepoint=0x7F, exclude_characters="_"), max_size=100))
def test_plain_letters_take_the_same_way_as_all_others(text: str) -> None:
    others = slugify(f"{text} é")
    whole = len(others) < SLUG_LETTERS - 1
    assert not whole or others == (f"{slugify(text)}-é" if slugify(text) else others)


@pytest.mark.parametrize(
    "component",
    ["", ".", "..", "a\0b", "a:b", "a\\b", "con", "NUL.txt", "lpt¹", "a.", "a ", " a", "x" * 201],
)
def test_component_that_some_file_system_refuses_has_a_fault(component: str) -> None:
    assert component_error(component)
    assert path_error(f"/a/{component}/b/")


@pytest.mark.parametrize("component", ["a", "über", "a.b", "_", "console", "com", "x" * 200])
def test_component_that_every_file_system_takes_has_none(component: str) -> None:
    assert component_error(component) == ""


@given(TEXT)
def test_path_without_fault_stays_inside_the_output(path: str) -> None:
    if not path_error(path):
        parts = output_path(path).split("/")
        assert not {"", ".", ".."} & set(parts)


@pytest.mark.parametrize(
    ("path", "output"),
    [
        ("/", "index.html"),
        ("/about/", "about/index.html"),
        ("/about", "about/index.html"),
        ("/old.html", "old.html"),
        ("/old.html/", "old.html/index.html"),
        ("/e\u0301/", "é/index.html"),
        ("/v1.2", "v1.2/index.html"),
    ],
)
def test_site_path_is_served_by_a_file(path: str, output: str) -> None:
    assert output_path(path) == output
    assert output_path(site_path(output)) == output


def test_paths_are_percent_encoded_for_links() -> None:
    assert encode_path("/é/a b%/") == "/%C3%A9/a%20b%25/"


@pytest.mark.parametrize(
    ("pattern", "error"),
    [
        ("/{section}/{news_id}/{slug}/", ""),
        ("/{year}/{month}/{day}/{slug}/", ""),
        ("/{lang}/story-{news_id}/", ""),
        (
            "/{titel}/",
            "has the unknown field '{titel}'; fields are section, news_id, slug, year, month, "
            "day, lang",
        ),
        ("/{section}/", "needs {news_id} or {slug}, or all articles would have one URL"),
        ("/{slug}", "must end with '/', as every page is a folder with an index.html"),
        ("{slug}/", "must start with '/'"),
        ("/../{slug}/", "has the component '..'"),
        ("/{section/{slug}/", "has a '{' or '}' without its other half"),
        ("/{{slug}}/", "has a '{' or '}' without its other half"),
    ],
)
def test_permalink_pattern_is_judged_before_it_is_used(pattern: str, error: str) -> None:
    assert pattern_error(pattern) == error


@given(st.text("/{}!:.[]0abslug_newid", max_size=30))
def test_pattern_without_fault_expands(pattern: str) -> None:
    if not pattern_error(pattern):
        assert expand_pattern(pattern, dict.fromkeys(PERMALINK_FIELDS, "x")).endswith("/")
