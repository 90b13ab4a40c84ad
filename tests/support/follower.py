"""Someone who follows a guide: types its commands, writes its files, and looks at the pages."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Collection, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Response, expect

from tests.support.guides import Claim, Part, Stop
from tests.support.serving import PATIENCE_SECONDS, Serving

_SERVERS = {
    "broadsheet serve": r"serving (http://\S+)/ ",
    "python3 -m http.server": r"Serving HTTP on .*\((http://\S+)/\)",
}
"""What begins a command that runs until it is ended, and the line that names its address."""
_REMEMBER = 'pwd > "$memory/folder"; export -p > "$memory/variables"'


class Follower:
    """A shell in a folder of its own, the servers that were started in it, and a browser.

    Commands that begin with one of `left_out` are not typed.
    """

    def __init__(
        self,
        folder: Path,
        variables: Mapping[str, str],
        browser: BrowserContext | None,
        left_out: Collection[str] = (),
    ) -> None:
        self._left_out = tuple(left_out)
        self._browser = browser
        self.not_found: list[str] = []
        if browser:
            browser.on("response", self._note)
        self._server: Serving | None = None
        self._memory = folder / ".shell"
        self._memory.mkdir(parents=True)
        self._environment = os.environ | variables
        folder.mkdir(parents=True, exist_ok=True)
        (self._memory / "folder").write_text(str(folder), "utf-8")
        (self._memory / "variables").touch()

    def follow(self, part: Part, looks: Iterable[Claim | Stop]) -> None:
        """Do what a part of the guide asks for."""
        if part.language == "sh":
            self._type(part)
        elif part.language and not part.text.startswith(self._left_out):
            self._write(part)
        for look in looks:
            if isinstance(look, Stop):
                self.end()
            else:
                self._look(look)

    def end(self) -> None:
        """End the server, if one runs."""
        if self._server:
            server, self._server = self._server, None
            assert server.end() == 0
            assert "Traceback" not in "".join(server.seen)

    @property
    def here(self) -> Path:
        """The folder in which the shell is."""
        return Path((self._memory / "folder").read_text("utf-8").rstrip("\n"))

    def _type(self, part: Part) -> None:
        lines = [line for line in part.text.splitlines() if not line.startswith(self._left_out)]
        last = lines[-1] if lines else ""
        announcement = next((_SERVERS[each] for each in _SERVERS if each in last), None)
        expected = part.output.text.splitlines() if part.output else []
        done = self._run("\n".join(lines[:-1] if announcement else lines))
        if announcement:
            assert done.returncode == 0, f"{part}\n{done.stdout}"
            self._start(last, announcement, expected)
        else:
            wrong = differences(expected, done)
            assert wrong == [], f"{part}: {wrong}\n{done.stdout}"

    def _run(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", self._script(f"set -e\n{script}\nset +e\n{_REMEMBER}")],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            start_new_session=True,
        )

    def _script(self, script: str) -> str:
        memory = shlex.quote(str(self._memory))
        return f'memory={memory}; . "$memory/variables"; cd "$(cat "$memory/folder")"\n{script}'

    def _start(self, command: str, announcement: str, expected: list[str]) -> None:
        self.end()
        # A port that the guide names may be in use here.
        command = re.sub(r"(?<=http\.server )\d+", "0", command)
        process = subprocess.Popen(
            ["bash", "-c", self._script(f"exec {command}")],
            env=self._environment | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
        self._server = Serving(process, announcement)
        for line in expected:
            if not pattern(line).match(self._server.seen[-1].rstrip("\n")):
                self._server.line(pattern(line).pattern)
        if "broadsheet serve" in command and not any(
            " written," in each for each in self._server.seen
        ):
            self._server.built()

    def _write(self, part: Part) -> None:
        path = self._path(part)
        path.parent.mkdir(parents=True, exist_ok=True)
        if part.language == "diff":
            text = changed(path.read_text("utf-8"), part)
        elif re.search(r"\b[Aa]dd\b", part.above):
            text = f"{path.read_text('utf-8')}\n{part.text}"
        else:
            text = part.text
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text, "utf-8")
        beside.replace(path)

    def _path(self, part: Part) -> Path:
        assert part.file, f"{part}: which file is this?"
        if "…" not in part.file:
            return self.here / part.file
        [path] = self.here.glob(part.file.replace("…", "**"))
        return path

    def _note(self, response: Response) -> None:
        # A page that was saved a moment ago is not there yet, and loads again when it is.
        page = response.request.resource_type == "document"
        if response.status >= HTTPStatus.BAD_REQUEST and not page:
            self.not_found.append(response.url)

    def _look(self, claim: Claim) -> None:
        assert self._browser
        assert self._server, claim
        # In a tab of its own, as an open page loads again by itself, also in the middle of this.
        tab = self._browser.new_page()
        page = tab.goto(f"http://127.0.0.1:{self._server.port}{urlsplit(claim.url).path}")
        found = tab.locator("body").get_by_text(claim.words)
        if claim.seen:
            expect(found.first).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
            tab.wait_for_load_state()
        else:
            # Nothing is to be seen on a page that does not exist.
            assert page, claim
            assert page.ok, claim
            expect(found).to_have_count(0, timeout=PATIENCE_SECONDS * 1000)
        tab.close()


def differences(expected: list[str], done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a guide shows and was not printed in this order; errors and warnings not shown."""
    rest, wrong = done.stdout.splitlines(), []
    unshown: list[str] = []
    for line in expected:
        at = next((at for at, each in enumerate(rest) if pattern(line).fullmatch(each)), None)
        if at is None:
            wrong.append(line)
        else:
            unshown += rest[:at]
            rest = rest[at + 1 :]
    wrong += [line for line in unshown + rest if re.search(r"\b(error|warning): ", line)]
    fails = any(": error: " in line for line in expected)
    return wrong if bool(done.returncode) == fails else [*wrong, f"exit code {done.returncode}"]


def pattern(line: str) -> re.Pattern[str]:
    """What a shown line may be: … stands for anything, and a server's port may be another."""
    shown = re.escape(line).replace("…", ".*")
    return re.compile(re.sub(r"(127\\\.0\\\.0\\\.1:)\d+", r"\1\\d+", shown))


def changed(text: str, part: Part) -> str:
    """A file after the changes that a block of `diff` shows, each of which must fit once."""
    for hunk in re.split(r"^ *…\n", part.text, flags=re.MULTILINE):
        lines = hunk.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
        after = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
        assert text.count(before) == 1, f"{part}: {before!r} is not once in\n{text}"
        text = text.replace(before, after)
    return text
