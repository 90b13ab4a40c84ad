"""Links that open a file in the author's editor."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config.editor import EDITORS
from generator.serve.editor import form_from, link_to

FILE = Path("/desk/content/articles/1.md")
PARTS = st.text(st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("vscode", "vscode://file/desk/content/articles/1.md:4:2"),
        ("cursor", "cursor://file/desk/content/articles/1.md:4:2"),
        ("pycharm", "pycharm://open?file=/desk/content/articles/1.md&line=4&column=2"),
        ("textmate", "txmt://open?url=file:///desk/content/articles/1.md&line=4&column=2"),
    ],
)
def test_a_link_leads_to_the_line_and_column(name: str, link: str) -> None:
    assert link_to(EDITORS[name], FILE, 4, 2) == link


def test_a_place_that_is_not_known_is_the_beginning() -> None:
    assert link_to(EDITORS["vscode"], FILE).endswith("/1.md:1:1")


def test_without_a_form_there_is_no_link() -> None:
    assert link_to("", FILE, 4, 2) == ""


@given(parts=st.lists(PARTS, min_size=1), name=st.sampled_from(sorted(EDITORS)))
def test_the_path_is_one_value_whatever_is_in_it(parts: list[str], name: str) -> None:
    path = PurePosixPath("/", *(part for part in parts if part not in (".", "..")))
    link = link_to(EDITORS[name], path, 4, 2)
    split = urlsplit(link)
    values = parse_qs(split.query)
    found = values.get("file") or values.get("url") or [unquote(split.path)]
    assert link.isascii()
    assert split.fragment == ""
    assert found[0].removeprefix("file://").removesuffix(":4:2") == str(path)


def test_a_drive_of_windows_follows_a_slash_in_a_path() -> None:
    file = PureWindowsPath("C:\\desk\\1.md")
    assert link_to(EDITORS["vscode"], file, 4, 2) == "vscode://file/C:/desk/1.md:4:2"
    assert link_to(EDITORS["idea"], file, 4, 2) == "idea://open?file=C:/desk/1.md&line=4&column=2"


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"VISUAL": "code --wait"}, "vscode"),
        ({"EDITOR": "/usr/bin/codium -w"}, "vscodium"),
        ({"EDITOR": "/opt/pycharm/bin/pycharm.sh"}, "pycharm"),
        ({"EDITOR": "C:\\Tools\\idea64.exe"}, "idea"),
        ({"EDITOR": '"/Applications/Sublime Text.app/bin/subl" -n'}, "sublime"),
        ({"EDITOR": "vim", "VISUAL": "zed --wait"}, "zed"),
    ],
)
def test_the_editor_is_known_by_its_command(variables: dict[str, str], name: str) -> None:
    assert form_from(variables) == EDITORS[name]


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"EDITOR": "vim"},
        {"VISUAL": "nano", "EDITOR": "code"},
        {"EDITOR": " "},
        {"EDITOR": "'"},
        {"EDITOR": "/usr/bin/"},
    ],
)
def test_an_editor_in_the_terminal_has_no_links(variables: dict[str, str]) -> None:
    assert form_from(variables) == ""
