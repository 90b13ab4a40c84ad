"""What filters make of moments, stories and data."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.model.site import Section, Site
from generator.model.timestamp import Timestamp
from generator.render.filters import Filters, json_ld
from tests.support.comments import make_card, make_site

SITE = make_site()
MORNING = datetime.fromisoformat("2024-01-20T09:05:00+03:30")


@pytest.mark.parametrize(
    ("lang", "has_time", "shown"),
    [
        ("en", False, "January 20, 2024"),
        ("en", True, "January 20, 2024, 9:05\u202fAM"),
        ("de", True, "20. Januar 2024, 09:05"),
        ("ar", False, "20 يناير 2024"),
        ("fa", False, "۲۰ ژانویهٔ ۲۰۲۴"),
    ],
)
def test_a_moment_is_told_to_machines_and_in_the_readers_language(
    lang: str, has_time: bool, shown: str
) -> None:
    element = Filters(SITE, lang).time_tag(Timestamp(MORNING, has_time), "long")
    machine = "2024-01-20T09:05:00+03:30" if has_time else "2024-01-20"
    assert element == f'<time datetime="{machine}">{shown}</time>'


def test_two_moments_of_one_day_keep_their_own_times() -> None:
    date = Filters(SITE, "de").date
    times = [date(Timestamp(MORNING.replace(hour=hour)), "short") for hour in (9, 17)]
    assert [each[-5:] for each in times] == ["09:05", "17:05"]


def test_only_a_story_in_another_language_says_its_own() -> None:
    card = make_card(SITE)
    assert Filters(SITE, card.lang).lang_attrs(card) == ""
    assert Filters(SITE, "fa").lang_attrs(card) == f' lang="{card.lang}" dir="{card.dir}"'


@given(st.recursive(st.text() | st.integers(-(2**53), 2**53) | st.none(), st.lists))
def test_json_ld_holds_any_text_and_no_end_of_a_script(data: object) -> None:
    block = json_ld([data, Markup("<b>")])
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == [data, "<b>"]


def test_url_keeps_the_query_and_the_fragment_of_an_address() -> None:
    site = Site(title="T", base_url="https://n.example/daily", sections=(Section("w", "W"),))
    url = Filters(site, "en").url
    assert url("/about/?a=b#c") == "/daily/about/?a=b#c"
    assert url("/about/#c?d") == "/daily/about/#c?d"
    assert url("about/é/") == "/daily/about/%C3%A9/"
