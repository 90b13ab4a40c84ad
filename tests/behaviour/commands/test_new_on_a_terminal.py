"""`broadsheet new` without a title: it asks on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

from generator.errors import Problems
from generator.parse.document import read_document
from tests.support.portal import NOW, REPOSITORY, Portal, environment, run

PATIENCE_SECONDS = 60


class Terminal:
    """A command in a terminal of its own; its standard output is a file, unless it is `shown`."""

    def __init__(self, portal: Portal, *words: str, shown: bool = False) -> None:
        self.seen = ""
        self._here, there = pty.openpty()
        self.output = portal.root.with_name("stdout.txt")
        call = ["new", *words, "--root", str(portal.root), "--now", NOW]
        with self.output.open("w") as stdout:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "generator", *call],
                cwd=REPOSITORY,
                stdin=there,
                stdout=there if shown else stdout,
                stderr=there,
                env=environment(TERM="dumb", NO_COLOR="1"),
                start_new_session=True,
            )
        os.close(there)

    def answer(self, question: str, text: str) -> None:
        """Type a line as soon as a question is there."""
        self.until(question)
        os.write(self._here, f"{text}\n".encode())

    def until(self, text: str) -> None:
        """Read on until a text is there, which counts once."""
        while text not in self.seen:
            assert self._read(PATIENCE_SECONDS), f"no {text!r} in {self.seen!r}"
        self.seen = self.seen.partition(text)[2]

    def interrupt(self) -> None:
        """Press Ctrl-C until something more is said: Python may miss one just before it waits."""
        os.killpg(self.process.pid, signal.SIGINT)
        while not self._read(1):
            os.killpg(self.process.pid, signal.SIGINT)

    def _read(self, seconds: float) -> bool:
        """Read what is there within some time, and return whether anything was."""
        ready, _, _ = select.select([self._here], [], [], seconds)
        if ready:
            self.seen += os.read(self._here, 4096).decode()
        return bool(ready)

    def end(self) -> int:
        """The exit code."""
        code = self.process.wait(PATIENCE_SECONDS)
        os.close(self._here)
        return code

    def article(self) -> dict[str, object]:
        """The front matter of what was written."""
        path = Path(self.output.read_text("utf-8").splitlines()[0])
        document = read_document("a.md", path.read_bytes(), Problems())
        assert document
        return dict(document.values)


def test_it_asks_for_title_section_kind_and_tags(published: Portal) -> None:
    terminal = Terminal(published)
    terminal.answer("Title: ", "Bridge approved")
    terminal.answer("Section: world, culture [world]: ", "cultur")
    terminal.until("there is no section 'cultur' (did you mean 'culture'?)")
    terminal.answer("Section: world, culture [world]: ", "culture")
    terminal.answer("[news]: ", "")
    terminal.answer("Tags, with commas between: ", "iran، Irann,")
    terminal.until("--tag: warning: 'Irann' is a new tag (did you mean 'Iran'?)")
    assert terminal.end() == 0
    found = terminal.article()
    assert found["title"] == "Bridge approved"
    assert found["section"] == "culture"
    assert found["kind"] == "news"
    assert found["tags"] == ["Iran", "Irann"]


def test_a_blank_title_is_asked_for_again_and_what_options_say_is_not(published: Portal) -> None:
    terminal = Terminal(published, "--section", "culture", "--tag", "Iran", "--kind", "live")
    terminal.answer("Title: ", "  ")
    terminal.answer("Title: ", "Bridge approved")
    assert terminal.end() == 0
    assert terminal.article()["kind"] == "live"


def test_the_tab_key_completes_tags_in_use(published: Portal) -> None:
    terminal = Terminal(published, shown=True)
    terminal.answer("Title: ", "Bridge approved")
    terminal.answer("[world]: ", "")
    terminal.answer("[news]: ", "")
    terminal.answer("Tags, with commas between: ", "pak\t, ira\t")
    terminal.until(".md")
    assert terminal.end() == 0
    text = (published.root / "content/articles/2024/02/01/4-bridge-approved.md").read_text("utf-8")
    assert "tags: [Pakistan, Iran]\n" in text


def test_with_a_title_nothing_is_asked(published: Portal) -> None:
    terminal = Terminal(published, "Bridge approved")
    assert terminal.end() == 0
    assert terminal.article()["section"] == "world"


def test_ctrl_c_at_a_question_writes_nothing(published: Portal) -> None:
    before = sorted(published.root.rglob("*.md"))
    terminal = Terminal(published)
    terminal.answer("Title: ", "Bridge approved")
    terminal.until("[world]: ")
    terminal.interrupt()
    terminal.until("interrupted: nothing was written")
    assert terminal.end() == 130
    assert sorted(published.root.rglob("*.md")) == before


def test_without_a_terminal_a_missing_title_is_an_error_that_shows_a_call(
    published: Portal,
) -> None:
    done = run("new", "--root", published.root)
    assert (done.code, done.stdout) == (2, "")
    assert done.error == (
        "broadsheet new: error: the title is missing "
        f'(write one, as in: broadsheet new "A headline" --root {published.root})'
    )
