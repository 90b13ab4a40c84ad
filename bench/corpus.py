"""A news archive of any size, made from its number alone.

The same number gives the same headlines, texts, dates, sections and tags on every machine; a
dialect only decides the front matter. A text has 3.6 kB on average, of paragraphs with links,
emphasis and quotations, and now and then a heading, a list, a quotation or a table; that of a
short article has 0.4 kB.
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

from bench.vocabulary import (
    FIRST_NAMES,
    PLACES,
    SECTIONS,
    SOURCES,
    SURNAMES,
    TOPICS,
    VERBS,
    WORDS,
)

NEWEST = datetime(2024, 1, 20, 8, tzinfo=UTC)
APART = timedelta(minutes=17)
# The fewest characters of a short article's text.
_SHORT = 300
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
        author=_person(chance),
        standfirst=_paragraph(chance)[:300].rstrip(),
        body=_short_body(chance) if short else _body(chance),
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


def _person(chance: Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"


def _sentence(chance: Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(9, 26))
    if chance.random() < 0.5:
        words[chance.randrange(len(words))] = _person(chance)
    if chance.random() < 0.4:
        words[chance.randrange(len(words))] = chance.choice(PLACES)
    text = " ".join(words)
    return f"{_dressed(text[0].upper() + text[1:], chance)}."


def _dressed(text: str, chance: Random) -> str:
    """A sentence as speech, with a link or with emphasis; two of three stay plain."""
    dice = chance.random()
    if dice < 0.12:
        return f'"{text}," {chance.choice(SURNAMES)} said'
    if dice < 0.18:
        return f"“{text}”"
    if dice < 0.24:
        address = f"https://example.org/{chance.randrange(10**6)}"
        return f"{text}, [according to {chance.choice(SOURCES)}]({address})"
    if dice < 0.28:
        first, _, rest = text.partition(" ")
        return f"**{first}** {rest}"
    if dice < 0.32:
        return f"{text} — *{chance.choice(PLACES)}*, {chance.randint(2, 98)}%"
    return text


def _paragraph(chance: Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 4)))


def _table(chance: Random) -> str:
    rows = [
        f"| {year} | {chance.randint(100, 999)} | {chance.randint(-9, 9)}% |"
        for year in range(2019, 2024)
    ]
    return "\n".join(["| Year | Output | Change |", "|---|---:|---:|", *rows])


def _block(chance: Random) -> str:
    dice = chance.random()
    if dice < 0.05:
        return "\n".join(f"- {_sentence(chance)}" for _ in range(chance.randint(3, 6)))
    if dice < 0.08:
        return f"> {_sentence(chance)}"
    if dice < 0.09:
        return _table(chance)
    return _paragraph(chance)


def _body(chance: Random) -> str:
    blocks: list[str] = []
    for place in range(chance.randint(7, 15)):
        if place > 2 and chance.random() < 0.06:
            blocks.append(f"## {' '.join(chance.choices(WORDS, k=4)).capitalize()}")
        blocks.append(_block(chance))
    return "\n\n".join(blocks)


def _short_body(chance: Random) -> str:
    blocks = [_paragraph(chance)]
    while sum(map(len, blocks)) < _SHORT:
        blocks.append(_sentence(chance))
    return "\n\n".join(blocks)
