"""A news archive of any size, made from its number alone.

The same number gives the same headlines, texts, dates, sections and tags on every machine; a
dialect only decides the front matter. `bench.texts` says what texts are like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from bench.texts import body, paragraph, person, short_body
from bench.vocabulary import PLACES, SECTIONS, SOURCES, TOPICS, VERBS

NEWEST = datetime(2024, 1, 20, 8, tzinfo=UTC)
APART = timedelta(minutes=17)
_TAG_WEIGHTS = tuple(accumulate(1 / rank for rank in range(1, len(TOPICS) + 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article; `number` is its News ID."""

    number: int
    title: str
    date: datetime
    source: str
    section: str
    tags: tuple[str, ...]
    author: str
    standfirst: str
    body: str

    @property
    def slug(self) -> str:
        """The headline as the last part of a URL."""
        return re.sub("[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def address(self) -> str:
        """Where its page is, as a path on the site."""
        return f"/{self.section}/{self.number}/{self.slug}/"


Dialect = Callable[[Story], str]


def archive(size: int, *, short: bool = False) -> Iterator[Story]:
    """The stories of an archive, oldest first. The newest is as old in an archive of any size."""
    for number in range(1, size + 1):
        yield story(number, size, short=short)


def story(number: int, size: int, *, short: bool = False) -> Story:
    """One story of an archive; numbers above `size` are later news."""
    chance = Random(f"story {number}")
    since = APART * (number - size) + timedelta(minutes=chance.randrange(17))
    title = (
        f"{chance.choice(PLACES)}, {chance.choice(PLACES)} {chance.choice(VERBS)} "
        f"over {chance.choice(TOPICS)}"
    )
    return Story(
        number=number,
        title=title,
        date=NEWEST + since,
        source=chance.choice(SOURCES),
        section=chance.choice(SECTIONS),
        tags=tuple(sorted(set(chance.choices(TOPICS, cum_weights=_TAG_WEIGHTS, k=4)))),
        author=person(chance),
        standfirst=paragraph(chance)[:300].rstrip(),
        body=short_body(chance) if short else body(chance),
    )


def broadsheet(story: Story) -> str:
    """A story as an author of Broadsheet writes it."""
    return _document(
        story,
        news_id=str(story.number),
        title=_quoted(story.title),
        date=_moment(story.date),
        source=_quoted(story.source),
        section=story.section,
        tags=_list(story.tags),
        authors=_list([story.author]),
        standfirst=_quoted(story.standfirst),
    )


def hugo(story: Story) -> str:
    """A story as an author of Hugo writes it, with the URL that Broadsheet gives it."""
    return _document(
        story,
        newsid=str(story.number),
        title=_quoted(story.title),
        date=_moment(story.date),
        source=_quoted(story.source),
        tags=_list(story.tags),
        author=_quoted(story.author),
        description=_quoted(story.standfirst),
        url=_quoted(story.address),
    )


def write(folder: Path, story: Story, dialect: Dialect) -> Path:
    """Put a story into its day's folder; returns its file."""
    path = folder / f"{story.date:%Y/%m/%d}/{story.number}.md"
    text = dialect(story)
    try:
        path.write_text(text, "utf-8")
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return path


def _document(story: Story, **front_matter: str) -> str:
    lines = [f"{key}: {value}" for key, value in front_matter.items()]
    return "\n".join(["---", *lines, "---", "", story.body, ""])


def _quoted(text: str) -> str:
    """A string that is the same in JSON and YAML."""
    return json.dumps(text, ensure_ascii=False)


def _list(items: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, items))}]"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
