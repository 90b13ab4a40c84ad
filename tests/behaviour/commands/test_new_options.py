"""What `broadsheet new` writes for its options, and what it says of names."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from generator.errors import Problems
from generator.parse.document import read_document
from tests.support.portal import NOW, BuildResult, Portal, run

MORE = ("--now", NOW)
ARCHETYPES = ("article", "correction", "live", "opinion")
TOML = """\
+++
news_id = {{ news_id }}
title = "{{ title }}"
date = "{{ date }}"
# Who wrote it.
authors = [
  "Desk",
]
[extra]
motto = "x"
+++

Own.
"""
BLOCKS = """\
---
news_id: {{ news_id }}
title: '{{ title }}'
date: {{ date }}
tags:
  - Local
  - Town

# Delete the next line to publish.
draft: true
---
"""


def new(portal: Portal, *words: str | Path, title: str = "A headline") -> BuildResult:
    return run("new", title, "--root", portal.root, *words, *MORE)


def written(done: BuildResult) -> str:
    """The text of the article whose path is on the first line of the output."""
    assert done.code == 0, done.stderr
    return Path(done.stdout.splitlines()[0]).read_text("utf-8")


def values(done: BuildResult) -> dict[str, object]:
    document = read_document("a.md", written(done).encode(), Problems())
    assert document
    return dict(document.values)


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_every_option_is_in_the_front_matter_of_every_archetype(
    published: Portal, archetype: str
) -> None:
    options = ("--section", "culture", "--kind", "review", "--slug", "my-slug")
    names = ("--tag", "Iran", "--tag", 'C++: "x"', "--author", "Leila Karimi", "--author", "No")
    done = new(
        published, "--archetype", archetype, *options, *names, "--date", "2024-01-31T08:00+00:00"
    )
    found = values(done)
    assert found["section"] == "culture"
    assert found["kind"] == "review"
    assert found["slug"] == "my-slug"
    assert found["tags"] == ["Iran", 'C++: "x"']
    assert found["authors"] == ["Leila Karimi", "No"]
    assert found["date"] == "2024-01-31T08:00+00:00"
    assert "2024/01/31/4-my-slug.md" in done.stdout.splitlines()[0]
    published.built("--drafts")
    assert "culture/4/my-slug/index.html" in published.tree()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bridge approved", "4-bridge-approved.md"),
        ("سرخط خبر", "4-سرخط-خبر.md"),
        ("!!!", "4.md"),
        (
            "The council approves the second bridge over",
            "4-the-council-approves-the-second-bridge.md",
        ),
        ("x" * 90, f"4-{'x' * 40}.md"),
    ],
)
def test_a_file_is_named_after_its_number_and_headline(
    published: Portal, title: str, name: str
) -> None:
    assert Path(new(published, title=title).stdout.splitlines()[0]).name == name


def test_a_bare_date_stays_one(published: Portal) -> None:
    assert values(new(published, "--date", "2024-01-31"))["date"] == "2024-01-31"


def test_publish_leaves_out_the_draft_and_draft_adds_it(published: Portal) -> None:
    assert "draft" not in values(new(published, "--publish"))
    published.write({"templates/archetypes/own.md": TOML})
    found = values(new(published, "--archetype", "own", "--draft"))
    assert found["draft"] is True


def test_without_options_an_archetype_is_written_as_it_is(published: Portal) -> None:
    published.write({"templates/archetypes/own.md": BLOCKS})
    text = written(new(published, "--archetype", "own"))
    date = NOW.replace("12:00:00", "12:00")
    assert text == (
        BLOCKS.replace("{{ news_id }}", "4")
        .replace("{{ title }}", "A headline")
        .replace("{{ date }}", date)
    )


def test_an_option_replaces_a_list_of_several_lines_and_nothing_else(published: Portal) -> None:
    published.write({"templates/archetypes/own.md": BLOCKS})
    text = written(new(published, "--archetype", "own", "--tag", "Iran"))
    assert "tags: [Iran]\n\n# Delete the next line to publish.\ndraft: true\n" in text
    assert "Town" not in text


def test_options_are_set_in_toml_above_its_tables(published: Portal) -> None:
    published.write({"templates/archetypes/own.md": TOML})
    text = written(
        new(published, "--archetype", "own", "--author", "Leila Karimi", "--kind", "live")
    )
    assert text.partition("[extra]")[0].endswith(
        '# Who wrote it.\nauthors = ["Leila Karimi"]\nkind = "live"\n'
    )


def test_an_archetype_with_two_keys_on_a_line_takes_no_option(published: Portal) -> None:
    own = "---\n{news_id: {{ news_id }}, title: A, date: {{ date }}}\n---\n"
    published.write({"templates/archetypes/own.md": own})
    done = new(published, "--archetype", "own", "--kind", "live")
    assert done.code == 2
    assert "two keys on one line (write each key on a line of its own)" in done.error
    assert new(published, "--archetype", "own").code == 0


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            ("--kind", "opinon"),
            "--kind: error: there is no kind 'opinon' (did you mean 'opinion'?)",
        ),
        (("--date", "31.1.2024"), "--date: error: '31.1.2024' must be a date such as "),
        (("--date", "2024-02-30"), "--date: error: '2024-02-30' must be a day that exists ("),
        (("--slug", "a/b"), "--slug: error: 'a/b' has a slash; a slug is one component of a URL"),
        (("--tag", os.fsdecode(b"\xe9")), "--tag: error: the name is not UTF-8"),
        (("--author", " "), "--author: error: the name is blank"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_written(
    published: Portal, options: tuple[str, ...], line: str
) -> None:
    before = sorted(published.root.rglob("*.md"))
    done = new(published, *options)
    assert done.code == 2
    assert done.stderr.splitlines()[-1].startswith(line)
    assert sorted(published.root.rglob("*.md")) == before


def test_a_new_tag_or_author_is_a_warning_that_names_the_nearest(published: Portal) -> None:
    done = new(published, "--tag", "Irann", "--tag", "Zebras", "--author", "Leila Karimy")
    assert done.stderr.splitlines() == [
        "--tag: warning: 'Irann' is a new tag (did you mean 'Iran'?)",
        "--tag: warning: 'Zebras' is a new tag",
        "--author: warning: 'Leila Karimy' is a new author (did you mean 'Leila Karimi'?)",
    ]
    assert values(done)["tags"] == ["Irann", "Zebras"]


def test_a_name_is_written_as_it_is_spelled_already(published: Portal) -> None:
    done = new(published, "--tag", "IRAN", "--tag", "iran", "--author", "leila-karimi")
    assert done.stderr == ""
    assert values(done)["tags"] == ["Iran"]
    assert values(done)["authors"] == ["Leila Karimi"]


@pytest.mark.parametrize("state", ["none", "damaged"])
def test_without_a_build_no_name_is_called_new(published: Portal, state: str) -> None:
    index = published.root / ".broadsheet/build/index.sqlite"
    if state == "none":
        index.unlink()
    else:
        index.write_bytes(b"This is no index.")
    done = new(published, "--tag", "Zebras")
    assert (done.code, done.stderr) == (0, "")


def test_numbers_of_retired_stories_are_not_given_again(published: Portal) -> None:
    published.write({"published.txt": "/world/90/gone/ retired\n/about/91/\n/2019/92/x/\n"})
    assert values(new(published))["news_id"] == "91"


def editor(folder: Path, script: str) -> str:
    """A program that stands for an editor."""
    file = folder / "my editor"
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return f"'{file}' --wait"


def test_edit_opens_the_article_in_the_editor(
    published: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", editor(tmp_path, 'test "$1" = --wait && echo Edited. >> "$2"'))
    monkeypatch.setenv("EDITOR", "false")
    assert written(new(published, "--edit")).endswith("\nEdited.\n")


def test_an_editor_that_fails_is_one_line_and_the_article_stays(
    published: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor")
    done = new(published, "--edit")
    assert done.code == 2
    assert done.error.startswith("--edit: error: no-such-editor: Editing failed")
    assert Path(done.stdout.splitlines()[0]).is_file()
