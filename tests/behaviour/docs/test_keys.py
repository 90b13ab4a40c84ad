"""The manual lists exactly the keys that are read."""

from __future__ import annotations

import re

import click

from generator.commands.group import group
from generator.config.comments import CUSTOM, PROVIDERS
from tests.support.keys import article_keys, author_keys, page_keys, site_keys
from tests.support.portal import REPOSITORY

DOCS = REPOSITORY / "docs"


def documented(file: str, heading: str, column: str = "key") -> set[str]:
    """The keys in the table below a heading whose first column has this name."""
    section = re.split(r"^## ", (DOCS / file).read_text("utf-8"), flags=re.MULTILINE)
    text = next(part for part in section if part.splitlines()[0] == heading)
    table = text.partition(f"| {column} |")[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", table, flags=re.MULTILINE))


def test_manual_lists_the_keys_of_articles() -> None:
    keys = article_keys()
    where = "Corrections and retractions"
    assert keys == {
        "": documented("front-matter.md", "Articles"),
        "image": documented("front-matter.md", "Pictures", "key in `image`"),
        "source": documented("front-matter.md", "Sources", "key in `source`"),
        "corrections": documented("front-matter.md", where, "key in `corrections`"),
        "retracted": documented("front-matter.md", where, "key in `retracted`"),
    }


def test_manual_lists_the_keys_of_pages_and_authors() -> None:
    assert page_keys() == documented("front-matter.md", "Pages")
    assert author_keys() == documented("front-matter.md", "Authors")


def test_manual_lists_the_keys_of_site_toml() -> None:
    keys = site_keys()
    assert keys == {"": documented("site-toml.md", "The portal")} | {
        table: documented("site-toml.md", table) for table in keys if table
    }


def test_manual_names_every_provider_of_comments() -> None:
    text = (DOCS / "site-toml.md").read_text("utf-8")
    assert all(f"`{provider}`" in text for provider in (*PROVIDERS, CUSTOM))


def test_manual_names_every_option_of_every_command() -> None:
    files = (DOCS.parent / "README.md", *DOCS.glob("*.md"))
    text = "\n".join(file.read_text("utf-8") for file in files)
    context = click.Context(group)
    options = [
        max(option.opts, key=len)
        for name in group.list_commands(context)
        if (command := group.get_command(context, name))
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]
    assert "--keep-going" in options
    assert [option for option in options if not re.search(rf"{option}\b", text)] == []
