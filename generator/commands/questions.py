"""The questions that `broadsheet new` asks on a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from generator.errors import ConfigError, Problem

if TYPE_CHECKING:
    from generator.model.site import Site
    from generator.scaffold.archetypes import ArticleRequest

_COMMAS = ",،、"
"""Those of Latin, Arabic and Chinese scripts."""


def can_ask() -> bool:
    """Return whether someone is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked(request: ArticleRequest, site: Site, tags: Iterable[str]) -> ArticleRequest:
    """Return a request with the answers to what it leaves out; `tags` are those in use."""
    from generator.scaffold.archetypes import KINDS

    try:
        request = replace(request, title=_ask("Title", _filled))
        if request.section is None and len(site.sections) > 1:
            slugs = [section.slug for section in site.sections]
            request = replace(request, section=_choose("Section", "section", slugs))
        if request.kind is None and request.archetype == "article":
            request = replace(request, kind=_choose("Kind", "kind", list(KINDS)))
        if not request.tags:
            with _completed(tags):
                request = replace(request, tags=_ask("Tags, with commas between", _list, ""))
    except click.Abort as abort:
        raise KeyboardInterrupt("nothing was written") from abort
    return request


def _ask(question: str, read: Callable[[str], Any], default: str | None = None) -> Any:
    # A line can be edited only on standard output. If that is no terminal, only the path of the
    # article is for it.
    err = not sys.stdout.isatty()
    return click.prompt(
        question, default=default, value_proc=read, show_default=bool(default), err=err
    )


def _choose(question: str, what: str, choices: list[str]) -> str:
    from generator.scaffold.archetypes import checked

    slugs = {choice.casefold(): choice for choice in choices}

    def read(answer: str) -> str:
        written = answer.strip()
        try:
            return checked("", what, slugs.get(written.casefold(), written), choices)
        except ConfigError as error:
            [problem] = error.problems
            raise click.BadParameter(_sentence(problem)) from error

    chosen: str = _ask(f"{question}: {', '.join(choices)}", read, choices[0])
    return chosen


def _sentence(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})"


def _filled(answer: str) -> str:
    if not answer.strip():
        raise click.BadParameter("the title is blank")
    return answer.strip()


def _list(answer: str) -> tuple[str, ...]:
    names = (name.strip() for name in re.split(f"[{_COMMAS}]", answer))
    return tuple(dict.fromkeys(name for name in names if name))


@contextmanager
def _completed(names: Iterable[str]) -> Iterator[None]:
    """Complete one of several names with the tab key, where the system can."""
    try:
        import readline
    except ImportError:
        yield
        return
    known = list(names)

    def complete(typed: str, number: int) -> str | None:
        start = typed.lstrip().casefold()
        blank = typed[: len(typed) - len(typed.lstrip())]
        found = [f"{blank}{name}" for name in known if name.casefold().startswith(start)]
        return found[number] if number < len(found) else None

    before = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    # Bytes of other commas are in letters, too, and the system's library looks at bytes.
    readline.set_completer_delims(",")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before[0])
        readline.set_completer_delims(before[1])
