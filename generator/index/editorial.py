"""What editors look for in the archive and no page shows, such as pictures without words.

The only module that writes the table `editorial`. It lies apart from the rows of articles, so that
a change of it renders nothing, and few bytes are read for a whole archive.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from generator.model.article import FrontMatter
from generator.model.body import Body, ShortcodeCall

_TAG = re.compile(r"""<img\b((?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>""", re.IGNORECASE)
_START = re.compile(r"<img\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
_PICTURE_SHORTCODE = "figure"
_ALT = "alt"


def put_editorial(db: sqlite3.Connection, article: int, front: FrontMatter, body: Body) -> None:
    """Write what editors look for in an article, in the place of what was known of it."""
    db.execute(
        "INSERT OR REPLACE INTO editorial VALUES (?, ?, ?, ?, ?, ?)",
        [
            article,
            max((each.date.seconds for each in front.corrections), default=None),
            front.retracted.date.seconds if front.retracted else None,
            front.image is not None,
            bool(front.standfirst),
            pictures_without_alt(front, body),
        ],
    )


def forget_editorial(db: sqlite3.Connection, article: int) -> None:
    """Forget an article that is gone."""
    db.execute("DELETE FROM editorial WHERE article = ?", [article])


def pictures_without_alt(front: FrontMatter, body: Body) -> int:
    """Return how many pictures of an article have no alternative text.

    These are the lead picture, those in the text, and those of the shortcode `figure`. In other
    shortcodes an `alt` that is empty counts.
    """
    found = int(front.image is not None and not front.image.alt.strip())
    texts = [body.html, *(call.inner for call in body.shortcodes if call.inner)]
    found += sum(not alt.strip() for text in texts for alt in _alternative_texts(text))
    return found + sum(map(_lacks_alt, body.shortcodes))


def _alternative_texts(html: str) -> Iterator[str]:
    """Yield the alternative text of each picture, empty where there is none."""
    start = _START.search(html)
    while start and (tag := _TAG.match(html, start.start())):
        attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(tag[1])}
        yield attributes.get(_ALT, "").strip("\"'")
        start = _START.search(html, tag.end())


def _lacks_alt(call: ShortcodeCall) -> bool:
    required = call.name == _PICTURE_SHORTCODE
    return (
        not call.error and (required or _ALT in call.named) and not call.named.get(_ALT, "").strip()
    )
