"""`broadsheet new`: an article from an archetype, with the next free News ID."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands import names_in_use
from generator.commands.console import echo, echo_problems, exit_on_error
from generator.commands.next_steps import call
from generator.commands.options import instant, now_of, root_option, site_of
from generator.errors import ConfigError, OutputError, Problem

if TYPE_CHECKING:
    from generator.model.site import Site
    from generator.scaffold.archetypes import ArticleRequest, NewArticle


@click.command()
@root_option
@click.argument("title", required=False)
@click.option(
    "--archetype",
    default="article",
    show_default=True,
    metavar="NAME",
    shell_complete=names_in_use.archetypes,
    help="A template in templates/archetypes/.",
)
@click.option(
    "--section",
    metavar="SLUG",
    shell_complete=names_in_use.sections,
    help="The first section if left out.",
)
@click.option(
    "--kind",
    metavar="KIND",
    shell_complete=names_in_use.kinds,
    help="What kind of story it is, such as news, opinion or live.",
)
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="TAG",
    shell_complete=names_in_use.terms("tags"),
    help="What it is about; may be repeated.",
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar="AUTHOR",
    shell_complete=names_in_use.terms("authors"),
    help="A name, or the slug of a profile; may be repeated.",
)
@click.option("--date", metavar="ISO8601", help="When it is published; now if left out.")
@click.option("--slug", metavar="SLUG", help="The last part of its URL, in place of the title.")
@click.option("--draft/--publish", default=None, help="Whether it begins as a draft.")
@click.option("--edit", is_flag=True, help="Open it in the editor: $VISUAL, or else $EDITOR.")
@click.option("--now", hidden=True, callback=instant)
def command(
    root: Path,
    title: str | None,
    archetype: str,
    section: str | None,
    kind: str | None,
    tags: tuple[str, ...],
    authors: tuple[str, ...],
    date: str | None,
    slug: str | None,
    draft: bool | None,
    edit: bool,
    now: datetime | None,
) -> None:
    """Make an article, and print its path.

    It has the next free News ID. Without a TITLE it asks for one on a terminal, and for the
    section, kind and tags.
    """
    from generator.scaffold.archetypes import ArticleRequest, new_article

    with exit_on_error():
        site = site_of(root, None)
        moment = now_of(now, site)
        request = ArticleRequest(
            title=title or "",
            archetype=archetype,
            section=section,
            kind=kind,
            tags=tags,
            authors=authors,
            date=date,
            slug=slug,
            draft=draft,
        )
        request = _completed(root, site, request, ask=title is None)
        article = new_article(root, site, request, moment)
        echo(str(article.path))
        if edit:
            _edit(article.path)
        for line in _next_steps(article, root, moment):
            echo(line)


def _completed(root: Path, site: Site, request: ArticleRequest, *, ask: bool) -> ArticleRequest:
    """Return a request with what it leaves out, and with names as they are spelled already."""
    from generator.commands.questions import asked, can_ask
    from generator.scaffold.vocabulary import vocabulary_of

    vocabulary = vocabulary_of(root)
    if ask and not can_ask():
        words = 'new "A headline"'
        hint = f"write one, as in: {call(words, root)}"
        raise ConfigError(Problem("broadsheet new", 0, 0, "the title is missing", hint))
    if ask:
        request = asked(request, site, vocabulary.names("tags"))
    if request.tags:
        tags = _as_in_use("tag", request.tags, vocabulary.names("tags"))
        request = replace(request, tags=tags)
    if request.authors:
        known = [*vocabulary.names("authors"), *_profiles(root)]
        request = replace(request, authors=_as_in_use("author", request.authors, known))
    return request


def _as_in_use(what: str, names: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    """Return names as they are spelled already, and warn of those that are new."""
    from generator.scaffold.vocabulary import new_names, spelled_as_in_use

    found = tuple(dict.fromkeys(spelled_as_in_use(names, known)))
    echo_problems(new_names(f"--{what}", what, found, known))
    return found


def _profiles(root: Path) -> list[str]:
    """Return the slugs of authors with a profile."""
    from generator.model.paths import AUTHORS

    return sorted(file.stem for file in (root / AUTHORS).glob("*.md"))


def _edit(path: Path) -> None:
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        hint = "set the environment variable VISUAL or EDITOR to the command of an editor"
        raise OutputError(Problem("--edit", 0, 0, error.message, hint)) from error


def _next_steps(article: NewArticle, root: Path, now: datetime) -> Iterator[str]:
    """Yield how to see an article and how to publish it."""
    waits = article.begins.at > now
    options = " --drafts" if article.draft_line else ""
    if waits:
        options += f" --now {article.begins.at.isoformat()}"
    place = f" at {article.url}" if article.url else ""
    see = f"see it{place} with: {call(f'serve{options}', root)}"
    build = call("build", root)
    from_then = f", from {article.begins.isoformat()} on" if waits else ""
    if article.draft_line:
        yield f"It is a draft; {see}"
        delete = f"delete '{article.draft}' (line {article.draft_line})"
        yield f"To publish it, {delete}, then{from_then}: {build}"
        return
    yield f"S{see[1:]}"
    yield f"To publish it{from_then}: {build}"
