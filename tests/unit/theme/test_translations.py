"""A portal's own words: what is wrong with them is said once, with its place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from shutil import copyfile

import pytest

from generator.theme.theme import Theme, default_theme
from generator.theme.translation_files import word_problems
from generator.theme.translations import Translations
from tests.support.portal import Portal, story

I18N = default_theme() / "i18n"
LANGUAGES = sorted(file.stem for file in I18N.glob("*.toml"))


@pytest.fixture
def bilingual(portal: Portal) -> Portal:
    """A portal with stories in two languages."""
    portal.stories(story(1), story(2), story(3, "lang: pl"))
    return portal


def words(portal: Portal, text: str | bytes, lang: str = "en") -> list[str]:
    """What a build says of words of the portal's own; nothing is published if one is an error."""
    portal.write({f"templates/i18n/{lang}.toml": text})
    done = portal.build()
    lines = done.stderr.splitlines()
    failed = any(": error: " in line for line in lines)
    assert done.code == int(failed)
    assert portal.output.exists() is not failed
    return lines


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("moved = \n", "1:9: error: broken TOML: invalid value"),
        ('by = "By"\nby = "From"\n', "2:1: error: the key 'by' is written twice (first on line 1)"),
        (
            b'by = "\xff"',
            "1:7: error: not UTF-8: the byte 0xFF can't be read (save the file as UTF-8)",
        ),
        ("by = 5", "1:6: error: 'by' must be text, or a table of plural forms, not the number 5"),
        ('by = ["By"]', "1:6: error: 'by' must be text, or a table of plural forms, not a list"),
        (
            'by = { one = "By", other = "By" }',
            "1:6: error: 'by' must be text: the theme shows it without a number, not a mapping",
        ),
        (
            'stories = { one = "{count} story", othr = "{count} stories", other = "" }',
            "1:36: error: unknown plural form 'othr' (did you mean 'other'?)",
        ),
        (
            'stories = { one = "{count} story" }',
            "1:11: error: 'stories' lacks the plural form 'other', which stands in for all that "
            "are left out",
        ),
        (
            'stories = { one = 1, other = "{count} stories" }',
            "1:19: error: 'stories.one' must be text, not the number 1",
        ),
        (
            'page_number = "Page {numbr}"',
            "1:15: error: 'page_number' has the unknown field {numbr} (did you mean 'number'?)",
        ),
        (
            'stories = { one = "{total} story", other = "{count} stories" }',
            "1:19: error: 'stories.one' has the unknown field {total} (the theme fills in {count})",
        ),
        (
            'by = "By {name}"',
            "1:6: error: 'by' has the unknown field {name} (the theme fills in nothing here)",
        ),
        (
            'page_number = "Page {number"',
            "1:15: error: 'page_number' has a brace without its other half "
            "(write {{ or }} for a brace of the text)",
        ),
        (
            'page_number = "Page {0}"',
            "1:15: error: 'page_number' may have nothing but a name in braces, as in {number}",
        ),
        (
            'page_number = "Page {number.real}"',
            "1:15: error: 'page_number' may have nothing but a name in braces, as in {number}",
        ),
    ],
)
def test_a_fault_in_the_words_is_told_once_with_its_place(
    bilingual: Portal, text: str | bytes, error: str
) -> None:
    assert words(bilingual, text) == [f"templates/i18n/en.toml:{error}"]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            'publishd = "Out"',
            "1:12: warning: 'publishd' is a word that no template shows "
            "(did you mean 'published'?) [translation]",
        ),
        (
            'motto = "Out"',
            "1:9: warning: 'motto' is a word that no template shows "
            '(a template shows it with t("…")) [translation]',
        ),
    ],
)
def test_a_word_that_no_template_shows_is_a_warning(
    bilingual: Portal, text: str, warning: str
) -> None:
    assert words(bilingual, text) == [f"templates/i18n/en.toml:{warning}"]


def test_a_word_of_a_portals_own_template_is_none(bilingual: Portal) -> None:
    shown = '{% extends "!front.html" %}{% block body_end %}<p>{{ t("motto") }}</p>{% endblock %}'
    bilingual.write({"templates/front.html": shown})
    assert words(bilingual, 'motto = "Every {{day}}"') == []
    assert "<p>Every {day}</p>" in bilingual.text("index.html")


def test_plural_forms_are_those_of_the_language(bilingual: Portal) -> None:
    text = 'stories = { one = "{count} tekst", two = "{count} teksty", other = "{count} tekstu" }'
    place = "templates/i18n/pl.toml:1"
    assert words(bilingual, text, "pl") == [
        f"{place}:11: warning: 'stories' lacks the plural form 'few', which Polish has "
        "[translation]",
        f"{place}:11: warning: 'stories' lacks the plural form 'many', which Polish has "
        "[translation]",
        f"{place}:42: warning: 'stories.two' is never shown: Polish has no such plural form "
        "[translation]",
    ]


@pytest.mark.parametrize(("name", "hint"), [("EN", " (did you mean 'en.toml'?)"), ("english", "")])
def test_a_file_that_is_not_named_after_a_language_is_an_error(
    bilingual: Portal, name: str, hint: str
) -> None:
    assert words(bilingual, 'by = "By"', name) == [
        f"templates/i18n/{name}.toml: error: '{name}.toml' is not named after a language, "
        f"as in fa.toml{hint}"
    ]


def test_faults_in_words_and_in_stories_are_told_together(bilingual: Portal) -> None:
    bilingual.stories(story(1, "sorce: X"))
    lines = words(bilingual, "by = 5\nmoved = 6\n")
    assert [line.partition(" ")[0] for line in lines] == [
        "content/articles/1.md:5:1:",
        "templates/i18n/en.toml:1:6:",
        "templates/i18n/en.toml:2:9:",
    ]


def test_there_is_nothing_to_go_on_with_where_the_words_are_broken(bilingual: Portal) -> None:
    bilingual.built()
    before = bilingual.tree()
    bilingual.write({"templates/i18n/en.toml": "by ="})
    assert len(bilingual.build("--keep-going").errors) == 1
    assert bilingual.tree() == before
    bilingual.write({"templates/i18n/en.toml": 'by = "From"'})
    bilingual.built()


def test_a_byte_order_mark_is_no_fault(bilingual: Portal) -> None:
    assert words(bilingual, b'\xef\xbb\xbfno_stories = "Nothing.\xe2\x80\x9d"\r\n') == []


def test_a_count_is_in_the_languages_digits_with_one_form_for_all(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    portal.write({"templates/i18n/fa.toml": 'stories = "{count} خبر"'})
    assert Translations(Theme.of(tmp_path), "fa")("stories", count=12) == "۱۲ خبر"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_default_themes_words_are_sound_and_complete(lang: str, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "i18n"
    folder.mkdir(parents=True)
    copyfile(I18N / f"{lang}.toml", folder / f"{lang}.toml")
    assert word_problems(Theme.of(tmp_path), tmp_path) == []
    english = tomllib.loads((I18N / "en.toml").read_text("utf-8"))
    assert tomllib.loads((I18N / f"{lang}.toml").read_text("utf-8")).keys() == english.keys()
