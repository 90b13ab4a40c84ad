"""`broadsheet schema`: what it prints and writes for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.support.portal import Portal, run, story

ALL = ("article", "page", "author", "site")


def printed(portal: Portal, *words: str) -> dict[str, Any]:
    done = run("schema", *words, "--root", portal.root)
    assert (done.code, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_article_is_printed_if_none_is_named(published: Portal) -> None:
    assert printed(published) == printed(published, "article")
    assert printed(published)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "news_id" in printed(published)["required"]


def test_it_has_the_portals_sections_and_the_names_of_the_last_build(published: Portal) -> None:
    text = json.dumps(printed(published))
    for name in ("world", "culture", "Iran", "Pakistan", "Leila Karimi", "The Courier"):
        assert f'"{name}"' in text
    related = printed(published)["properties"]["related"]["items"]["anyOf"][0]
    assert related["enum"] == [3, 2, 1]
    assert related["enumDescriptions"] == ["Story 3", "Story 2", "Story 1"]
    published.write({"content/articles/4.md": story(4, "tags: [New]\ndraft: true")})
    assert '"New"' not in json.dumps(printed(published))
    published.built()
    assert '"New"' in json.dumps(printed(published))


def test_without_a_build_it_has_what_site_toml_says(portal: Portal) -> None:
    section = printed(portal)["properties"]["section"]["anyOf"][0]
    assert section["enum"] == ["world", "culture"]
    assert section["enumDescriptions"] == ["World", "Culture"]
    assert printed(portal)["properties"]["related"]["items"]["type"] == ["integer", "string"]


def test_a_name_that_is_none_is_wrong_usage(published: Portal) -> None:
    done = run("schema", "artcle", "--root", published.root)
    assert done.code == 2
    assert "'article', 'page', 'author', 'site'" in done.stderr


def test_what_init_writes_for_editors_is_what_schema_writes(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "courier")
    run("init", portal.root)
    folder = portal.root / ".vscode"
    made = portal.tree(folder)
    assert set(made) == {"settings.json", *(f"{name}.schema.json" for name in ALL)}
    done = run("schema", "--write", "--root", portal.root)
    assert done.stdout.splitlines() == [f".vscode/{name}.schema.json" for name in ALL]
    assert portal.tree(folder) == made


def test_editors_find_each_file_that_the_settings_name(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "courier")
    run("init", portal.root)
    settings = json.loads((portal.root / ".vscode/settings.json").read_text("utf-8"))
    for name, glob in settings["yaml.schemas"].items():
        Draft7Validator.check_schema(json.loads((portal.root / name).read_text("utf-8")))
        assert list(portal.root.glob(glob)) != []
    directive, schema = (portal.root / "site.toml").read_text("utf-8").splitlines()[0].split()
    assert directive == "#:schema"
    assert (portal.root / schema).is_file()


def test_settings_of_the_portals_own_stay(published: Portal) -> None:
    published.write({".vscode/settings.json": "{}"})
    run("schema", "--write", "--root", published.root)
    assert (published.root / ".vscode/settings.json").read_text() == "{}"
    assert '"Iran"' in (published.root / ".vscode/article.schema.json").read_text("utf-8")


def test_without_settings_they_are_written(published: Portal) -> None:
    done = run("schema", "--write", "--root", published.root)
    assert done.stdout.splitlines()[-1] == ".vscode/settings.json"


def test_a_folder_that_can_not_be_written_is_one_line(published: Portal) -> None:
    published.write({".vscode": "a file"})
    done = run("schema", "--write", "--root", published.root)
    assert (done.code, len(done.errors)) == (2, 1)
    assert "can't be written" in done.error


@pytest.mark.parametrize("name", ALL)
def test_outside_of_a_portal_there_is_no_schema(tmp_path: Path, name: str) -> None:
    done = run("schema", name, "--root", tmp_path)
    assert done.code == 2
    assert "this is not a portal" in done.error
