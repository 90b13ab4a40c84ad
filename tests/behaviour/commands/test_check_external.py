"""`check --external`: links to other hosts, asked for with patience and remembered."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.hosts import (
    PATIENCE_SECONDS,
    Met,
    OtherHost,
    Reply,
    by_path,
    other_host,
    until_over,
)
from tests.support.portal import REPOSITORY, Portal, environment, story

DAY = 24 * 60 * 60


def links(portal: Portal, *addresses: str) -> None:
    """Write a story with links."""
    portal.stories(story(9, body=" ".join(f"[x]({address})" for address in addresses)))


def remembered(portal: Portal) -> Path:
    return portal.root / ".broadsheet/external-links.json"


def stored(portal: Portal) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(remembered(portal).read_text("utf-8"))
    return found


def test_what_worked_is_not_asked_for_again(portal: Portal) -> None:
    with other_host(by_path) as host:
        links(portal, f"{host.url}/200/", f"{host.url}/200/#part", f"{host.url}/404/")
        before = time.time()
        assert portal.check("--external").code == 1
        assert (host.times("/200/"), host.times("/404/")) == (1, 2)
        found = stored(portal)
        assert found.keys() == {"version", "worked"}
        [(address, asked)] = found["worked"].items()
        assert address == f"{host.url}/200/"
        assert before - 1 <= asked <= time.time() + 1
        assert portal.check("--external").code == 1
        assert (host.times("/200/"), host.times("/404/")) == (1, 4)
    assert (portal.root / ".broadsheet/.gitignore").read_text("utf-8") == "*\n"
    assert [file.name for file in remembered(portal).parent.glob("external*")] == [
        "external-links.json"
    ]


@pytest.mark.parametrize(
    ("age", "options", "times"),
    [
        (6.9 * DAY, (), 0),
        (7.1 * DAY, (), 1),
        (-DAY, (), 1),
        (2 * DAY, ("--external-days", "1"), 1),
        (10 * DAY, ("--external-days", "30"), 0),
        (1, ("--external-days", "0"), 1),
    ],
)
def test_what_worked_is_trusted_for_days(
    portal: Portal, age: float, options: tuple[str, ...], times: int
) -> None:
    with other_host(by_path) as host:
        links(portal, f"{host.url}/200/")
        worked = {f"{host.url}/200/": time.time() - age}
        portal.write(
            {".broadsheet/external-links.json": json.dumps({"version": 1, "worked": worked})}
        )
        assert portal.check("--external", *options).code == 0
        assert host.times("/200/") == times


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"version": 2}', b'{"version": 1, "worked": {"a": "b"}}', b"\xff\x00"],
)
def test_a_damaged_memory_is_discarded_with_a_warning(portal: Portal, content: bytes) -> None:
    with other_host(by_path) as host:
        links(portal, f"{host.url}/200/")
        portal.write({".broadsheet/external-links.json": content})
        done = portal.check("--external")
        assert done.code == 0
        assert done.stderr.startswith(
            f"{remembered(portal)}: warning: is damaged and was discarded"
        )
        assert list(stored(portal)["worked"]) == [f"{host.url}/200/"]
        assert portal.check("--external").stderr == ""


def test_nothing_is_written_through_a_link(portal: Portal, tmp_path: Path) -> None:
    other = tmp_path / "mine"
    other.write_text("mine", "utf-8")
    with other_host(by_path) as host:
        links(portal, f"{host.url}/200/")
        (portal.root / ".broadsheet").mkdir()
        remembered(portal).symlink_to(other)
        (portal.root / ".broadsheet/README").symlink_to(tmp_path / "nowhere")
        portal.check("--external")
    assert other.read_text("utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert stored(portal)["worked"]


def test_a_memory_that_can_not_be_written_is_a_warning(portal: Portal) -> None:
    with other_host(by_path) as host:
        links(portal, f"{host.url}/200/")
        portal.write({".broadsheet": "in the way"})
        done = portal.check("--external")
    assert done.code == 0
    assert "warning: can't be " in done.stderr


def test_what_was_not_asked_in_time_is_one_warning_for_each_host(portal: Portal) -> None:
    with other_host(until_over) as silent, other_host(by_path) as host:
        links(portal, *(f"{silent.url}/{at}" for at in range(4)), f"{host.url}/404/")
        done = portal.check("--external", "--external-seconds", "1")
    assert sorted(done.stderr.splitlines()) == [
        f"content/articles/9.md: error: the link to {host.url}/404/ is answered with "
        "404 Not Found (on /world/9/story-9/)",
        f"content/articles/9.md: warning: 4 links to {silent.name} were not asked for within "
        "1 second (on /world/9/story-9/)",
    ]


def test_a_site_whose_links_were_not_asked_in_time_passes(portal: Portal) -> None:
    with other_host(until_over) as silent:
        links(portal, f"{silent.url}/a")
        done = portal.check("--external", "--external-seconds", "1")
    assert done.code == 0
    assert f"warning: 1 link to {silent.name} was not asked for within 1 second" in done.stderr


def test_hosts_and_other_addresses_can_be_left_out(portal: Portal) -> None:
    with other_host(by_path) as host:
        links(portal, f"{host.url}/404/", "mailto:editor@news.example", "tel:+31201234567")
        assert portal.check("--external", "--external-skip", "127.0.0.1").code == 0
        assert portal.check("--external", "--external-skip", host.name).code == 0
        assert host.met == []
        assert portal.check("--external", "--external-skip", "other.example").code == 1


def test_a_link_that_is_no_address_is_an_error(portal: Portal) -> None:
    portal.settings("[markdown]\ntrusted_html = true\n")
    portal.stories(story(9, body='<a href="http://[::1">x</a>'))
    assert "the link to http://[::1 is no address" in portal.check("--links").error


def test_an_interrupt_keeps_what_was_learned(portal: Portal) -> None:
    """Of three links two are asked for at once; the third only after the first has its verdict."""

    def answer(met: Met, host: OtherHost) -> Reply:
        if met.path == "/quick":
            return Reply()
        if host.times("/slow1") and host.times("/slow2"):
            os.kill(process.pid, signal.SIGINT)
        host.over.wait(PATIENCE_SECONDS)
        return Reply()

    with other_host(answer) as host:
        links(portal, f"{host.url}/quick", f"{host.url}/slow1", f"{host.url}/slow2")
        with subprocess.Popen(
            [sys.executable, "-m", "generator", "check", "--external", "--root", str(portal.root)],
            cwd=REPOSITORY,
            env=environment(),
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            said = process.communicate(timeout=PATIENCE_SECONDS)[1]
        assert process.returncode == 130, said
        assert "Traceback" not in said
        assert list(stored(portal)["worked"]) == [f"{host.url}/quick"]
