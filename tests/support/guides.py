"""A guide in the parts that its readers follow: prose, blocks, and what they are to see.

In a guide,

- a block of `sh` is typed in one shell, from top to bottom;
- the block of `text` after it is what the commands print; `…` stands for anything, and lines may
  be left out, but no error and no warning;
- a block of `diff` is a change to a file, and a block of another language is a file, or with the
  word "Add" in the paragraph above it the end of one; that paragraph names the file last;
- "you see **words**" is a claim about the page whose address stands before it; so is "you don't
  see" and "you no longer see";
- "Ctrl-C" in the prose ends what the last command started.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import dedent

from tests.support.portal import REPOSITORY

GUIDES = (
    "README.md",
    *(f"docs/guides/{each.name}" for each in sorted((REPOSITORY / "docs/guides").glob("*.md"))),
)
_FENCE = re.compile(r" *```(\w*)$")
_NAMED = re.compile(r"`([^`\s]+\.\w+)`")
_TOKEN = re.compile(
    r"<(?P<url>http://127\.0\.0\.1:\d+[^>]*)>"
    r"|(?P<verb>\byou (?:no longer |don't )?see\b)"
    r"|\*\*(?P<words>[^*]+)\*\*"
    r"|(?P<stop>Ctrl-C)"
    r"|(?P<end>[.:;](?=\s|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that readers see on a page, or don't."""

    url: str
    words: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """The place where readers end what runs."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or a fenced block in its language; `line` is that of its beginning.

    `above` is the paragraph that a block belongs to, and `output` what its commands print.
    """

    guide: str
    line: int
    text: str
    language: str = ""
    above: str = ""
    output: Part | None = field(default=None, compare=False)

    @property
    def file(self) -> str:
        """The file that the paragraph above a block names last; empty if it names none."""
        return next(reversed(_NAMED.findall(self.above)), "")

    def __str__(self) -> str:
        return f"{self.guide}:{self.line}"


def parts_of(guide: str) -> list[Part]:
    """The parts of a guide in their order, outputs with the commands that print them."""
    parts: list[Part] = []
    for part in _parts(guide):
        if part.language == "text":
            at = next(at for at in reversed(range(len(parts))) if parts[at].language)
            assert parts[at].language == "sh", f"{part}: no command prints this"
            last = parts[at]
            parts[at] = Part(guide, last.line, last.text, "sh", last.above, part)
        else:
            parts.append(part)
    return parts


def looks_of(parts: list[Part]) -> Iterator[tuple[Part, list[Claim | Stop]]]:
    """Each part with what its prose asks for, in order; an address holds until the next one."""
    url = ""
    for part in parts:
        looks: list[Claim | Stop] = []
        verb = ""
        for token in _TOKEN.finditer(" ".join(part.text.split()) if not part.language else ""):
            url = token["url"] or url
            verb = "" if token["end"] else token["verb"] or verb
            if token["stop"]:
                looks.append(Stop())
            elif token["words"] and verb:
                assert url, f"{part}: on which page?"
                looks.append(Claim(url, token["words"], seen=verb.lower() == "you see"))
        yield part, looks


def _parts(guide: str) -> Iterator[Part]:
    lines = (REPOSITORY / guide).read_text("utf-8").splitlines()
    above, at = "", 0
    while at < len(lines):
        begin, fence = at, _FENCE.match(lines[at])
        at += 1
        if fence:
            while not _FENCE.match(lines[at]):
                at += 1
            text = dedent("\n".join(lines[begin + 1 : at])) + "\n"
            yield Part(guide, begin + 1, text, fence[1] or "nothing", above)
            at += 1
        elif lines[begin].strip():
            while at < len(lines) and lines[at].strip() and not _FENCE.match(lines[at]):
                at += 1
            above = "\n".join(lines[begin:at])
            yield Part(guide, begin + 1, above)
