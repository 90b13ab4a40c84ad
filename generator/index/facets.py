"""Facets: the names under which queries are recorded, and under which changes are announced.

A query lists the facets that can change its answer; a change lists those that it invalidates.
Queries under an invalidated facet are evaluated again. Both sides take the names from here.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.model.paths import ref_name

LAST = 2**62
# How many older stories of each term may be related to a story, and so how many newer ones each
# story affects.
RELATED_PER_TERM = 20


class Facet(NamedTuple):
    """A name; for ranks in a list, also the first and last rank."""

    name: str
    low: int = 0
    high: int = LAST


PAGES = Facet("pages")


def term(taxonomy: str, slug: str) -> Facet:
    """Return the newest of a term, its count and its name."""
    return Facet(f"{taxonomy}/{slug}")


def taxonomy(name: str) -> Facet:
    """Return the terms of a taxonomy, their names and counts."""
    return Facet(f"{name}/*")


def in_use(taxonomy: str) -> Facet:
    """Return which terms of a taxonomy there are, by their first use."""
    return Facet(f"{taxonomy}/in use")


def ranks(taxonomy: str, slug: str, low: int, high: int = LAST) -> Facet:
    """Ranks in a list, counted from the oldest."""
    return Facet(f"list/{taxonomy}/{slug}", low, high)


def article(news_id: str) -> Facet:
    """Return all that an article says but its text."""
    return Facet(f"article/{news_id.casefold()}")


def body(path: str) -> Facet:
    """Return the text of a source."""
    return Facet(f"body/{path}")


def neighbours(news_id: str) -> Facet:
    """Return the neighbours of an article in its section."""
    return Facet(f"neighbours/{news_id.casefold()}")


def related(news_id: str) -> Facet:
    """Return the older stories on an article's subjects."""
    return Facet(f"related/{news_id.casefold()}")


def translations(root: str) -> Facet:
    """Return an article and its translations, by the original's News ID."""
    return Facet(f"translations/{root.casefold()}")


def location(target: str) -> Facet:
    """Return where the article with a News ID, or the page of a source, is."""
    return Facet(f"location/{target.casefold()}")


def named(name: str) -> Facet:
    """Return where the sources lie that a call of `ref` may mean by a name."""
    return Facet(f"named/{name}")


def located(path: str) -> tuple[Facet, Facet]:
    """Return where the page of a source is, by the source's path and by its name."""
    return location(path), named(ref_name(path))


def flagged(flag: str) -> Facet:
    """Return the articles that are `pinned`, `breaking` or `recent`."""
    return Facet(flag)


def archive(within: str) -> Facet:
    """Return the periods within a year or month, or all years, with their counts."""
    return Facet(f"archive/{within}")


def period(value: str) -> Facet:
    """Return the periods before and after one."""
    return Facet(f"period/{value}")


def page(path: str) -> Facet:
    """Return a standalone page."""
    return Facet(f"page/{path}")


def profile(slug: str) -> Facet:
    """Return an author's profile."""
    return Facet(f"profile/{slug}")


def media(path: str) -> Facet:
    """Return a picture or document."""
    return Facet(f"media/{path}")
