"""Gives an article that is not published yet another News ID."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.errors import ConfigError, ContentError, OutputError, Problem, Problems
from generator.index.views import article_permalink
from generator.model.edit import Edit, apply_edits
from generator.model.site import Site
from generator.parse.document import Document, read_document
from generator.parse.front_matter.article import read_front_matter
from generator.pipeline.explain import last_build
from generator.pipeline.source_files import replace_source
from generator.plan.published_urls import RECORD, recorded_news_ids, recorded_urls
from generator.scaffold.mentions import Mention, mentions
from generator.scaffold.news_ids import NewsIds, news_ids, state_of

_WRITTEN = re.compile(r"""(["']?)([A-Za-z0-9_-]{1,64})""")


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An article before and after: its files, News IDs, who else has the old one, and mentions."""

    path: str
    new_path: str
    old: str
    new: str
    others: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    """An article as it is in its file."""

    path: str
    news_id: str
    permalink: str
    document: Document


def renumber(root: Path, site: Site, path: str, *, force: bool) -> Renumbered:
    """Give the article at `path` the next free News ID.

    Raises `ConfigError` for a story that was published, unless `force` is given, `ContentError` for
    an article with errors, and `OutputError` for one that can't be written.
    """
    story, taken = _story(root, site, path), news_ids(root, site)
    others = _others(root, story, taken)
    if not force and (reason := _published(root, site, story, others)):
        raise _refusal(story, reason, others)
    found = tuple(mentions(root, site, story.news_id, path))
    new_path = _write(root, story, taken.next)
    return Renumbered(path, new_path, story.news_id, taken.next, tuple(others), found)


def _story(root: Path, site: Site, path: str) -> _Story:
    problems = Problems()
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        raise ConfigError(Problem(path, 0, 0, f"can't be read: {error.strerror}")) from error
    document = read_document(path, data, problems)
    front = read_front_matter(document, site, problems) if document else None
    if document is None or front is None:
        raise ContentError(*problems.errors)
    return _Story(path, front.news_id, article_permalink(site, front), document)


def _others(root: Path, story: _Story, taken: NewsIds) -> list[str]:
    """Return the other sources with the News ID of a story."""
    found = {
        path
        for path, claim in taken.changed.items()
        if claim.casefold() == story.news_id.casefold()
    }
    try:
        with last_build(state_of(root)) as record:
            known = record.articles_with(story.news_id)
    except ConfigError:
        known = []
    found |= {path for path in known if str(PurePosixPath(path).parent) in taken.unchanged}
    return sorted(found - {story.path})


def _published(root: Path, site: Site, story: _Story, others: list[str]) -> str:
    """Return how it is known that a story was published; empty if it is not."""
    urls = recorded_urls(root)
    if story.permalink in urls:
        return f"{RECORD} has {story.permalink}"
    if any(_permalink(root, site, path) in urls for path in others):
        return ""
    if url := recorded_news_ids(root, site).get(story.news_id):
        return f"{RECORD} has {url}"
    try:
        with last_build(state_of(root)) as record:
            here = record.has_published(story.path, story.news_id)
            there = any(record.has_published(path, story.news_id) for path in others)
    except ConfigError:
        return ""
    return "the last build published it" if here and not there else ""


def _permalink(root: Path, site: Site, path: str) -> str:
    try:
        return _story(root, site, path).permalink
    except (ConfigError, ContentError):
        return ""


def _refusal(story: _Story, reason: str, others: list[str]) -> ConfigError:
    message = f"was published under the News ID {story.news_id}, and keeps it for ever: {reason}"
    hint = f"renumber {others[0]}, or" if others else "if no reader has seen it,"
    return ConfigError(Problem(story.path, 0, 0, message, f"{hint} use --force"))


def _write(root: Path, story: _Story, new: str) -> str:
    """Write a story under its new News ID, and return the path of its file, which may be new."""
    file = root / story.path
    data = file.read_bytes()
    edit = _edit(story, data.decode("utf-8-sig"), new)
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    text = mark + apply_edits(data.decode("utf-8-sig"), [edit])
    replace_source(file, story.path, text.encode())
    place = PurePosixPath(story.path)
    renamed = place.with_name(new + place.name.removeprefix(story.news_id))
    named_so = place.name.startswith((f"{story.news_id}.", f"{story.news_id}-"))
    if not named_so or os.path.lexists(root / renamed):
        return story.path
    try:
        os.rename(file, root / renamed)
    except OSError as error:
        problem = Problem(story.path, 0, 0, f"can't be renamed: {error.strerror}")
        raise OutputError(problem) from error
    return str(renamed)


def _edit(story: _Story, text: str, new: str) -> Edit:
    """Return the edit of the News ID where it is written."""
    line, column = story.document.values.positions.value(("news_id",))
    written = re.split(r"\r\n|\r|\n", text)[line - 1][column - 1 :]
    found = _WRITTEN.match(written)
    if found is None or found[2] != story.news_id:
        message = f"the News ID {story.news_id} is not written plainly here"
        hint = f"write 'news_id: {new}' in its place"
        raise ConfigError(Problem(story.path, line, column, message, hint))
    return Edit(line, column + len(found[1]), len(found[2]), new)
