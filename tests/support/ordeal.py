"""Reads hostile texts in a process of its own, which is killed by what takes too long or too much.

`python -m tests.support.ordeal SIZE SECONDS NAME…` reads the texts with those names, each as large
as `SIZE` says, and prints a line of JSON for each. `SECONDS` are those of the processor.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.model.article import Image
from generator.model.body import Reference, ShortcodeCall
from generator.model.site import Markup
from tests.support import hostile

MEMORY_SPARE = 400 << 20
NOTATIONS = Markup(
    emoji=True, mark=True, subscript=True, superscript=True, wiki_links=True, math=True
)
MODES = {
    "usual": Markup(),
    "smart quotes": Markup(smart_quotes=True),
    "trusted": Markup(trusted_html=True, unknown_shortcodes="text"),
    "commonmark": Markup(dialect="commonmark"),
    "commonmark, smart quotes": Markup(dialect="commonmark", smart_quotes=True),
    "notations": NOTATIONS,
    "commonmark, notations": replace(NOTATIONS, dialect="commonmark"),
}


@dataclass(frozen=True, slots=True)
class Ordeal:
    """What became of one text: how much was made of it, or why it was refused.

    `made` is 0 for a text that was refused. `fate` says how the process died, if it did.
    """

    name: str
    size: int
    made: int = 0
    refused: str = ""
    fate: str = ""


class _Anywhere:
    """Resolves everything, so that all of a text is expanded."""

    def link(self, reference: Reference) -> str | None:
        return None if reference.kind == "news" else f"/{reference.target}/"

    def media(self, reference: Reference) -> Image | str | None:
        return f"/media/{reference.target}"

    def shortcode(self, call: ShortcodeCall, inner: str) -> str:
        return inner


def undergo(names: Sequence[str], size: int, *, mode: str = "usual", seconds: int) -> list[Ordeal]:
    """Read texts, all in one process unless it is killed."""
    left, found = list(names), []
    while left:
        command = [sys.executable, "-m", "tests.support.ordeal", mode, str(size), str(seconds)]
        done = subprocess.run([*command, *left], capture_output=True, check=False)
        lines = [Ordeal(**json.loads(line)) for line in done.stdout.splitlines()]
        found += lines
        left = left[len(lines) :]
        if left and done.returncode:
            fate = f"ended with {done.returncode}: {done.stderr.decode()[-300:]}"
            found.append(Ordeal(left.pop(0), size, fate=fate))
    return found


def _read(name: str, size: int, mode: str) -> Ordeal:
    from generator.parse.markdown.reader import MarkdownReader
    from generator.render.expand import expand
    from generator.render.feed_html import absolutize, feed_safe

    text = hostile.texts()[name](size)
    body, problems = MarkdownReader(MODES[mode]).read(text, 1, "a.md")
    errors = [str(problem) for problem in problems if problem.severity == "error"]
    if errors:
        return Ordeal(name, size, refused=errors[0])
    html = feed_safe(absolutize(expand(body, _Anywhere()), "https://news.example/"))
    return Ordeal(name, size, made=max(len(html), len(body.html)))


def main(mode: str, size: int, seconds: int, names: list[str]) -> None:
    _read(names[0], 10, mode)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    limit = 4 * used + MEMORY_SPARE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for name in names:
        # A look that takes too long inside a regular expression can only be ended from outside.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        sys.stdout.write(json.dumps(_asdict(_read(name, size, mode))) + "\n")
        sys.stdout.flush()


def _asdict(ordeal: Ordeal) -> dict[str, str | int]:
    return {
        "name": ordeal.name,
        "size": ordeal.size,
        "made": ordeal.made,
        "refused": ordeal.refused,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
