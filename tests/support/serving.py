"""`broadsheet serve` as its authors run it: a process, what it prints, and a portal to serve."""

from __future__ import annotations

import http.client
import os
import queue
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from tests.support.portal import Portal

PATIENCE_SECONDS = 60
REPOSITORY = Path(__file__).resolve().parents[2]

_SITE = """\
title = "The Courier"
base_url = "https://news.example{path}"
default_source = "The Courier"

[[sections]]
slug = "local"
title = "Local"
"""
_ARTICLE = """\
---
news_id: {news_id}
title: {title}
date: 2024-01-20
slug: story
{more}
---

The mayor opened the bridge.
"""


class SmallPortal:
    """A portal with one section, whose articles are saved whole, as an editor does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.configure()

    def configure(self, path: str = "") -> None:
        """Write site.toml; `path` is that of the site's address, as in `/daily`."""
        self.save("site.toml", _SITE.format(path=path))

    def publish(self, title: str, *, news_id: int = 1, more: str = "") -> None:
        """Save an article, with further lines of front matter in `more`."""
        self.save(f"content/articles/{news_id}.md", self.article(title, news_id, more))

    def article(self, title: str, news_id: int = 1, more: str = "") -> str:
        """An article's file."""
        return _ARTICLE.format(news_id=news_id, title=title, more=more)

    def save(self, name: str, text: str) -> None:
        """Write a file beside its place, and move it there."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.tmp")
        beside.write_text(text, "utf-8")
        beside.replace(path)


class Serving:
    """A running server. Its output is read line by line, errors among the rest.

    `announcement` is the pattern of the line that names its address.
    """

    def __init__(
        self, process: subprocess.Popen[str], announcement: str = r"serving (http://\S+)/ "
    ) -> None:
        self.process = process
        self.seen: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()
        self.url = self.line(announcement)[1]
        self.port = int(self.url.rpartition(":")[2])

    def line(self, pattern: str) -> re.Match[str]:
        """The next line with the pattern in it."""
        while True:
            text = self._lines.get(timeout=PATIENCE_SECONDS)
            assert text is not None, f"no {pattern!r} in:\n{''.join(self.seen)}"
            self.seen.append(text)
            if found := re.search(pattern, text):
                return found

    def built(self) -> None:
        """Wait for the end of a build without errors."""
        self.line(r"\d+ files, \d+ written")

    def page_with(self, text: str, path: str) -> str:
        """The page as soon as a build has brought the text into it."""
        while text not in (page := self.get(path)[2]):
            self.built()
        return page

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers by their names in lower case, and text; `path` is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, named, answer.read().decode()
        finally:
            connection.close()

    def post(self, path: str, body: str, **headers: str) -> tuple[int, str]:
        """Status and text of the answer to a request with JSON, sent as by a page of the server."""
        sent = {"Content-Type": "application/json", "Origin": self.url} | headers
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("POST", path, body.encode(), sent)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    @contextmanager
    def builds_held(self) -> Iterator[None]:
        """Stop the processes that the server started, so that no build goes on meanwhile."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        children = [int(number) for number in found.stdout.split()]
        for child in children:
            os.kill(child, signal.SIGSTOP)
        try:
            yield
        finally:
            for child in children:
                os.kill(child, signal.SIGCONT)

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Signal all processes as a terminal does; the exit code, once none of them is left.

        Each of them holds the pipe that this end reads, so its end is theirs.
        """
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        self._reader.join(PATIENCE_SECONDS)
        assert not self._reader.is_alive(), "a process is still running"
        while (text := self._lines.get(timeout=PATIENCE_SECONDS)) is not None:
            self.seen.append(text)
        self._lines.put(None)
        return self.process.wait(PATIENCE_SECONDS)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for text in self.process.stdout:
            self._lines.put(text)
        self._lines.put(None)
        self.process.stdout.close()


@contextmanager
def serving(
    portal: SmallPortal | Portal, *options: str, env: Mapping[str, str] | None = None
) -> Iterator[Serving]:
    """The server for a portal, on a free port; ended after use, when it must not have failed.

    `env` adds to the variables of this process.
    """
    server = Serving(start("--root", str(portal.root), "--port", "0", *options, env=env))
    try:
        yield server
    finally:
        code = server.end()
    assert code == 0
    said = "".join(server.seen)
    assert "Traceback" not in said, said


def start(*options: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """`broadsheet serve` in a session of its own, with warnings shown."""
    return subprocess.Popen(
        [sys.executable, "-W", "default", "-m", "generator", "serve", "--jobs", "2", *options],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        env=os.environ | dict(env or {}),
    )
