"""What is changed before a build is timed, each for no longer than that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

from bench.contenders import Contender
from bench.corpus import Story, story
from bench.timings import BODY, NOTHING, STORY, TEMPLATE, Comparison

Change = Callable[[Contender, Comparison, int], AbstractContextManager[None]]


def middle(comparison: Comparison) -> Story:
    """A story from the middle of the archive."""
    size = comparison.size
    return story(max(1, size // 2), size, short=comparison.short)


@contextmanager
def _nothing(contender: Contender, comparison: Comparison, run: int) -> Iterator[None]:
    yield


@contextmanager
def _body(contender: Contender, comparison: Comparison, run: int) -> Iterator[None]:
    """A sentence more at the end of a story's text."""
    before = middle(comparison)
    contender.write(replace(before, body=f"{before.body} One sentence more."))
    yield
    contender.write(before)


@contextmanager
def _story(contender: Contender, comparison: Comparison, run: int) -> Iterator[None]:
    """A story that is newer than all others, another one in each run."""
    size = comparison.size
    path = contender.write(story(size + 1 + run, size, short=comparison.short))
    yield
    path.unlink()


@contextmanager
def _template(contender: Contender, comparison: Comparison, run: int) -> Iterator[None]:
    """A line more in the template of articles, that shows on every one of their pages."""
    before = contender.template.read_text("utf-8")
    after = before.replace("</article>", "<p>One line more.</p>\n</article>", 1)
    contender.template.write_text(after, "utf-8")
    yield
    contender.template.write_text(before, "utf-8")


CHANGES: dict[str, Change] = {NOTHING: _nothing, BODY: _body, STORY: _story, TEMPLATE: _template}
