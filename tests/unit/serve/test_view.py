"""What a request may ask to be shown."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.serve.view import View, ViewError, changed

TEHRAN = ZoneInfo("Asia/Tehran")


def test_a_moment_is_on_the_portals_clocks() -> None:
    view = changed(View(drafts=True), b'{"now": "2024-01-20T18:00"}', TEHRAN)
    assert view == View(datetime(2024, 1, 20, 14, 30, tzinfo=UTC), drafts=True)
    assert view.local(TEHRAN) == "2024-01-20T18:00"
    assert changed(view, b'{"now": null}', TEHRAN) == View(drafts=True)
    assert changed(view, b'{"now": null, "drafts": false}', TEHRAN) == View()


def test_an_offset_is_heeded() -> None:
    view = changed(View(), b'{"now": "2024-01-20T18:00:30Z"}', TEHRAN)
    assert view.local(TEHRAN) == "2024-01-20T21:30:30"


def test_the_moment_of_the_command_line_may_have_no_offset() -> None:
    assert View(datetime(2024, 1, 20, 18, 0)).local(TEHRAN) == "2024-01-20T18:00"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "expected JSON"),
        (b"\xff", "expected JSON"),
        (b"[" * 100_000, "expected JSON"),
        (b"[]", "expected 'now', 'drafts' or both"),
        (b"{}", "expected 'now', 'drafts' or both"),
        (b'{"then": 1}', "expected 'now', 'drafts' or both"),
        (b'{"drafts": "yes"}', "'drafts' must be true or false"),
        (b'{"now": 5}', "the time must be a date or time"),
        (b'{"now": ""}', "the time must be a date or time"),
        (b'{"now": "tomorrow"}', "the time must be a date such as"),
        (b'{"now": "2024-02-30"}', "the time must be a day that exists"),
        (b'{"now": "275760-09-12T00:00"}', "the time must be a date such as"),
        (b'{"now": "9999-12-31T23:59-12:00"}', "the time is too near the end of the calendar"),
        (b'{"now": "2022-03-22T00:30"}', "the clocks of Asia/Tehran skip it"),
    ],
)
def test_what_can_not_be_shown_is_refused_with_a_reason(body: bytes, message: str) -> None:
    with pytest.raises(ViewError, match=message):
        changed(View(), body, TEHRAN)


@given(st.binary(max_size=60))
def test_no_request_is_another_exception(body: bytes) -> None:
    with suppress(ViewError):
        changed(View(), body, TEHRAN)
