"""The manual lists exactly the keys that are read."""

from __future__ import annotations

import re

import click
import pytest

from generator.commands.group import group
from generator.config.comments import CUSTOM, PROVIDERS
from generator.errors import Problem
from generator.pipeline.report import Report
from tests.support.keys import article_keys, author_keys, page_keys, site_keys
from tests.support.portal import REPOSITORY

DOCS = REPOSITORY / "docs"
# The page with a table of a command's options.
IN_TABLES = {
    "build": "publishing.md",
    "serve": "serve.md",
    "check": "check.md",
    "new": "editors.md",
    "renumber": "editors.md",
    "schema": "editors.md",
}


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


COMMANDS = group.list_commands(click.Context(group))


@pytest.mark.parametrize("name", COMMANDS)
def test_manual_names_every_option_of_a_command(name: str) -> None:
    files = (DOCS.parent / "README.md", *DOCS.glob("*.md"))
    text = "\n".join(file.read_text("utf-8") for file in files)
    if name in IN_TABLES:
        text = (DOCS / IN_TABLES[name]).read_text("utf-8")
    command = group.get_command(click.Context(group), name)
    assert command
    options = [
        max(option.opts, key=len)
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]
    assert "--root" in options or name == "completion"
    assert [option for option in options if not re.search(rf"{option}\b", text)] == []


def test_manual_lists_the_keys_of_the_report() -> None:
    text = (DOCS / "publishing.md").read_text("utf-8").partition("`--report` writes one JSON")[2]
    table = text.partition("| exit code |")[0]
    rows = [row.split("|")[1:3] for row in table.splitlines() if row.startswith("| `")]
    listed = {key for first, _ in rows for key in re.findall(r"`(\w+)`", first)}
    report = Report(errors=[Problem("a", 1, 1, "b")]).as_json()
    assert listed == report.keys()
    for first, second in rows:
        [key] = re.findall(r"`(\w+)`", first)[:1]
        value = report[key][0] if isinstance(report[key], list) and report[key] else report[key]
        if isinstance(value, dict):
            assert set(re.findall(r"`(\w+)`", second)) >= value.keys() - {"total"}
