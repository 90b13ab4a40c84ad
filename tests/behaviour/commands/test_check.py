"""`broadsheet check`: finds what is wrong, and writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.support.portal import Portal, story


def test_check_writes_nothing_in_a_portal_that_was_never_built(portal: Portal) -> None:
    portal.stories(story(1))
    before = portal.tree(portal.root)

    done = portal.check("--links")

    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == "1 sources and 31 files: no errors\n"
    assert portal.tree(portal.root) == before
    assert not portal.output.exists()


def portal_files(portal: Portal) -> dict[str, bytes]:
    """Every file of a portal, without what SQLite notes about those who read the index."""
    files = portal.tree(portal.root)
    return {name: data for name, data in files.items() if not name.endswith(".sqlite-shm")}


def test_check_writes_nothing_in_a_portal_with_faults(published: Portal) -> None:
    published.stories(story(4), story(5, "sorce: X"))
    before = portal_files(published)

    done = published.check()

    assert done.code == 1
    assert done.error == (
        "content/articles/5.md:5:1: error: unknown key 'sorce' "
        "(did you mean 'source'? or put it under 'extra')"
    )
    assert portal_files(published) == before


def test_check_finds_faults_in_templates(published: Portal) -> None:
    published.write({"templates/404.html": "{{ nothing }}"})
    assert published.check().error.startswith(
        "templates/404.html:1:4: error: there is no variable 'nothing'"
    )


def test_check_leaves_nothing_in_the_folder_for_temporary_files(
    published: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = published.root.parent / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    published.check("--links")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[x](/world/no/)", "the link to /world/no/ leads nowhere"),
        ("[x](https://news.example/no.html)", "the link to /no.html leads nowhere"),
        ("[x](#no)", "/world/9/story-9/ has no place called '#no'"),
        ("[x](/about/#no)", "/about/ has no place called '#no'"),
    ],
)
def test_links_finds_a_broken_link_inside(published: Portal, text: str, message: str) -> None:
    published.stories(story(9, body=text))
    assert published.check().code == 0

    done = published.check("--links")

    assert done.code == 1
    assert done.error.startswith(f"content/articles/9.md: error: {message} (on /world/9/story-9/")


@pytest.mark.parametrize(
    "text",
    [
        "[x](/about/)",
        "[x](#here)\n\n## Here",
        "[x](/feed.xml) [y](/n/1/) [z](/media/hill.png)",
        "[x](mailto:news@news.example)",
        "[x](https://elsewhere.example/never-asked/)",
    ],
)
def test_links_lets_good_links_pass(published: Portal, text: str) -> None:
    published.stories(story(9, "image: hill.png", body=text))
    done = published.check("--links")
    assert (done.code, done.stderr) == (0, "")


def test_links_are_followed_below_the_path_of_the_site(published: Portal) -> None:
    published.stories(story(9, body="[x](/no/) [y](https://news.example/outside/)"))
    done = published.check("--links", "--base-url", "https://news.example/daily/")
    assert "the link to /daily/no/ leads nowhere" in done.error


def test_links_finds_an_address_of_site_toml_that_leads_nowhere(published: Portal) -> None:
    published.settings(
        '[publisher]\nlogo = "no.png"\nethics_policy = "/nowhere/"\nownership = "/about/"\n'
        'links = ["https://news.example/gone/"]\nmasthead = "https://elsewhere.example/"\n'
        '[extra]\nfavicon = "/no.ico"\nmotto = "/not/a/link"\n'
    )
    assert published.check().code == 0

    done = published.check("--links")

    assert done.code == 1
    assert [line.partition(" (")[0] for line in done.errors] == [
        "site.toml:22:8: error: the link to /media/no.png leads nowhere",
        "site.toml:23:17: error: the link to /nowhere/ leads nowhere",
        "site.toml:25:10: error: the link to /gone/ leads nowhere",
        "site.toml:28:11: error: the link to /no.ico leads nowhere",
    ]


@pytest.mark.parametrize("link", ["/nowhere/", "/about/#no"])
def test_a_broken_link_of_a_template_is_blamed_on_no_story(published: Portal, link: str) -> None:
    published.write({"templates/fragments/footer.html": f'<footer><a href="{link}">x</a></footer>'})
    done = published.check("--links")
    assert done.code == 1
    assert done.error.startswith("/404.html: error: ")
    assert re.search(r"\(on /404\.html, and on \d\d more pages\)", done.error)


def test_links_finds_what_only_machines_are_told(published: Portal) -> None:
    text = """{% extends "!base.html" %}{% block structured_data %}
    {{ {"@type": "Person", "url": "https://news.example/who/"} | json_ld }}{% endblock %}
    {% block head_end %}<meta property="og:x" content="https://news.example/x.png">{% endblock %}"""
    published.write({"templates/base.html": text})
    done = published.check("--links")
    assert sorted(line.partition(" (")[0] for line in done.errors) == [
        "/404.html: error: the link to /who/ leads nowhere",
        "/404.html: error: the link to /x.png leads nowhere",
    ]


class _Host(BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    def __init__(self, seen: list[str], *connection: object) -> None:
        self._seen = seen
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self._seen.append(self.command + self.path)
        status = int(self.path.strip("/").partition("/")[0])
        self.send_response(405 if status == 200 and self.command == "HEAD" else status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output to the test."""


@pytest.fixture
def host() -> Iterator[tuple[str, list[str]]]:
    """Another host's address, and what it was asked for."""
    seen: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, seen))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_external_asks_other_hosts(portal: Portal, host: tuple[str, list[str]]) -> None:
    address, seen = host
    links = " ".join(f"[x]({address}/{status}/)" for status in (200, 404, 410, 503))
    portal.stories(story(9, body=links))
    assert portal.check("--links").code == 0
    assert seen == []

    done = portal.check("--external")

    assert done.code == 1
    assert [line.partition(" (on ")[0] for line in sorted(done.stderr.splitlines())] == [
        f"content/articles/9.md: error: the link to {address}/404/ is answered with 404 Not Found",
        f"content/articles/9.md: error: the link to {address}/410/ is answered with 410 Gone",
        f"content/articles/9.md: warning: the link to {address}/503/ is answered with "
        "503 Service Unavailable",
    ]
    assert {"HEAD/200/", "GET/200/"} <= set(seen)


def test_a_host_that_can_not_be_reached_is_an_error(portal: Portal) -> None:
    portal.stories(story(9, body="[x](http://127.0.0.1:1/)"))
    done = portal.check("--external")
    assert done.code == 1
    assert "the link to http://127.0.0.1:1/ can't be followed: " in done.error
