"""Asking other hosts: few requests at once, pauses, redirects, and an end to patience."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.external_links import Asking, Manners, Verdict
from generator.pipeline.link_requests import sendable
from tests.support.hosts import (
    PATIENCE_SECONDS,
    Met,
    OtherHost,
    Reply,
    by_path,
    other_host,
    until_over,
)

QUICK = Manners(pause=0)


def verdicts(*addresses: str, manners: Manners = QUICK) -> list[Verdict]:
    asking = Asking(manners)
    asking.ask(addresses)
    assert asking.verdicts.keys() == set(addresses)
    return [asking.verdicts[address] for address in addresses]


def states(*addresses: str, manners: Manners = QUICK) -> list[str]:
    return [verdict.state for verdict in verdicts(*addresses, manners=manners)]


def test_statuses_become_verdicts() -> None:
    with other_host(by_path) as host:
        found = verdicts(*(f"{host.url}/{status}/" for status in (200, 404, 410, 403, 503, 599)))
    assert found == [
        Verdict("works"),
        Verdict("broken", "is answered with 404 Not Found"),
        Verdict("broken", "is answered with 410 Gone"),
        Verdict("unsure", "is answered with 403 Forbidden"),
        Verdict("unsure", "is answered with 503 Service Unavailable"),
        Verdict("unsure", "is answered with 599"),
    ]


@pytest.mark.parametrize("refusal", [405, 403, 404, 501, 0])
def test_a_page_is_asked_for_where_its_head_is_refused(refusal: int) -> None:
    def answer(met: Met, _: OtherHost) -> Reply:
        return Reply(refusal if met.method == "HEAD" else 200)

    with other_host(answer) as host:
        assert states(f"{host.url}/a") == ["works"]
        assert host.asked == ["HEAD /a", "GET /a"]


def test_what_works_is_asked_for_once_and_only_its_head() -> None:
    with other_host(by_path) as host:
        assert states(f"{host.url}/a", f"{host.url}/a?b=c") == ["works", "works"]
        assert sorted(host.asked) == ["HEAD /a", "HEAD /a?b=c"]


def test_a_host_gets_few_requests_at_once() -> None:
    """One host keeps its requests waiting until another one has answered all of its own."""
    answered = Event()

    def slow(_: Met, __: OtherHost) -> Reply:
        assert answered.wait(PATIENCE_SECONDS)
        return Reply()

    def quick(_: Met, host: OtherHost) -> Reply:
        if len(host.met) == 20:
            answered.set()
        return Reply()

    with other_host(slow) as first, other_host(quick) as second:
        links = [f"{host.url}/{at}" for at in range(20) for host in (first, second)]
        assert set(states(*links, manners=Manners(pause=0, per_host=2, patience=60))) == {"works"}
        assert first.most == 2
        assert second.most <= 2


def test_all_hosts_together_get_only_so_many_requests_at_once() -> None:
    with other_host(by_path) as first, other_host(by_path) as second:
        links = [f"{host.url}/{at}" for at in range(200, 210) for host in (first, second)]
        assert set(states(*links, manners=Manners(pause=0, at_once=1))) == {"works"}
        met = sorted(first.met + second.met, key=lambda each: each.at)
        assert len(met) == 20
        assert first.most == second.most == 1


def gaps(host: OtherHost) -> list[float]:
    return [after.at - before.at for before, after in zip(host.met, host.met[1:], strict=False)]


def test_a_host_gets_a_pause_after_each_request() -> None:
    with other_host(by_path) as host:
        links = [f"{host.url}/200/{at}" for at in range(4)]
        states(*links, f"{host.url}/405/", manners=Manners(pause=0.05, per_host=1))
        assert len(host.met) == 6
        assert min(gaps(host)) >= 0.05


def test_redirects_are_followed_from_host_to_host() -> None:
    with other_host(by_path) as second:

        def answer(met: Met, _: OtherHost) -> Reply:
            leads = {"/a": "b?c", "/b?c": f"{second.url}/200/", "/gone": f"{second.url}/404/"}
            return Reply(301, {"Location": leads[met.path]})

        with other_host(answer) as first:
            assert states(f"{first.url}/a", f"{first.url}/gone") == ["works", "broken"]
        assert sorted(second.asked) == ["GET /404/", "HEAD /200/", "HEAD /404/"]


@pytest.mark.parametrize(
    ("location", "verdict"),
    [
        ("/again", Verdict("broken", "is redirected more than 3 times")),
        ("mailto:editor@news.example", Verdict("unsure", "is redirected to an address of mailto")),
        ("http://[", Verdict("broken", "is redirected to what is no address")),
        ("http://skipped.example/", Verdict("works")),
        ("http://www.skipped.example/", Verdict("works")),
    ],
)
def test_redirects_end(location: str, verdict: Verdict) -> None:
    with other_host(lambda met, host: Reply(302, {"Location": location})) as host:
        manners = Manners(pause=0, redirects=3, skip=frozenset({"skipped.example"}))
        assert verdicts(f"{host.url}/a", manners=manners) == [verdict]
        assert len(host.met) <= 4


def in_a_second() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(status: int) -> None:
    def answer(_: Met, host: OtherHost) -> Reply:
        busy = len(host.met) == 1
        return Reply(status, {"Retry-After": "1"}) if busy else Reply()

    with other_host(answer) as host:
        links = [f"{host.url}/{at}" for at in range(3)]
        assert states(*links, manners=Manners(pause=0, per_host=1)) == ["works"] * 3
        assert host.asked == ["HEAD /0", "HEAD /0", "HEAD /1", "HEAD /2"]
        assert gaps(host)[0] >= 1


@pytest.mark.parametrize(
    "later", [in_a_second, lambda: "0", lambda: "Fri, 02 Jan 1970 00:00:00 GMT"]
)
def test_a_time_to_come_back_may_be_a_date(later: object) -> None:
    assert callable(later)

    def answer(_: Met, host: OtherHost) -> Reply:
        return Reply(429, {"Retry-After": later()}) if len(host.met) == 1 else Reply()

    with other_host(answer) as host:
        assert states(f"{host.url}/a") == ["works"]
        assert host.asked == ["HEAD /a", "HEAD /a"]


def test_a_host_that_is_busy_for_ever_is_given_up() -> None:
    with other_host(lambda met, host: Reply(429, {"Retry-After": "0"})) as host:
        [verdict] = verdicts(f"{host.url}/a")
    assert verdict == Verdict("unsure", "is answered with 429 Too Many Requests")
    assert len(host.met) == 3


def test_a_busy_host_that_does_not_say_for_how_long_is_not_asked_again() -> None:
    with other_host(lambda met, host: Reply(429, {"Retry-After": "soon"})) as host:
        assert states(f"{host.url}/a") == ["unsure"]
        assert len(host.met) == 2


def test_a_host_that_asks_for_a_long_pause_is_not_asked_further() -> None:
    with other_host(lambda met, host: Reply(429, {"Retry-After": "3600"})) as host:
        links = [f"{host.url}/{at}" for at in range(5)]
        found = verdicts(*links, manners=Manners(pause=0, per_host=1))
        assert len(host.met) == 1
    why = "because the host asks for a pause of 3600 seconds"
    assert found[0] == Verdict("unsure", "is answered with 429 Too Many Requests")
    assert found[1:] == [Verdict("not asked", why)] * 4


def test_a_host_that_never_answers_is_given_up() -> None:
    with other_host(until_over) as host:
        links = [f"{host.url}/{at}" for at in range(9)]
        found = verdicts(*links, manners=Manners(pause=0, per_host=1, patience=0.1))
        assert len(host.met) == 3
    assert found[:3] == [Verdict("unsure", "is not answered within 0.1 seconds")] * 3
    assert set(found[3:]) == {Verdict("not asked", "because the host did not answer 3 requests")}


def test_time_in_all_is_limited() -> None:
    with other_host(until_over) as silent, other_host(by_path) as host:
        links = (f"{silent.url}/a", f"{host.url}/200/")
        found = verdicts(*links, manners=Manners(pause=0, seconds=1))
    assert found == [Verdict("not asked", "within 1 second"), Verdict("works")]


def test_what_is_no_web_server_is_broken() -> None:
    found = verdicts("http://127.0.0.1:1/", "http://a..example/", "http://127.0.0.1:99999/")
    assert [verdict.state for verdict in found] == ["broken"] * 3
    assert found[0].message == "can't be followed: Connection refused"


def test_addresses_in_any_script_are_sent_in_ascii() -> None:
    with other_host(by_path) as host:
        links = (f"{host.url}/خبر یک?پ=ا", f"{host.url}/a%20b", f"http://u:p@{host.name}/c")
        assert states(*links, manners=Manners(pause=0, per_host=1)) == ["works"] * 3
        assert set(host.asked) == {
            "HEAD /%D8%AE%D8%A8%D8%B1%20%DB%8C%DA%A9?%D9%BE=%D8%A7",
            "HEAD /a%20b",
            "HEAD /c",
        }
    assert sendable("http://bücher.example:8080") == "http://xn--bcher-kva.example:8080/"
    assert sendable("http://[::1]/a") == "http://[::1]/a"


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_sent_is_an_address_or_nothing(host: str, path: str) -> None:
    try:
        sent = sendable(f"http://{host}/{path}")
    except ValueError:
        return
    assert sent.isascii()
    assert sent.isprintable()
    assert " " not in sent
    assert urlsplit(sent).scheme == "http"


@pytest.mark.parametrize(
    ("address", "skipped"),
    [
        ("http://x.example/", True),
        ("https://www.x.example/a", True),
        ("http://X.example:8080/", True),
        ("http://user@x.example/", True),
        ("http://xx.example/", False),
        ("http://example/", False),
        ("http://y.example:81/", True),
        ("http://y.example/", False),
    ],
)
def test_hosts_can_be_skipped(address: str, skipped: bool) -> None:
    manners = Manners(skip=frozenset({"x.example", "y.example:81"}))
    assert manners.skips(address) == skipped
