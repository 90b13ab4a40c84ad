"""Completes the values of options with names that the portal has, as a shell asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from generator.model.site import Site

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_MOST = 200


def sections(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete the slug of a section."""
    site = _site(context)
    found = site.sections if site else ()
    return [
        CompletionItem(section.slug, help=section.title)
        for section in found
        if section.slug.startswith(typed)
    ]


def kinds(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete the kind of an article."""
    from typing import get_args

    from generator.model.article import Kind

    return _beginning(typed, get_args(Kind))


def terms(taxonomy: str) -> Complete:
    """Return what completes the name of a term in use."""

    def complete(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
        from generator.scaffold.vocabulary import vocabulary_of

        return _beginning(typed, vocabulary_of(_root(context)).names(taxonomy))

    return complete


def archetypes(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete the name of an archetype."""
    from generator.scaffold.archetypes import archetype_names

    return _beginning(typed, archetype_names(_root(context)))


def _beginning(typed: str, names: Iterable[str]) -> list[CompletionItem]:
    start = typed.casefold()
    found = [CompletionItem(name) for name in names if name.casefold().startswith(start)]
    return found[:_MOST]


def _root(context: click.Context) -> Path:
    return Path(context.params.get("root") or ".")


def _site(context: click.Context) -> Site | None:
    """Return the portal's settings; None if they have errors, which a shell can't show."""
    from generator.config import load_site
    from generator.errors import BroadsheetError

    try:
        return load_site(_root(context))
    except BroadsheetError:
        return None
