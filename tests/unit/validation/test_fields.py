"""Values are read as what was expected, and whatever is not so is told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problems
from generator.validation import Fields, SourceContext
from generator.validation.messages import described, nearest, one_of
from generator.validation.timestamps import InvalidTimestampError, timestamp_of
from generator.validation.toml_text import load_toml
from generator.validation.urls import language_tag, url_error
from tests.support.reading import site


def fields(text: str) -> Fields:
    """A reader over TOML."""
    values = load_toml(text)
    return Fields(values, SourceContext("x.toml", Problems(), values.positions))


def explanation(reader: Fields) -> list[str]:
    """The error lines so far."""
    return [str(problem) for problem in reader.origin.problems.errors]


def test_reading_goes_on_after_a_fault_with_the_default() -> None:
    reader = fields("name = 5\non = 'x'\nsize = 11\nurl = ''\nmail = 'a@b.example'\n")
    assert reader.text("name", "none") == "none"
    assert reader.flag("on", True) is True
    assert reader.integer("size", 7, maximum=10) == 7
    assert (reader.url("url"), reader.email("mail")) == ("", "a@b.example")
    assert reader.choice("kind", ("a", "b"), "a") == "a"
    assert explanation(reader) == [
        "x.toml:1:8: error: 'name' must be text in quotes, not the number 5",
        "x.toml:2:6: error: 'on' must be true or false, not 'x'",
        "x.toml:3:8: error: 'size' must be a whole number from 0 to 10, not the number 11",
    ]


def test_choice_without_a_default_is_required() -> None:
    reader = fields("[table]\n")
    table = reader.mapping("table")
    assert table is not None
    assert table.choice("kind", ("a", "b")) == ""
    assert explanation(reader) == ["x.toml:1:1: error: missing key 'kind' in 'table'"]


def test_places_are_found_in_every_form_of_toml() -> None:
    reader = fields(
        "a.b = 1 # [x]\n"
        "long = '''\nb = 2\n'''\n"
        "list = [\n  1,\n  {c = 'x', 'd e' = 2}, # y\n]\n"
        '[[rows]]\nc = 1\n[[rows]]\n[rows.sub]\n"c" = 2\n'
    )
    places = reader.origin.positions
    assert places.value(("a", "b")) == (1, 7)
    assert places.key(("long",)) == (2, 1)
    assert places.value(("list", 0)) == (6, 3)
    assert places.value(("list", 1, "d e")) == (7, 21)
    assert places.value(("rows", 0, "c")) == (10, 5)
    assert places.value(("rows", 1)) == (11, 1)
    assert places.value(("rows", 1, "sub", "c")) == (13, 7)
    assert places.value(("rows", 1, "sub", "none")) == (12, 1)


def test_unknown_keys_are_those_that_nobody_asked_for() -> None:
    reader = fields("Title = 'x'\nbaseurl = 'x'\nzzz = 1\n")
    reader.text("title")
    reader.text("base_url")
    reader.finish({"zzz": "base_url", "title": "nothing"})
    assert explanation(reader) == [
        "x.toml:1:1: error: unknown key 'Title' (did you mean 'title'?)",
        "x.toml:2:1: error: unknown key 'baseurl' (did you mean 'base_url'?)",
        "x.toml:3:1: error: unknown key 'zzz' (did you mean 'base_url'?)",
    ]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "nothing"),
        ("", "an empty text"),
        ("it's", "'it's'"),
        ("a\nb\x1b", "'a\\u000ab\\u001b'"),
        ("x" * 50, f"'{'x' * 39}…'"),
        (True, "true"),
        (5, "the number 5"),
        (1.5, "the number 1.5"),
        ([[[]] * 10000], "a list"),
        ({"a": {}}, "a mapping"),
    ],
)
def test_what_was_found_is_said_in_a_few_words(found: object, words: str) -> None:
    assert described(found) == words


def test_number_too_large_to_write_is_said_so() -> None:
    assert described(10**5000) == "a very large number"


def test_nearest_choice_is_found_whatever_its_case() -> None:
    assert nearest("asia/teheran", ["Asia/Tehran", "Asia/Tokyo"]) == "did you mean 'Asia/Tehran'?"
    assert nearest("o'brian", ["O'Brien"]) == "did you mean 'O'Brien'?"
    assert nearest("zzz", ["world"]) == ""
    assert nearest("x" * 10**6, ["x" * 79]) == ""


def test_choices_are_listed_unless_they_are_many() -> None:
    assert one_of(["a"]) == "'a'"
    assert one_of(["a", "b", "c"]) == "one of a, b or c"
    assert one_of([str(number) for number in range(400)]) == "one of 400 known values"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("EN", "en"),
        ("fa-ir", "fa-IR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sl-ROZAJ-biske", "sl-rozaj-biske"),
        ("es-419", "es-419"),
        ("de-CH-1996", "de-CH-1996"),
        ("en-US-u-CA-gregory", "en-US-u-ca-gregory"),
        ("en-x-TWAIN", "en-x-twain"),
        ("en_US", ""),
        ("english", ""),
        ("e", ""),
        ("en-", ""),
        ("en--US", ""),
        ("фа", ""),
    ],
)
def test_language_tags_are_written_in_their_canonical_case(written: str, tag: str) -> None:
    assert language_tag(written) == tag


@pytest.mark.parametrize(
    "url", ["https://x.example", "http://localhost:8000/a?b#c", "https://مثال.example/é"]
)
def test_absolute_web_addresses_have_no_fault(url: str) -> None:
    assert url_error(url) == ""


@pytest.mark.parametrize(
    "url",
    ["", "x", "/x", "mailto:a@b.example", "https:///x", "https://x.example:99999/",
     "https://[::1/", "https://x.example/a b", 'https://x.example/"', "https://x/" + "a" * 2000],
)  # fmt: skip
def test_anything_else_has_one(url: str) -> None:
    assert url_error(url)


@given(st.text("0123456789-T:+Z .,", max_size=30))
def test_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = timestamp_of(text, site().zone)
    except InvalidTimestampError:
        return
    assert timestamp_of(moment.isoformat(), site().zone) == moment


@given(st.datetimes(), st.booleans())
def test_moments_keep_their_second(at: object, has_offset: bool) -> None:
    text = f"{at}"[:19] + ("Z" if has_offset else "")
    try:
        moment = timestamp_of(text, site().zone)
    except InvalidTimestampError:
        return
    assert moment.has_time
    assert timestamp_of(moment.isoformat(), site().zone) == moment


def test_offsets_of_the_time_before_zones_are_whole_minutes() -> None:
    zone = site().zone
    assert timestamp_of("1890-05-01T10:00", zone).isoformat() == "1890-05-01T10:00:00+00:53"
    assert timestamp_of("1890-05-01T10:00Z", zone).isoformat() == "1890-05-01T10:53:00+00:53"
    assert timestamp_of("1890-05-01", zone).isoformat() == "1890-05-01"


@given(st.text(max_size=60))
def test_toml_positions_are_found_in_whatever_is_toml(text: str) -> None:
    try:
        values = load_toml(text)
    except ValueError:
        return
    for key in values:
        line, column = values.positions.key((key,))
        assert line >= 1
        assert column >= 1
