"""A portal in a folder of a test's own, and the command line as its author would call it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.cli import main
from tests.support.pages import Html, read_html

REPOSITORY = Path(__file__).resolve().parents[2]
NOW = "2024-02-01T12:00:00+00:00"

SITE = """\
title = "The Courier"
base_url = "https://news.example"
default_source = "The Courier"
per_page = 3

[[sections]]
slug = "world"
title = "World"

[[sections]]
slug = "culture"
title = "Culture"

[check]
missing_alt = "off"
moved_url = "off"
no_standfirst = "off"
unused_picture = "off"
"""


def story(news_id: object, more: str = "", *, body: str = "The text.", **front: str) -> str:
    """An article's file; `front` replaces its required keys, `more` is further front matter."""
    keys = {"title": f"Story {news_id}", "date": "2024-01-20"} | front
    lines = [f"news_id: {news_id}", *(f"{key}: {value}" for key, value in keys.items())]
    return "\n".join(["---", *lines, *filter(None, [more.strip("\n")]), "---", "", body, ""])


@dataclass(frozen=True, slots=True)
class BuildResult:
    """How a command ended, and what it said."""

    code: int
    stdout: str
    stderr: str
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def errors(self) -> list[str]:
        """The lines on standard error, each of which must name an error."""
        lines = self.stderr.splitlines()
        assert all(re.search(r"(^|: )error: ", line) for line in lines), self.stderr
        return lines

    @property
    def error(self) -> str:
        """The only line on standard error."""
        [line] = self.errors
        return line


def run(*arguments: str | Path) -> BuildResult:
    """A command in this process, by the command line's own entry."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    before = signal.getsignal(signal.SIGINT)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments], prog_name="broadsheet")
        except SystemExit as end:
            code = end.code
        finally:
            signal.signal(signal.SIGINT, before)
    assert isinstance(code, int)
    return BuildResult(code, out.getvalue(), err.getvalue())


class Portal:
    """A portal whose files are written as texts, and whose output is read as bytes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files by their paths in the portal."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def settings(self, more: str, *, first: str = "") -> None:
        """The usual site.toml with more tables after it, or more keys before its tables."""
        self.write({"site.toml": f"{first}\n{SITE}\n{more}"})

    def stories(self, *texts: str) -> None:
        """Write articles, each named after its News ID."""
        for text in texts:
            found = re.search(r"^news_id: (.*)$", text, re.MULTILINE)
            assert found
            self.write({f"content/articles/{found[1]}.md": text})

    def remove(self, *names: str) -> None:
        """Delete files."""
        for name in names:
            (self.root / name).unlink()

    def build(self, *options: str | Path, now: str = NOW) -> BuildResult:
        """Build in this process with one job; the outcome has the report."""
        file = self.root / "report.json"
        chosen = ("--now", now, "--jobs", "1", "--report", file)
        done = run("build", "--root", self.root, *chosen, *options)
        report = json.loads(file.read_text("utf-8")) if file.exists() else {}
        file.unlink(missing_ok=True)
        return BuildResult(done.code, done.stdout, done.stderr, report)

    def built(self, *options: str | Path, now: str = NOW) -> BuildResult:
        """Build, which must go well and without a word of warning."""
        done = self.build(*options, now=now)
        assert (done.code, done.stderr) == (0, "")
        return done

    def check(self, *options: str | Path) -> BuildResult:
        """Check in this process with one job."""
        return run("check", "--root", self.root, "--now", NOW, "--jobs", "1", *options)

    def process(self, *options: str | Path, trouble: tuple[str, ...] = ()) -> BuildResult:
        """Build in a process of its own, with troubles of `tests.support.trouble`."""
        done = subprocess.run(
            self.command(*options, trouble=trouble),
            cwd=REPOSITORY,
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )
        return BuildResult(done.returncode, done.stdout, done.stderr)

    def waiting(self, *moment: str) -> subprocess.Popen[str]:
        """A build in a process of its own that waits, from a moment on, for a line."""
        process = subprocess.Popen(
            self.command(trouble=("--at", *moment, "wait")),
            cwd=REPOSITORY,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert process.stdout
        assert process.stdout.readline() == "waiting\n"
        return process

    def command(self, *options: str | Path, trouble: tuple[str, ...] = ()) -> list[str]:
        """The words that start a build with one job in a process of its own."""
        module = ["tests.support.trouble", *trouble, "--"] if trouble else ["generator"]
        call = ["build", "--root", self.root, "--now", NOW, "--jobs", "1", *options]
        return [sys.executable, "-W", "error", "-m", *module, *map(str, call)]

    def tree(self, folder: Path | None = None) -> dict[str, bytes]:
        """Every file below a folder, the output if none is named."""
        top = folder or self.output
        return {
            path.relative_to(top).as_posix(): path.read_bytes()
            for path in sorted(top.rglob("*"))
            if path.is_file()
        }

    def text(self, path: str) -> str:
        """An output file as text."""
        return (self.output / path).read_text("utf-8")

    def page(self, path: str) -> Html:
        """The page at a site path such as `/world/`."""
        return read_html(self.text(f"{path.strip('/')}/index.html".lstrip("/")))

    def says(self, text: str) -> list[str]:
        """The output files in whose bytes or name a text occurs."""
        return [name for name, data in self.tree().items() if text.encode() in data or text in name]

    def clean_tree(self, *options: str | Path, now: str = NOW) -> dict[str, bytes]:
        """What a clean build of the same content gives, in another folder."""
        elsewhere = Portal(self.root.with_name(f"{self.root.name}-clean"))
        shutil.rmtree(elsewhere.root, ignore_errors=True)
        ignored = shutil.ignore_patterns("output", ".broadsheet")
        shutil.copytree(self.root, elsewhere.root, ignore=ignored, symlinks=True)
        elsewhere.built(*options, now=now)
        return elsewhere.tree()


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what colours or widens what a command says."""
    left_out = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    return {name: value for name, value in os.environ.items() if name not in left_out} | more
