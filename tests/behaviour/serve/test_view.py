"""What all browsers are shown: requests that change it, and what becomes of the builds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import Serving, SmallPortal, serving

VIEW = "/_broadsheet/view"
PAGE = "/_broadsheet/page?path=/local/"
FORECAST = "/local/3/story/"


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with twenty stories and one that waits for its time."""
    portal = SmallPortal(tmp_path)
    for number in range(10, 30):
        portal.publish("A bridge", news_id=number)
    portal.publish("A forecast", news_id=3, more="publish_at: 2099-01-01T18:00")
    return portal


@pytest.fixture
def server(portal: SmallPortal) -> Iterator[Serving]:
    """Its server, after the first build."""
    with serving(portal) as running:
        running.built()
        yield running


def shown(server: Serving) -> dict[str, object]:
    """What the panel says of the view."""
    view: dict[str, object] = json.loads(server.get(PAGE)[2])["view"]
    return view


def test_a_view_is_built_and_reported(server: Serving) -> None:
    status, text = server.post(VIEW, '{"now": "2099-01-02", "drafts": true}')
    assert status == 202
    assert json.loads(text) == {
        "building": True,
        "view": {"now": "2099-01-02T00:00", "drafts": True},
    }
    server.line("^asked for as at 2099-01-02 00:00.*, with drafts")
    server.page_with("A forecast", FORECAST)
    assert shown(server) == {"now": "2099-01-02T00:00", "drafts": True}
    assert server.post(VIEW, '{"drafts": true}')[0] == 200


def test_the_options_are_where_it_begins(portal: SmallPortal) -> None:
    with serving(portal, "--now", "2099-01-02T12:00", "--drafts") as server:
        server.built()
        assert shown(server) == {"now": "2099-01-02T12:00", "drafts": True}
        server.post(VIEW, '{"now": null, "drafts": false}')
        server.built()
        assert server.get(FORECAST)[0] == 404
        assert shown(server) == {"now": None, "drafts": False}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('{"now": "tomorrow"}', "the time must be a date such as"),
        ('{"drafts": 1}', "'drafts' must be true or false"),
        ("now", "expected JSON"),
    ],
)
def test_what_can_not_be_shown_is_refused(server: Serving, body: str, error: str) -> None:
    status, text = server.post(VIEW, body)
    assert status == 400
    assert error in json.loads(text)["error"]
    assert shown(server) == {"now": None, "drafts": False}


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_site_changes_nothing(server: Serving, origin: str) -> None:
    assert server.post(VIEW, '{"drafts": true}', Origin=origin)[0] == 403
    assert shown(server) == {"now": None, "drafts": False}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_form_changes_nothing(server: Serving, kind: str) -> None:
    assert server.post(VIEW, '{"drafts": true}', **{"Content-Type": kind})[0] == 400
    assert shown(server) == {"now": None, "drafts": False}


def test_only_a_post_changes_the_view(server: Serving) -> None:
    assert server.get(VIEW)[0] == 405


def test_a_moment_before_all_stories_is_no_loss_of_them(
    portal: SmallPortal, server: Serving
) -> None:
    server.post(VIEW, '{"now": "2000-01-01"}')
    server.built()
    assert server.get("/local/10/story/")[0] == 404
    assert not [line for line in server.seen if "error" in line]
    server.post(VIEW, '{"now": null}')
    server.page_with("A bridge", "/local/10/story/")
    (portal.root / "content").rename(portal.root / "aside")
    server.line("20 of 20 published articles would vanish")
    (portal.root / "aside").rename(portal.root / "content")
    server.line("^fixed: ")


def test_a_server_that_ends_in_another_time_starts_again_in_this_one(portal: SmallPortal) -> None:
    for number in range(30, 60):
        portal.publish("Tomorrow", news_id=number, more="publish_at: 2099-01-01")
    with serving(portal) as server:
        server.built()
        server.post(VIEW, '{"now": "2099-01-02"}')
        server.page_with("Tomorrow", "/local/30/story/")
        port = server.port
    with serving(portal, "--port", str(port)) as server:
        server.built()
        assert server.get("/local/30/story/")[0] == 404
        assert server.get("/local/10/story/")[0] == 200


def test_at_another_moment_nothing_is_built_because_time_goes_by(
    portal: SmallPortal, server: Serving
) -> None:
    server.post(VIEW, '{"now": "2024-01-19"}')
    server.built()
    before = len(server.seen)
    portal.publish("An old bridge", news_id=9, more="publish_at: 2024-01-18")
    portal.save("content/articles/9.md", portal.article("An old bridge", 9).replace("-20", "-18"))
    server.page_with("An old bridge", "/local/9/story/")
    assert len(server.seen) - before <= 2


def test_a_broken_portal_can_be_left_by_going_to_another_view(
    portal: SmallPortal, server: Serving
) -> None:
    portal.publish("A bridge", news_id=10, more="sorce: Reuters")
    server.line("^1 error")
    server.post(VIEW, '{"drafts": true}')
    server.line("with drafts")
    server.line("^1 error: the last good version stays")
    assert "unknown key" in server.get("/local/10/story/")[2]
    portal.publish("A bridge is mended", news_id=10)
    server.page_with("A bridge is mended", "/local/10/story/")
    assert shown(server) == {"now": None, "drafts": True}
